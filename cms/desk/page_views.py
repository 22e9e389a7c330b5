"""Wagtail's views of pages that ask too little, with the question put in front."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.workflow import ConfirmWorkflowCancellationView
from wagtail.models import Page

from accounts.one_at_a_time import OneSubjectAtATimeMixin
from pages.levels import refusal
from pages.tree_lock import hold_the_tree

from ..inbox.comments import LetterEditView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class OneAtATimeMixin:
    """What writes the tree is posted in one transaction that keeps other writers waiting (see `pages.tree_lock`)."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Wait for the tree before anything of it is read."""
        stock: Any = super()
        answer = stock.as_view(**initkwargs)

        @wraps(answer)
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return answer(request, *args, **kwargs)
            with transaction.atomic():
                hold_the_tree()
                return answer(request, *args, **kwargs)

        return view


class MoveView(OneAtATimeMixin, MoveConfirmView):
    """Move a page."""


class PageEditView(OneSubjectAtATimeMixin, LetterEditView):
    """The editor of a page."""

    model = Page
    subject_kwarg = "page_id"


class PageRevertView(OneSubjectAtATimeMixin, RevisionsRevertView):
    """The editor that begins with an earlier version."""

    model = Page
    subject_kwarg = "page_id"


class PositionView(OneAtATimeMixin, SetPagePositionView):
    """Change the order of pages."""


class LevelCreateView(CreateView):
    """Wagtail answers an unlawful place as if a permission were missing."""

    def dispatch(
        self, request: HttpRequest, content_type_app_name: str, content_type_model_name: str, parent_page_id: int
    ) -> HttpResponse:
        """Say why a page of this type does not stand there, to whoever may work there."""
        parent = get_object_or_404(Page, pk=parent_page_id).specific
        reason = self._refusal(content_type_app_name, content_type_model_name, parent)
        if reason and parent.permissions_for_user(request.user).can_edit():
            messages.error(request, reason)
            return redirect("wagtailadmin_explore", parent.pk)
        response: HttpResponse = super().dispatch(
            request, content_type_app_name, content_type_model_name, parent_page_id
        )
        return response

    def _refusal(self, app_label: str, model_name: str, parent: Page) -> str | None:
        try:
            child = apps.get_model(app_label, model_name)
        except LookupError:
            return None
        return refusal(child, type(parent)) if issubclass(child, Page) else None


class DraftCopyForm(CopyForm):
    """A copy is a draft: no copy and no alias that is public at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)


class DraftCopyView(OneAtATimeMixin, CopyView):
    """Copy as a draft."""

    def get_form_class(self) -> type[CopyForm]:
        """Return the form without the ways to publish."""
        return DraftCopyForm


class AskedCancellationView(ConfirmWorkflowCancellationView):
    """Wagtail tells anybody in which workflow a page is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse whoever may not edit the page."""
        if not self.object.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
