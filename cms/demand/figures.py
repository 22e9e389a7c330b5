"""Sums over a period, beside those of the period before: by unit, industry, entry, page, service item; by query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Max, OuterRef, Q, Subquery, Sum, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from snippets.models import CatalogueEntry, Industry, ServiceItem

from .models import Searches, Subject, Views, Way
from .reach import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


class By(TextChoices):
    """What the numbers are summed up by."""

    UNIT = "unit", gettext_lazy("按单位")
    INDUSTRY = "industry", gettext_lazy("按行业")
    ENTRY = "entry", gettext_lazy("按公开事项")
    PAGE = "page", gettext_lazy("按页面")
    ITEM = "item", gettext_lazy("按服务项目")


COLUMNS = {By.UNIT: "organisation", By.INDUSTRY: "industry", By.ENTRY: "entry", By.PAGE: "key", By.ITEM: "key"}
ONLY = {By.PAGE: Q(subject=Subject.PAGE), By.ITEM: Q(subject=Subject.ITEM)}
MODELS: dict[By, Any] = {
    By.UNIT: Page, By.INDUSTRY: Industry, By.ENTRY: CatalogueEntry, By.PAGE: Page, By.ITEM: ServiceItem,
}  # fmt: skip


@dataclass(frozen=True)
class Period:
    """Days from the first to the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days they are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """Return as many days, right before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def condition(self) -> Q:
        """Return the condition "on one of these days"."""
        return Q(day__gte=self.first, day__lte=self.last)


@dataclass(frozen=True)
class Line:
    """One row of a report: what it is, its numbers as shown, and its bar as a share of the longest, in percent."""

    title: str
    note: str
    now: str
    before: str
    change: str
    api: str
    bar: int
    key: int | None = None


def reads(user: Any, by: By, period: Period) -> QuerySet[Any]:
    """Return the sums a person may see, the most read first: `key`, `now`, `before`, `api`."""
    column = COLUMNS[by]
    days = Q(day__gte=period.before.first, day__lte=period.last)
    rows = readable(user, Views.objects.filter(days, ONLY.get(by, Q()), **{f"{column}__isnull": False}))
    web = Q(way=Way.WEB)
    return (
        rows.order_by()
        .values(thing=F(column))
        .annotate(
            now=_sum(web & period.condition),
            before=_sum(web & period.before.condition),
            api=_sum(Q(way=Way.API) & period.condition),
        )
        .order_by("-now", "-before", "-api", "thing")
    )


def _sum(condition: Q) -> Any:
    return Coalesce(Sum("number", filter=condition), Value(0))


def lines(by: By, rows: Iterable[dict[str, Any]], longest: int) -> list[Line]:
    """Return sums with the names of what they are of. One query, two for pages and entries."""
    found = list(rows)
    named = _named(by, {row["thing"] for row in found})
    return [
        Line(
            *named.get(row["thing"], (_("已不存在（%(number)d）") % {"number": row["thing"]}, "")),
            shown(row["now"]),
            shown(row["before"]),
            change(row["now"], row["before"]),
            shown(row["api"]),
            bar(row["now"], longest),
            row["thing"] if row["thing"] in named else None,
        )
        for row in found
    ]


def _named(by: By, keys: set[int]) -> dict[int, tuple[str, str]]:
    """Return titles, and what tells things of one title apart."""
    if by in {By.PAGE, By.ITEM}:
        return _with_owners(by, keys)
    rows = MODELS[by].objects.in_bulk(keys)
    if by is By.ENTRY:
        return {key: (row.title, f"{row.get_catalogue_display()} {row.code}") for key, row in rows.items()}
    if by is By.INDUSTRY:
        parents = Industry.objects.in_bulk({row.parent_id for row in rows.values() if row.parent_id})
        return {key: (row.title, getattr(parents.get(row.parent_id), "title", "")) for key, row in rows.items()}
    return {key: (row.title, "") for key, row in rows.items()}


def _with_owners(by: By, keys: set[int]) -> dict[int, tuple[str, str]]:
    subject = Subject.PAGE if by is By.PAGE else Subject.ITEM
    latest = Views.objects.filter(subject=subject, key=OuterRef("pk")).order_by("-day").values("organisation__title")
    found = MODELS[by].objects.filter(pk__in=keys).annotate(whose=Subquery(latest[:1]))
    return {pk: (title, whose or "") for pk, title, whose in found.values_list("pk", "title", "whose")}


def shown(number: int) -> str:
    """Return a number as it may be shown: a small one would tell of a person."""
    if 0 < number < settings.DEMAND_SHOWN_FROM:
        return _("不足 %(least)d") % {"least": settings.DEMAND_SHOWN_FROM}
    return str(number)


def change(now: int, before: int) -> str:
    """Return by how much a number grew; "" where one of the two is not shown, or there was nothing before."""
    if min(now, before) < settings.DEMAND_SHOWN_FROM:
        return ""
    percent = round((now - before) * 100 / before)
    return f"+{percent}%" if percent > 0 else f"−{-percent}%" if percent else _("持平")


def bar(number: int, longest: int) -> int:
    """Return how long a bar is, in percent of the longest; none for a number that is not shown."""
    if number < settings.DEMAND_SHOWN_FROM or not longest:
        return 0
    return max(1, round(number * 100 / longest))


def searches(period: Period, *, missed: bool) -> QuerySet[Any]:
    """Return the words searched for in a period, the most frequent first; with `missed`, those that found nothing."""
    rows = Searches.objects.filter(day__gte=period.before.first, day__lte=period.last)
    latest = Searches.objects.filter(query=OuterRef("query"), day__lte=period.last).order_by("-day").values("found")
    found = (
        rows.order_by()
        .values("query", text=F("query__text"))
        .annotate(
            now=_sum(period.condition),
            before=_sum(period.before.condition),
            misses=Coalesce(Sum("missed", filter=period.condition), Value(0)),
            last=Max("day"),
            found=Subquery(latest[:1]),
        )
        .filter(now__gt=0)
    )
    if missed:
        return found.filter(misses__gt=0).order_by("-misses", "-now", "text")
    return found.order_by("-now", "-before", "text")
