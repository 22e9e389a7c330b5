"""Where a person's word counts: path prefixes of the page tree, derived from the appointments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, Lookup, Q
from django.utils import timezone
from wagtail.models import Page

from .models import Appointment, Duty, Leave

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from .models import AppointmentQuerySet, User

_CACHE = "_authority_grants"
# Up to so many nodes are one comparison each: PostgreSQL answers them from the index of paths, and any search engine
# understands them. More would nest deeper than SQLite allows (1,000) and cost a comparison per node and row.
FEW_NODES = 30


@dataclass(frozen=True)
class Grant:
    """One duty at one node of the tree; translations of an appointed organisation are nodes too."""

    page: Page
    duty: str


def grants(user: User | AnonymousUser) -> list[Grant]:
    """Return every node × duty of the user, translated copies included, and keep it on the user object.

    Two queries; a third where he is on leave or stands in for somebody. What a deputy holds for somebody on leave
    counts; what a person on leave has passed on does not.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if (cached := getattr(user, _CACHE, None)) is not None:
        return list(cached)
    duties = _duties(user)
    pages = Page.objects.filter(translation_key__in=duties).order_by("path") if duties else []
    found = [Grant(page, duty) for page in pages for duty in sorted(duties[page.translation_key])]
    setattr(user, _CACHE, found)
    return found


def _duties(user: User) -> dict[object, set[str]]:
    """Return what a person holds, by organisation.

    Who stands in has an appointment of his own: whoever has none holds nothing.
    """
    today = timezone.localdate()
    on_leave = Leave.objects.in_force(today).filter(Q(user=user) | Q(deputy=user))
    own = Appointment.objects.in_force(today).filter(user=user)
    duties: dict[object, set[str]] = defaultdict(set)
    is_simple = True
    for key, duty, passed_on in own.values_list("organisation__translation_key", "duty", Exists(on_leave)):
        duties[key].add(duty)
        is_simple = not passed_on
    return duties if is_simple else _duties_with_leaves(user, today)


def _duties_with_leaves(user: User, today: date) -> dict[object, set[str]]:
    """Return what a person holds who is on leave himself, or stands in for somebody."""
    deputising = Leave.objects.in_force(today).filter(deputy=user).values("organisation")
    concerned = Appointment.objects.filter(Q(user=user) | Q(organisation__in=deputising))
    duties: dict[object, set[str]] = {}
    for key, held in _held(concerned).items():
        if mine := {duty for duty, people in held.items() if user.pk in people}:
            duties[key] = mine
    return duties


def roots(user: User | AnonymousUser, duties: Iterable[str]) -> list[str]:
    """Return the non-overlapping path prefixes where the user holds one of the duties."""
    wanted = set(duties)
    prefixes: list[str] = []
    for path in sorted({grant.page.path for grant in grants(user) if grant.duty in wanted}):
        if not prefixes or not path.startswith(prefixes[-1]):
            prefixes.append(path)
    return prefixes


def governs(user: User | AnonymousUser, page: Page | None, duties: Iterable[str]) -> bool:
    """Does one of the duties of this person reach this page?"""
    return page is not None and any(page.path.startswith(prefix) for prefix in roots(user, duties))


def within(prefixes: Iterable[str], field: str = "") -> Q:
    """Return the condition "lies under one of these prefixes", never an empty one.

    `field` is the lookup that leads to a page ("" for pages themselves). An empty list gives a condition that no
    page meets and that search backends understand.
    """
    lookup = f"{field}__path" if field else "path"
    nodes = list(prefixes)
    if len(nodes) > FEW_NODES:
        return Q(**{f"{lookup}__under": nodes})
    conditions = [Q(**{f"{lookup}__startswith": prefix}) for prefix in nodes]
    return reduce(or_, conditions) if conditions else Q(**{lookup: "none"})


@CharField.register_lookup
class Under(Lookup):
    """`path__under=[…]`: does a path begin with one of many? One list for each length, whatever their number."""

    lookup_name = "under"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Write `SUBSTR(path, 1, 12) IN (…) OR SUBSTR(path, 1, 16) IN (…)`."""
        path, path_params = self.process_lhs(compiler, connection)
        by_length: dict[int, list[str]] = defaultdict(list)
        for prefix in self.rhs:
            by_length[len(prefix)].append(prefix)
        parts, params = [], []
        for length, same in sorted(by_length.items()):
            parts.append(f"SUBSTR({path}, 1, {length}) IN ({', '.join(['%s'] * len(same))})")
            params += [*path_params, *same]
        return f"({' OR '.join(parts)})", tuple(params)


def holders(organisation: Page, duties: Iterable[str]) -> set[int]:
    """Return the ids of the people who hold one of the duties at exactly this organisation today. One query.

    In the place of who is on leave stands the deputy, as long as he works there or at the superior himself.
    """
    return holders_at([organisation], duties)[organisation.pk]


def holders_at(organisations: Collection[Page], duties: Iterable[str]) -> dict[int, set[int]]:
    """Return for each of several organisations, by its number, who holds one of the duties there today. One query."""
    wanted = list(duties)
    keys = [each.translation_key for each in organisations]
    held = _held(Appointment.objects.filter(organisation__translation_key__in=keys))
    return {
        each.pk: {person for duty in wanted for person in held.get(each.translation_key, {}).get(duty, ())}
        for each in organisations
    }


def is_appointed(user: User | AnonymousUser) -> bool:
    """Does the person hold an appointment, on leave or not? Who is on leave still enters, to end it."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(grants(user)) or Appointment.objects.in_force(timezone.localdate()).filter(user=user).exists()


def _held(concerned: AppointmentQuerySet) -> dict[object, dict[str, set[int]]]:
    """Return who holds what, by organisation and duty, of whole organisations or of one person. One query."""
    today = timezone.localdate()
    rows = (
        concerned.in_force(today)
        .with_stand_ins(today)
        .values_list(
            "organisation__translation_key",
            "user_id",
            "duty",
            "stand_in__deputy",
            "deputy_counts",
            "stand_in__passes_administration",
        )
    )
    here: dict[object, list[tuple[int, str]]] = defaultdict(list)
    deputies: dict[tuple[object, int], tuple[int, bool]] = {}
    for key, user, duty, deputy, counts, passes_all in rows:
        here[key].append((user, duty))
        if deputy and counts:
            deputies[key, user] = (deputy, passes_all)
    held: dict[object, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key, appointed in here.items():
        for user, duty in appointed:
            held[key][duty].add(_standing_in(user, key, duty, deputies))
    return held


def _standing_in(user: int, key: object, duty: str, deputies: dict[tuple[object, int], tuple[int, bool]]) -> int:
    """Follow the deputies, also of deputies; who would come back to himself keeps his duty."""
    seen, at = {user}, user
    while (key, at) in deputies:
        deputy, passes_all = deputies[key, at]
        # An auditor answers in person.
        if duty == Duty.AUDITOR or (duty == Duty.ADMINISTRATOR and not passes_all):
            return at
        if deputy in seen:
            return user
        seen.add(deputy)
        at = deputy
    return at
