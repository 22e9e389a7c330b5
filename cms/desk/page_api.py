"""The admin's own API of pages: its acts write the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.admin.api.views import PagesAdminAPIViewSet

from pages.tree_lock import hold_the_tree

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class OneAtATimePagesAPI(PagesAdminAPIViewSet):
    """Copy, move, delete … while no other writer is in the tree."""

    def action_view(self, request: Request, pk: Any, action_name: str) -> Response:
        """Wait for the tree before anything of it is read."""
        with transaction.atomic():
            hold_the_tree()
            response: Response = super().action_view(request, pk, action_name)
            return response
