"""Groups carry no rights to pages, images, files and collections here: their forms do not offer any."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.users.views.groups import CreateView, EditView, GroupViewSet


class BareCreateView(CreateView):
    """A name, and Django's own permissions."""

    permission_panel_forms: ClassVar[list[Any]] = []


class BareEditView(EditView):
    """A name, and Django's own permissions."""

    permission_panel_forms: ClassVar[list[Any]] = []


class BareGroupViewSet(GroupViewSet):
    """Wagtail's, without the panels of what our policies never read."""

    add_view_class = BareCreateView
    edit_view_class = BareEditView
