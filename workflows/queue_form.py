"""What the queue can be narrowed to and how it can be sorted, as a form in the address."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import ApprovalTier
from .queue import FREE, MINE, ORDERS, Choices, claimed, narrowed, overdue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

SORTS = {
    "oldest": _("等待最久的在前"),
    "due": _("期限最近的在前"),
    "newest": _("最新收到的在前"),
    "organisation": _("按单位"),
    "tier": _("按审核级"),
    "title": _("按标题"),
}


def _choice(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, required=False, empty_value=None)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class QueueFilterForm(forms.Form):
    """Narrows and sorts the queue; offers only what occurs in it. What does not fit is reported and left out."""

    sort = forms.ChoiceField(label=_("排序"), required=False, choices=list(SORTS.items()))
    words = forms.CharField(label=_("标题中的字词"), required=False, max_length=100)
    organisation = _choice(_("单位（含下属）"))
    industry = _choice(_("行业"))
    kind = _choice(_("类别"))
    entry = _choice(_("目录事项"))
    tier = _choice(_("审核级"))
    since = _day(_("收到日期，从"))
    until = _day(_("收到日期，到"))
    claim = forms.ChoiceField(
        label=_("经办"), required=False, choices=[("", _("全部")), (MINE, _("我来办的")), (FREE, _("没有人在办的"))]
    )
    overdue = forms.BooleanField(label=_("只看逾期"), required=False)
    routine = forms.BooleanField(label=_("只看例行事项"), required=False)

    def __init__(self, *args: Any, found: Choices, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.person = person
        self._offer("organisation", ((page.pk, label) for page, label in found.organisations))
        self._offer("industry", ((each.pk, str(each)) for each in found.industries))
        self._offer("kind", ((kind.pk, _name(kind)) for kind in found.kinds))
        self._offer("entry", ((entry.pk, str(entry)) for entry in found.entries))
        self._offer("tier", ((tier, ApprovalTier(tier).label) for tier in found.tiers))
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "input"

    def _offer(self, name: str, options: Iterable[tuple[int, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", _("全部")), *options]

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return cleaned

    def narrow(self, states: QuerySet[Any]) -> QuerySet[Any]:
        """Return the states that fit what was chosen, in the chosen order."""
        self.is_valid()
        cleaned = self.cleaned_data
        conditions = narrowed(self.found, cleaned) & _received(cleaned.get("since"), cleaned.get("until"))
        return states.filter(conditions & self._pressing(cleaned)).order_by(*ORDERS[cleaned.get("sort") or "oldest"])

    def _pressing(self, cleaned: dict[str, Any]) -> Q:
        now, conditions = timezone.now(), Q()
        if cleaned.get("overdue"):
            conditions &= overdue(now)
        if cleaned.get("claim"):
            conditions &= claimed(cleaned["claim"], self.person, now)
        return conditions

    @property
    def in_use(self) -> bool:
        """Is the queue narrowed at all?"""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def is_helpful(self) -> bool:
        """Is there anything to choose?"""
        return self.in_use or bool(self.errors) or len(self.found.places) > 1

    @property
    def sorted_by(self) -> Any:
        """Say the order in words."""
        return SORTS[self.cleaned_data.get("sort") or "oldest"]


def _received(since: date | None, until: date | None) -> Q:
    conditions = Q()
    if since:
        conditions &= Q(started_at__gte=_midnight(since))
    if until:
        conditions &= Q(started_at__lt=_midnight(until + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _name(kind: Any) -> str:
    model = kind.model_class()
    return str(model._meta.verbose_name if model else kind)
