"""Snippet views that ask the permission policy about *this* object.

Wagtail 8.0's snippet views ask the policy about the model only: with a per-organisation policy, index, edit, delete,
history, compare, preview and submit of other organisations' items stay open. `OwnedSnippetViewSet` closes them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

# What the approver of a submitted object may do with it, whoever owns it.
MODERATING = frozenset({"change", "lock", "unlock"})


class PerInstanceMixin:
    """A view with an `object`: ask about the stored row, not about the draft or the posted form."""

    model: Any
    request: Any

    def _subject(self) -> Any:
        current = getattr(self, "object", None)
        return self.model._base_manager.get(pk=current.pk) if current is not None and current.pk else None

    def user_has_permission(self, action: str) -> bool:
        """May this person do so with this object?"""
        subject = self._subject()
        if subject is None:
            stock: Any = super()
            return bool(stock.user_has_permission(action))
        policy = policy_registry.get_by_type(self.model)
        if policy.user_has_permission_for_instance(self.request.user, action, subject):
            return True
        task = getattr(subject, "current_workflow_task", None)
        return bool(task and action in MODERATING and task.user_can_access_editor(subject, self.request.user))

    def user_has_any_permission(self, permissions: Any) -> bool:
        """One of them is enough."""
        return any(self.user_has_permission(action) for action in permissions)


class GuardedMixin:
    """A view that never asks at all (history of a workflow, preview of a revision): ask before it answers."""

    model: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse whoever may not see this object."""
        pk = kwargs.get("pk") or (args[0] if args else None)
        subject = self.model._base_manager.filter(pk=pk).first() if pk is not None else None
        policy = policy_registry.get_by_type(self.model)
        if subject is not None and not policy.user_has_any_permission_for_instance(
            request.user, {"view", "change"}, subject
        ):
            task = getattr(subject, "current_workflow_task", None)
            if not (task and task.user_can_access_editor(subject, request.user)):
                raise PermissionDenied
        stock: Any = super()
        return stock.dispatch(request, *args, **kwargs)


class OwnedSnippetViewSet(SnippetViewSet):
    """A snippet viewset whose every view asks about the object."""

    def get_queryset(self, request: Any) -> Any:
        """List only what the person may see."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, {"view", "change"})

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Put the question in front of every view that has an object."""
        if isinstance(view_class, type):
            if hasattr(view_class, "user_has_permission"):
                view_class = type(view_class.__name__, (PerInstanceMixin, view_class), {})
            elif hasattr(view_class, "get_object"):
                view_class = type(view_class.__name__, (GuardedMixin, view_class), {})
        return super().construct_view(view_class, **kwargs)
