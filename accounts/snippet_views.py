"""Snippet views that ask the permission policy about *this* object.

Wagtail 8.0's snippet views ask the policy about the model only: with a per-organisation policy, index, edit, delete,
history, compare, preview, submit and chooser of others' items stay open. `OwnedSnippetViewSet` closes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, UnpublishView

from .one_at_a_time import OneSubjectAtATimeMixin

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

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


class OfferedMixin:
    """A view of the chooser: offers what is public, and of the rest what lies within the person's reach."""

    model_class: Any
    request: Any

    def _offered(self) -> Any:
        user = self.request.user
        if user.is_superuser:
            return self.model_class.objects.all()
        reached = policy_registry.get_by_type(self.model_class).reached(user, {"choose"})
        return self.model_class.objects.filter(Q(live=True) | reached)

    def get_object_list(self) -> Any:
        """List what is offered."""
        return self._offered()

    def get_object(self, pk: Any) -> Any:
        """Return one of what is offered."""
        return self._offered().get(pk=pk)

    def get_objects(self, pks: Any) -> Any:
        """Return several of what is offered."""
        return self._offered().filter(pk__in=pks)


class NothingIsCreatedView(SnippetCreateView):
    """Wagtail opens this address even without a form of its own, and then fails."""

    def can_create(self) -> bool:
        """Nobody."""
        return False


class ChoosingViewSet(SnippetChooserViewSet):
    """A chooser chooses; what is missing is written in its own editor."""

    create_view_class = NothingIsCreatedView


class OwnedChooserViewSet(ChoosingViewSet):
    """A chooser that does not show other organisations' drafts."""

    choose_view_class = type("ChooseView", (OfferedMixin, ChooseView), {})
    choose_results_view_class = type("ChooseResultsView", (OfferedMixin, ChooseResultsView), {})
    chosen_view_class = type("ChosenView", (OfferedMixin, SnippetChosenView), {})
    chosen_multiple_view_class = type("ChosenMultipleView", (OfferedMixin, SnippetChosenMultipleView), {})


class WithdrawView(UnpublishView):
    """Unpublishing is withdrawing: with a kind, a reason and a review. That screen asks who may."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead there."""
        names = [self.model._meta.app_label, self.model._meta.model_name, self.object.pk]
        return HttpResponseRedirect(reverse("withdrawal:withdraw", args=names))


class OfferingMixin:
    """An edit view whose header offers what `register_snippet_header_buttons` adds, as the header of a page does.

    A hook gets `snippet`, `user`, `view_name` and `next_url` and gives buttons. Wagtail 8.0 asks hooks in lists only.
    """

    request: Any
    object: Any

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Return Wagtail's buttons and those of the hooks."""
        stock: Any = super()
        asked = [self.object, self.request.user, "edit", self.request.path]
        added = (button for ask in hooks.get_hooks("register_snippet_header_buttons") for button in ask(*asked))
        return [*stock.header_more_buttons, *added]


class OwnedSnippetViewSet(SnippetViewSet):
    """A snippet viewset whose every view asks about the object."""

    chooser_viewset_class = OwnedChooserViewSet
    unpublish_view_class = WithdrawView

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
            if issubclass(view_class, EditView):
                view_class = type(view_class.__name__, (OneSubjectAtATimeMixin, OfferingMixin, view_class), {})
        return super().construct_view(view_class, **kwargs)
