"""Wagtail's screens of users and groups, for the operator: without what decides nothing here."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """The app of Wagtail's with our viewset of groups."""

    group_viewset = "cms.desk.groups.BareGroupViewSet"
