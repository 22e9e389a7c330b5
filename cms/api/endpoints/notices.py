"""Notices: announced for a time and an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from pages.models import NoticeKind, NoticePage, NoticeState

from ..filters import choice_filter, since, until
from ..record_rows import RecordFilters, RecordSerializer, RecordViewSet
from ..values import Moment

if TYPE_CHECKING:
    from django.db.models import QuerySet


class NoticeFilters(RecordFilters):
    """What is announced, where and when."""

    kind = choice_filter(_("公告类别"), NoticeKind.choices)
    state = choice_filter(_("当前状态"), NoticeState.choices, method="by_state")
    starts_after = since(Moment, _("开始时间不早于"), "starts_at")
    starts_before = until(Moment, _("开始时间早于"), "starts_at")
    ends_after = since(Moment, _("结束时间不早于"), "ends_at")
    ends_before = until(Moment, _("结束时间早于"), "ends_at")

    def by_state(self, queryset: QuerySet, name: str, states: list[str]) -> QuerySet:
        """Keep the notices ahead, running or over at this moment; see `NoticePage.state_at`."""
        now = timezone.now()
        ahead, begun = Q(starts_at__gt=now), Q(starts_at=None) | Q(starts_at__lte=now)
        over, unended = Q(ends_at__lt=now), Q(ends_at=None) | Q(ends_at__gte=now)
        conditions = {
            NoticeState.AHEAD: ahead,
            NoticeState.RUNNING: begun & unended,
            NoticeState.OVER: begun & over,
        }
        found = Q()
        for state in states:
            found |= conditions[NoticeState(state)]
        return queryset.filter(found)


class NoticeSerializer(RecordSerializer):
    """A notice."""

    kind_label = serializers.CharField(source="get_kind_display")
    state = serializers.ChoiceField(NoticeState.choices, help_text=_("此刻的状态：未写起止时间的一直算进行中。"))
    state_label = serializers.SerializerMethodField()
    division_codes = serializers.SerializerMethodField()
    contact = serializers.CharField(source="contact_phone")

    def get_state_label(self, notice: NoticePage) -> str:
        """Name the state."""
        return str(NoticeState(notice.state).label)

    def get_division_codes(self, notice: NoticePage) -> list[str]:
        """Return the divisions concerned, one by one."""
        parts = notice.division_codes.replace("；", ";").split(";")
        return [part.strip() for part in parts if part.strip()]


class NoticesAPIViewSet(RecordViewSet):
    """The notices."""

    endpoint = "notices"
    about = _("公示公告：停供、抢修、线路调整、招生招聘等，有起止时间和影响范围。默认最新的在前。")
    model = NoticePage
    base_serializer_class = NoticeSerializer
    filterset_class = NoticeFilters
    by_clock = frozenset({"state"})
    body_fields: ClassVar[list[str]] = [
        *RecordViewSet.head_fields,
        "kind",
        "kind_label",
        "state",
        "state_label",
        "starts_at",
        "ends_at",
        "area",
        "division_codes",
        "reason",
        "contact",
        *RecordViewSet.content_fields,
    ]
    orderings: ClassVar[dict[str, str]] = {**RecordViewSet.orderings, "starts_at": "starts_at", "ends_at": "ends_at"}
