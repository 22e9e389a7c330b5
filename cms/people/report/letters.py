"""The nightly letters: to administrators what is amiss below them, to units that their form is due."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.authority import holders
from accounts.models import Appointment, Duty, FormState, Told, User
from ledger.letters import Message, write
from pages.identity import source_locale_id
from pages.models import OrganisationPage

from ..registration.listing import YEAR, with_form
from ..registration.reach import FILLING
from .findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT, REMINDER = "people.report", "people.form_due"
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
# How long before the year is over the unit hears of it.
BEFORE = timedelta(days=30)


class Everything(AnonymousUser):
    """Who sees the whole tree: the nightly job."""

    is_superuser = True  # type: ignore[assignment]
    is_active = True  # type: ignore[assignment]


@dataclass
class Amiss:
    """What is amiss below one organisation: the keys of each kind."""

    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def fingerprint(self) -> str:
        """Return what the same findings have in common."""
        told = ";".join(f"{code}:{','.join(sorted(keys))}" for code, keys in sorted(self.found.items()))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def words(self) -> str:
        """Say how many of each kind, line by line."""
        lines = (
            _("%(label)s：%(count)d") % {"label": KINDS[c].label, "count": len(self.found.get(c, ()))} for c in KINDS
        )
        return "\n".join(line for code, line in zip(KINDS, lines, strict=True) if self.found.get(code))


def report_people() -> int:
    """Write to the administrators nearest above what is amiss; return how many organisations were told.

    Only when something has changed or a week is over; never an empty letter.
    """
    today, told = timezone.localdate(), 0
    places = _administered()
    last = {each.organisation_id: each for each in Told.objects.filter(kind=REPORT)}
    for path, amiss in _by_superior(set(places)).items():
        place, before = places[path], last.get(places[path].pk)
        if _is_news(before, amiss.fingerprint, today, WEEK) and _report(place, amiss, today):
            told += 1
    return told


def _administered() -> dict[str, Page]:
    held = Appointment.objects.in_force(timezone.localdate()).filter(duty=Duty.ADMINISTRATOR)
    found = Page.objects.filter(pk__in=held.values("organisation"), locale_id=source_locale_id())
    return {page.path: page for page in found}


def _by_superior(places: set[str]) -> dict[str, Amiss]:
    by_place: dict[str, Amiss] = defaultdict(Amiss)
    for code, path, key in _findings():
        ends = range(len(path) - Page.steplen, 0, -Page.steplen)
        nearest = next((path[:end] for end in ends if path[:end] in places), None)
        if nearest is not None:
            by_place[nearest].found[code].add(key)
    return by_place


def _findings() -> Iterator[tuple[str, str, str]]:
    for code, kind in KINDS.items():
        for pk, path in kind.find(Everything()).values_list("pk", "place"):
            if path:
                yield code, path, str(pk)


def _is_news(before: Told | None, fingerprint: str, today: date, again: timedelta) -> bool:
    return before is None or before.fingerprint != fingerprint or before.on <= today - again


@transaction.atomic
def _report(place: Page, amiss: Amiss, today: date) -> bool:
    people = list(User.objects.filter(pk__in=holders(place, [Duty.ADMINISTRATOR])))
    if not people:
        return False
    subject = _("“%(place)s”所辖人员状况") % {"place": place.title}
    write(people, Message(REPORT, subject, amiss.words, reverse("people:report"), organisation=place))
    _note(place, REPORT, amiss.fingerprint, today)
    return True


def remind_forms() -> int:
    """Remind units whose form is not confirmed, or will soon be a year old; monthly. Return how many were reminded."""
    today, now = timezone.localdate(), timezone.now()
    due = with_form(OrganisationPage.objects.filter(locale_id=source_locale_id()))
    due = due.filter(Q(confirmed_at=None) | Q(confirmed_at__lt=now - YEAR + BEFORE))
    due = due.filter(Q(form_state=None) | ~Q(form_state=FormState.SUBMITTED))
    last = {each.organisation_id: each for each in Told.objects.filter(kind=REMINDER)}
    wanted = [each for each in due if _is_news(last.get(each.pk), _state_of(each), today, MONTH)]
    clerks = _clerks()
    reminded = [each for each in wanted if clerks.get(each.pk)]
    for place in reminded:
        _remind(place, clerks[place.pk], today)
    return len(reminded)


def _state_of(place: Any) -> str:
    return f"{place.form_state or 'none'} {place.confirmed_at.date() if place.confirmed_at else ''}".strip()


def _clerks() -> dict[int, list[User]]:
    """Return who fills in, by organisation. One query for all."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(duty__in=FILLING).select_related("user")
    found: dict[int, list[User]] = defaultdict(list)
    for each in held:
        found[each.organisation_id].append(each.user)
    return found


@transaction.atomic
def _remind(place: Any, people: list[User], today: date) -> None:
    if place.confirmed_at is None:
        subject = _("请填报“%(place)s”的办事公开工作信息登记表")
    else:
        subject = _("“%(place)s”的登记表将满一年，请核对后重新提交确认")
    url = reverse("people:form", args=[place.pk])
    body = _("分管领导、工作机构、工作人员有无变动，请核对；没有变动的也要提交一次。")
    title = subject % {"place": place.title}
    write(people, Message(REMINDER, title, body, url, must_act=True, organisation=place))
    _note(place, REMINDER, _state_of(place), today)


def _note(place: Any, kind: str, fingerprint: str, today: date) -> None:
    values = {"fingerprint": fingerprint, "on": today}
    Told.objects.update_or_create(organisation_id=place.pk, kind=kind, defaults=values)
