"""Actions on many things at once: what lies outside a person's reach is not even named.

Wagtail looks up whatever numbers the address gives, and lists by title what the person may not touch.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_list_or_404
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import delete, move, publish, unpublish
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.documents.views import bulk_actions as documents
from wagtail.images.views import bulk_actions as images
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction as DeleteSnippets

from media.usage import in_use, is_used
from pages.tree_lock import hold_the_tree

TOUCHING = {"change", "delete"}
STOCK: tuple[type[BulkAction], ...] = (
    delete.DeleteBulkAction,
    move.MoveBulkAction,
    publish.PublishBulkAction,
    unpublish.UnpublishBulkAction,
    *(getattr(images, name) for name in images.__all__),
    *(getattr(documents, name) for name in documents.__all__),
    DeleteSnippets,
)


class WithinReachMixin:
    """Look among what the person may touch."""

    request: Any

    def get_queryset(self, model: Any, object_ids: Any) -> list[Any]:
        """Return those of the numbers that are within reach; 404 when none is."""
        reach = policy_registry.get_by_type(model).instances_user_has_any_permission_for(self.request.user, TOUCHING)
        return get_list_or_404(reach, pk__in=object_ids)


class OneTreeAtATimeMixin:
    """What is done with many pages is read and written while no other writer is in the tree."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Wait for the tree before anything of it is read; Wagtail moves plain pages, which know no lock."""
        stock: Any = super()
        if request.method != "POST":
            return stock.dispatch(request, *args, **kwargs)
        with transaction.atomic():
            hold_the_tree()
            return stock.dispatch(request, *args, **kwargs)


class UnusedOnlyMixin:
    """Keep all where one is in use; Wagtail would say that a permission is missing."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Name those that are in use, and lead back."""
        stock: Any = super()
        _free, kept = stock.get_actionable_objects()
        used = [file for file in kept["items_with_no_access"] if is_used(file)]
        if not used:
            return stock.dispatch(request, *args, **kwargs)
        for file in used:
            messages.error(request, in_use(file))
        return HttpResponseRedirect(get_valid_next_url_from_request(request) or used[0].usage_url)


KEEPING = (images.DeleteBulkAction, documents.DeleteBulkAction)

for action in STOCK:
    bases: tuple[type, ...] = (WithinReachMixin, action)
    if action in KEEPING:
        bases = (UnusedOnlyMixin, *bases)
    if issubclass(action, PageBulkAction):
        bases = (OneTreeAtATimeMixin, *bases)
    # Registered last, an action takes the place of the stock one for the same models.
    hooks.register("register_bulk_action", type(action.__name__, bases, {}), order=100)
