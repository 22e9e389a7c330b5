"""Forms of the audit's screens."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from accounts.authority import within
from ledger.models import Result

from ..people.names import HELP, PersonField
from .kinds import KINDS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ledger.models import Event

# So many organisations of one name are looked below.
ORGANISATIONS = 200
# Beyond them lies nothing, and at the ends of the calendar no midnight.
BOUNDS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))


class EventFilterForm(forms.Form):
    """Narrows the audit. What does not fit is reported and left out."""

    since = forms.DateField(
        label=_("从"), required=False, validators=BOUNDS, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("到"), required=False, validators=BOUNDS, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    person = forms.CharField(label=_("人员"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("事项"), required=False)
    result = forms.ChoiceField(label=_("结果"), required=False, choices=[("", _("全部")), *Result.choices])
    organisation = forms.CharField(label=_("单位（含下级）"), required=False, max_length=100)
    words = forms.CharField(label=_("对象或来源地址"), required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", _("全部")), *KINDS.items()]
        for each in self.fields.values():
            each.widget.attrs["class"] = "input"

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Return the events that fit what was filled in. One query when an organisation is named."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        conditions = Q()
        if "since" in given:
            conditions &= Q(at__gte=_midnight(given["since"]))
        if "until" in given:
            conditions &= Q(at__lt=_midnight(given["until"] + timedelta(days=1)))
        if "person" in given:
            conditions &= Q(actor_name__icontains=given["person"]) | Q(actor__username=given["person"])
        if "organisation" in given:
            conditions &= within(_paths(given["organisation"]), "organisation")
        if "words" in given:
            conditions &= Q(subject_title__icontains=given["words"]) | Q(address__startswith=given["words"])
        exact = {name: given[name] for name in ("kind", "result") if name in given}
        return events.filter(conditions, **exact)

    @property
    def in_use(self) -> bool:
        """Is the audit narrowed at all?"""
        return any(self.cleaned_data.values())


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))


def _paths(title: str) -> list[str]:
    """Return the topmost nodes of that name."""
    paths = Page.objects.filter(title__icontains=title).order_by("path").values_list("path", flat=True)
    found: list[str] = []
    for path in paths[:ORGANISATIONS]:
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found


class AppointAuditorForm(forms.Form):
    """Whom."""

    person = PersonField(label=_("人员"), help_text=HELP)
