"""The forms of many organisations: which state, since when, which are to be confirmed anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import FormState, RegistrationForm

from .forms import NONE, OVERDUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from pages.models import OrganisationPage

# §4.1.12: leaders, offices and administrators are confirmed anew each year.
YEAR = timedelta(days=365)


def with_form(organisations: QuerySet[OrganisationPage]) -> QuerySet[OrganisationPage]:
    """Add the newest version (`form_id`, `form_state`) and when one was last confirmed (`confirmed_at`)."""
    forms = RegistrationForm.objects.filter(organisation=OuterRef("pk")).order_by("-version")
    confirmed = forms.filter(state=FormState.CONFIRMED).values("decided_at")
    return organisations.annotate(
        form_id=Subquery(forms.values("pk")[:1]),
        form_state=Subquery(forms.values("state")[:1]),
        confirmed_at=Subquery(confirmed[:1]),
    )


def unconfirmed() -> Q:
    """Return the condition "not confirmed within a year", of organisations `with_form`."""
    return Q(confirmed_at=None) | Q(confirmed_at__lt=timezone.now() - YEAR)


def narrowed(organisations: QuerySet[OrganisationPage], words: str, state: str) -> QuerySet[OrganisationPage]:
    """Narrow to a word of the name and a state."""
    if words:
        organisations = organisations.filter(Q(title__icontains=words) | Q(short_name__icontains=words))
    if state == NONE:
        return organisations.filter(form_id=None)
    if state == OVERDUE:
        return organisations.filter(confirmed_at__lt=timezone.now() - YEAR)
    return organisations.filter(form_state=state) if state else organisations


def rows(organisations: Iterable[Any]) -> list[dict[str, Any]]:
    """Return organisations with their forms. One query."""
    listed = list(organisations)
    forms = RegistrationForm.objects.in_bulk([each.form_id for each in listed if each.form_id])
    year_ago = timezone.now() - YEAR
    return [
        {
            "organisation": each,
            "form": forms.get(each.form_id),
            "confirmed_at": each.confirmed_at,
            "is_overdue": each.confirmed_at is not None and each.confirmed_at < year_ago,
        }
        for each in listed
    ]
