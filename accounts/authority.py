"""Where a person's word counts: path prefixes of the page tree, derived from the appointments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, Lookup, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from .models import Appointment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from .models import User

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
    """Return every node × duty of the user, translated copies included. Two queries, kept on the user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    if (cached := getattr(user, _CACHE, None)) is not None:
        return list(cached)
    held = Appointment.objects.in_force(timezone.localdate()).filter(user=user)
    duties: dict[object, set[str]] = defaultdict(set)
    for key, duty in held.values_list("organisation__translation_key", "duty"):
        duties[key].add(duty)
    mine = Exists(held.filter(organisation__translation_key=OuterRef("translation_key")))
    pages = Page.objects.filter(mine).order_by("path") if duties else []
    found = [Grant(page, duty) for page in pages for duty in sorted(duties[page.translation_key])]
    setattr(user, _CACHE, found)
    return found


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
    """Return the ids of the people appointed to exactly this organisation with one of the duties."""
    return set(
        Appointment.objects.in_force(timezone.localdate())
        .filter(organisation__translation_key=organisation.translation_key, duty__in=list(duties))
        .values_list("user_id", flat=True)
    )
