"""What is refused while something is in review, and always: with a sentence, and back to where one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from accounts.withdrawable import WithdrawableMixin

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def refuse_publishing(request: HttpRequest, page: Any) -> HttpResponse:
    """Refuse to publish by hand; what was written is kept as a draft."""
    messages.error(request, _("内容须经审核后公开，不能直接发布；已保存为草稿，请提交审核。"))
    if page is None:
        return _back(request)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def refuse_deletion(request: HttpRequest, subjects: list[Any]) -> HttpResponse | None:
    """Refuse to delete what is in review itself or has something in review below it."""
    kept = [subject for subject in subjects if was_public(subject)]
    if kept:
        messages.error(
            request, _("“%(title)s”正在公开或曾经公开，不能删除：它的地址须一直有答复。") % {"title": kept[0]}
        )
        return _back(request)
    found = [subject for subject in subjects if in_review(subject)]
    if not found:
        return None
    messages.error(
        request,
        _("“%(title)s”正在审核中（或其下有内容正在审核），不能删除；请先由提交人撤回或由审核员退回。")
        % {"title": found[0]},
    )
    return _back(request)


def was_public(subject: Any) -> bool:
    """Is this, or was it ever, something the public could read under an address of its own?"""
    specific = getattr(subject, "specific", subject)
    if not isinstance(specific, WithdrawableMixin):
        return False
    return specific.live or specific.withdrawal is not None


def in_review(subject: Any) -> bool:
    """Is this in review, or, of a page, anything below it?"""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not isinstance(subject, Page):
        return bool(getattr(subject, "workflow_in_progress", False))
    inside = subject.get_descendants(inclusive=True).annotate(key=Cast("pk", CharField())).order_by().values("key")
    return bool(states.filter(base_content_type=get_default_page_content_type(), object_id__in=inside).exists())


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
