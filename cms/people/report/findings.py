"""What is not as it should be, below a person: one query for each kind, however many organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Duty

from ..registration.listing import unconfirmed, with_form
from ..subtree import below, organisations_below, people_below

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from pages.models import OrganisationPage


@dataclass(frozen=True)
class Kind:
    """One kind of finding. `find` returns people or organisations; each row carries `place`, a path of the tree."""

    code: str
    label: Any
    advice: Any
    find: Callable[[Any], QuerySet[Any]]
    of_people: bool = False


def idle_since() -> datetime:
    """Return the moment before which a last sign-in counts as long ago."""
    return timezone.now() - timedelta(days=settings.ACCOUNT_IDLE_DAYS)


def idle(user: Any) -> QuerySet[Any]:
    """Return appointed people who have not signed in for long, or never since their account was made."""
    held = _held_below(user)
    long_ago = Q(last_login__lt=idle_since()) | Q(last_login=None, date_joined__lt=idle_since())
    return _with_place(people_below(user).filter(long_ago, Exists(held), is_active=True), held)


def without_unit(user: Any) -> QuerySet[Any]:
    """Return people whose appointments are all over, and whose account is still open."""
    current = Appointment.objects.filter(user=OuterRef("pk")).exclude(until__lt=timezone.localdate())
    past = Appointment.objects.filter(below(user, "organisation"), user=OuterRef("pk")).order_by("-until", "-pk")
    return _with_place(people_below(user).filter(~Exists(current), is_active=True, is_superuser=False), past)


def without_editor(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations where nobody is appointed to write."""
    return _without(user, Duty.EDITOR)


def without_reviewer(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations where nobody is appointed to review: their superior does."""
    return _without(user, Duty.REVIEWER)


def not_confirmed(user: Any) -> QuerySet[OrganisationPage]:
    """Return the organisations whose registration form was not confirmed within a year."""
    found = with_form(organisations_below(user)).filter(unconfirmed())
    return found.annotate(place=F("path"))


def _held_below(user: Any) -> QuerySet[Appointment]:
    in_force = Appointment.objects.in_force(timezone.localdate())
    return in_force.filter(below(user, "organisation"), user=OuterRef("pk")).order_by("organisation__path")


def _with_place(people: QuerySet[Any], held: QuerySet[Appointment]) -> QuerySet[Any]:
    title = Subquery(held.values("organisation__title")[:1])
    path = Subquery(held.values("organisation__path")[:1])
    named = people.annotate(place=path, place_title=Concat(title, Value(""), output_field=CharField()))
    return named.order_by("place", "first_name", "pk")


def _without(user: Any, duty: str) -> QuerySet[OrganisationPage]:
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation=OuterRef("pk"), duty=duty)
    return organisations_below(user).filter(~Exists(held)).annotate(place=F("path"))


KINDS = {
    kind.code: kind
    for kind in (
        Kind("no-editor", _("没有编辑员的单位"), _("请任命编辑员，否则没有人写稿。"), without_editor),
        Kind("no-reviewer", _("没有审核员的单位"), _("初审由上级代为审核；请尽量任命。"), without_reviewer),
        Kind("idle", _("长期未登录的账号"), _("请核实是否仍在岗；不在岗的移交后停用。"), idle, of_people=True),
        Kind("no-unit", _("没有任职的账号"), _("请任命或停用。"), without_unit, of_people=True),
        Kind("unconfirmed", _("登记表一年内未确认的单位"), _("请催促填报或及时确认。"), not_confirmed),
    )
}


def counts(user: Any) -> dict[str, int]:
    """Return how many of each kind. One query each."""
    return {code: kind.find(user).count() for code, kind in KINDS.items()}
