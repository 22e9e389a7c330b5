"""The list 待复核, and one review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.authority import holders, roots, within
from accounts.models import Duty

from .models import ApprovalTier, Review, ReviewState, ScheduledPublication, ScheduleState
from .queue import reviews
from .reviewing import (
    NotReviewableError,
    confirm,
    may_review,
    question,
    restore,
    waiting_counts,
    waiting_requests,
    waiting_reviews,
)
from .withdrawal_forms import CommentForm
from .withdrawal_views import WithdrawalScreen, withdraw_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

PER_PAGE = 25
SCHEDULES_SHOWN = 25


class ReviewsMenuItem(MenuItem):
    """待复核, with the number that waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to reviewers."""
        return reviews(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Say how many wait."""
        count = sum(waiting_counts(request.user))
        label = _("待复核（%(count)d）") % {"count": count} if count else str(self.label)
        return LinkMenuItem(self.name, label, str(self.url), icon_name=self.icon_name)


def schedules_within(user: Any) -> QuerySet[ScheduledPublication]:
    """Return what waits for its hour within this person's reach as a reviewer."""
    reach = within(roots(user, [Duty.REVIEWER]), "organisation")
    return ScheduledPublication.objects.filter(reach, state=ScheduleState.WAITING).select_related("organisation")


class ReviewListView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for my second look, the most pressing first; requests, and what is scheduled."""

    template_name = "workflows/reviews.html"
    page_title = gettext_lazy("待复核")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in reviewers."""
        if not reviews(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stand below the start page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return one page of the list."""
        user: Any = self.request.user
        page = Paginator(waiting_reviews(user), PER_PAGE).get_page(self.request.GET.get("page"))
        mine = Review.objects.filter(state=ReviewState.WAITING, withdrawal__withdrawn_by=user)
        return super().get_context_data(
            **kwargs,
            page=page,
            rows=rows(page),
            requests=list(waiting_requests(user)[:PER_PAGE]),
            mine=list(mine.select_related("office", "organisation")[:PER_PAGE]),
            schedules=list(schedules_within(user)[:SCHEDULES_SHOWN]),
        )


def rows(found: Iterable[Review]) -> list[dict[str, Any]]:
    """Return what a list shows of each review."""
    now = timezone.now()
    return [{"review": each, "label": label_of(each), "overdue": each.is_overdue(now)} for each in found]


def label_of(review: Review) -> str:
    """Say what kind of look it is."""
    if review.withdrawal_id:
        return _("撤下的复核")
    return _("即时公开 · 事后%(tier)s") % {"tier": ApprovalTier(review.tier).label}


class ReviewView(WithdrawalScreen):
    """One review: what was done, and the decision."""

    template_name = "workflows/review.html"
    header_icon = "history"
    page_title = gettext_lazy("复核")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in whoever may review it; a reviewer of the office who may not, or comes late, is told so."""
        rows = Review.objects.select_related("withdrawal__withdrawn_by", "withdrawal__target", "office", "organisation")
        self.review = get_object_or_404(rows, pk=kwargs["pk"])
        self.form = CommentForm(None)
        if not may_review(self.review, request.user):
            return self._turn_away()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let it stand, or undo the withdrawal."""
        restores = request.POST.get("action") == "restore"
        self.form = CommentForm(request.POST, must_say=_("恢复公开时请写明意见。") if restores else "")
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        comment = self.form.cleaned_data["comment"]
        try:
            if restores:
                restore(review_id=self.review.pk, user=request.user, comment=comment)
            else:
                confirm(review_id=self.review.pk, user=request.user, comment=comment)
        except NotReviewableError:
            return self._turn_away()
        messages.success(request, _("已恢复公开。") if restores else _("已确认。"))
        return HttpResponseRedirect(reverse("withdrawal:list"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what was done and to what."""
        subject = self.review.subject
        return super().get_context_data(
            **kwargs,
            review=self.review,
            label=label_of(self.review),
            question=question(self.review),
            subject=subject,
            public_url=subject.url if subject is not None and hasattr(subject, "url") else "",
            withdraw_url=withdraw_address(subject) if subject is not None and subject.live else "",
            form=self.form,
            overdue=self.review.is_overdue(timezone.now()),
        )

    def _turn_away(self) -> HttpResponse:
        """Tell the office's reviewers why; to everybody else it does not exist."""
        review = Review.objects.select_related("decided_by", "office").get(pk=self.review.pk)
        if self.request.user.pk not in holders(review.office, [Duty.REVIEWER]):
            raise Http404
        if review.state == ReviewState.WAITING:
            messages.warning(self.request, _("这是您参与过的事，须由他人复核。"))
        else:
            messages.info(self.request, _("《%(title)s》的复核已结束。") % {"title": review.title})
        return HttpResponseRedirect(reverse("withdrawal:list"))
