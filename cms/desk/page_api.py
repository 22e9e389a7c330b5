"""The admin's own API of pages: its acts write the tree, and know nothing of the hooks that ask before the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from rest_framework.exceptions import PermissionDenied
from wagtail.admin.api.views import PagesAdminAPIViewSet

from pages.deletion import refusal_to_delete
from pages.tree_lock import hold_the_tree
from workflows.guards import reason_to_keep, reason_to_leave_as_it_is, reason_to_stay

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class AskedPagesAPI(PagesAdminAPIViewSet):
    """Copy, move, delete … while no other writer is in the tree, and only what the screens would do as well."""

    def action_view(self, request: Request, pk: Any, action_name: str) -> Response:
        """Wait for the tree before anything of it is read."""
        with transaction.atomic():
            hold_the_tree()
            if reason := _reason_against(action_name, self.get_object().specific, request.user):
                raise PermissionDenied(reason)
            response: Response = super().action_view(request, pk, action_name)
            return response


def _reason_against(action_name: str, page: Any, user: Any) -> str | None:
    if action_name == "delete":
        return reason_to_keep(page) or refusal_to_delete(page)
    if action_name == "move":
        return reason_to_stay(page)
    return reason_to_leave_as_it_is(page, user) if action_name == "revert_to_page_revision" else None
