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
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse


def refuse_publishing(request: HttpRequest, page: Any) -> HttpResponse:
    """Refuse to publish by hand; what was written is kept as a draft."""
    messages.error(request, _("内容须经审核后公开，不能直接发布；已保存为草稿，请提交审核。"))
    if page is None:
        return _back(request)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def refuse_deletion(request: HttpRequest, subjects: list[Any]) -> HttpResponse | None:
    """Refuse to delete what must stay; None when all may go."""
    return _refuse(request, map(reason_to_keep, subjects))


def refuse_move(request: HttpRequest, page: Any, destination: Any = None) -> HttpResponse | None:
    """Refuse to move what must stay where it is."""
    return _refuse(request, [reason_to_stay(page)])


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """The same for many at once."""
    if action_type == "publish":
        return refuse_publishing(request, None)
    reason = {"delete": reason_to_keep, "move": reason_to_stay}.get(action_type)
    return _refuse(request, map(reason, objects)) if reason else None


def reason_to_keep(subject: Any) -> str | None:
    """Say why something may not be deleted: it was public, will be, or it or something below it is in review."""
    if was_public(subject):
        return _("“%(title)s”正在公开或曾经公开，不能删除：它的地址须一直有答复。") % {"title": subject}
    if in_review(subject):
        return _("“%(title)s”正在审核中（或其下有内容正在审核），不能删除；请先由提交人撤回或由审核员退回。") % {
            "title": subject
        }
    if is_scheduled(subject):
        return _("“%(title)s”已批准定时公开，不能删除；请先由审核员撤销定时。") % {"title": subject}
    return None


def reason_to_stay(page: Any) -> str | None:
    """Say why a page may not be moved: it was public, will be, or is in review. An organisation takes all along."""
    if hasattr(page.specific_class, "tier_at"):
        return None
    if was_public(page):
        return _("“%(title)s”正在公开或曾经公开，不能移动：它的地址须一直有答复。") % {"title": page}
    if in_review(page):
        return _("“%(title)s”正在审核中，不能移动；请先由提交人撤回或由审核员退回。") % {"title": page}
    if is_scheduled(page):
        return _("“%(title)s”已批准定时公开，不能移动；请先由审核员撤销定时。") % {"title": page}
    return None


def reason_to_leave_as_it_is(page: Any, user: Any) -> str | None:
    """Say why this person may not change the text now: it is in review, or locked."""
    lock = page.get_lock()
    if lock is None or not lock.for_user(user):
        return None
    return _("“%(title)s”正在审核中或已锁定，不能修改。") % {"title": page}


def was_public(subject: Any) -> bool:
    """Is this, or was it ever, something the public could read under an address of its own?"""
    specific = getattr(subject, "specific", subject)
    if not isinstance(specific, WithdrawableMixin):
        return False
    return specific.live or specific.withdrawal is not None


def is_scheduled(subject: Any) -> bool:
    """Was this approved for an hour to come? What one approved, the author does not undo alone."""
    return bool(getattr(subject, "approved_schedule", False))


def in_review(subject: Any) -> bool:
    """Is this in review, or, of a page, anything below it?"""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not isinstance(subject, Page):
        return bool(getattr(subject, "workflow_in_progress", False))
    inside = subject.get_descendants(inclusive=True).annotate(key=Cast("pk", CharField())).order_by().values("key")
    return bool(states.filter(base_content_type=get_default_page_content_type(), object_id__in=inside).exists())


def _refuse(request: HttpRequest, reasons: Iterable[str | None]) -> HttpResponse | None:
    reason = next(filter(None, reasons), None)
    if reason is None:
        return None
    messages.error(request, reason)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
