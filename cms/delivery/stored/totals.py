"""How many disclosures and notices there are, by organisation and entry, known without counting.

The settler keeps the numbers, alone and after the changes are committed: publishing waits for nobody. Until it has
settled a change the rows are counted as ever, so that a total is exact at any moment.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from cms.api.public import PublicView
from pages.models import DisclosurePage, NoticePage, OrganisationPage, PublicationRecord

from ..models import CountedRow, Era, PublicChange, Total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

COUNTED = {"disclosures": DisclosurePage, "notices": NoticePage}
# Pages looked at together, totals moved together; SQLite takes 999 values in its oldest builds.
BATCH, MOVED = 500, 150
# Of every organisation, of every entry; no row has this number.
ANY = 0
FIELDS = ("page", "endpoint", "language", "translation_key", "organisation", "entry")
Place = tuple[str, str, int, int]


def total(endpoint: str, language: str, chosen: Mapping[str, Collection[int]]) -> int | None:
    """Return how many rows there are with one of some organisations, entries or industries; None where unknown."""
    if endpoint not in COUNTED:
        return None
    numbers = _chosen(Total.objects.filter(endpoint=endpoint, language=language), chosen)
    asked = Era.objects.exclude(totalled_at=None).annotate(
        total=Coalesce(Subquery(numbers.order_by().values("endpoint").annotate(n=Sum("number")).values("n")), 0),
        unsettled=Exists(PublicChange.objects.filter(settled_at=None)),
    )
    row = asked.values_list("total", "unsettled").first()
    return None if row is None or row[1] else int(row[0])


def _chosen(numbers: QuerySet[Total], chosen: Mapping[str, Collection[int]]) -> QuerySet[Total]:
    organisations: Any = chosen.get("organisation", [ANY])
    if "industry" in chosen:
        organisations = OrganisationPage.objects.filter(industry__in=chosen["industry"]).order_by().values("pk")
    return numbers.filter(organisation__in=organisations, entry__in=chosen.get("entry", [ANY]))


def note(pages: Collection[int]) -> None:
    """Bring the numbers up to date with some pages and their other languages. Only the settler calls this."""
    if Era.objects.filter(totalled_at=None).exists():
        return
    moved: Counter[Place] = Counter()
    for part in _parts(sorted(pages), BATCH):
        moved.update(_noted(part))
    _move(moved)


def _noted(pages: Collection[int]) -> Counter[Place]:
    """Count some pages under what they are now; return by how much the totals differ from what they were under."""
    keys = set(Page.objects.filter(pk__in=pages).values_list("translation_key", flat=True))
    keys |= set(CountedRow.objects.filter(page__in=pages).values_list("translation_key", flat=True))
    before = list(CountedRow.objects.filter(translation_key__in=keys))
    after = {row.page: row for row in _rows(keys)}.values()
    moved: Counter[Place] = Counter(place for row in after for place in _places(row))
    moved.subtract(Counter(place for row in before for place in _places(row)))
    # Nothing hangs on these rows: they need not be read to be deleted.
    CountedRow.objects.filter(page__in=[row.page for row in before])._raw_delete(using="default")
    CountedRow.objects.bulk_create(after, batch_size=BATCH)
    return moved


def _move(moved: Mapping[Place, int]) -> None:
    """Add to the totals, a hundred in a statement."""
    for part in _parts([(*place, number) for place, number in moved.items() if number], MOVED):
        with connection.cursor() as cursor:
            rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(part))
            cursor.execute(_MOVES.format(rows=rows), [value for row in part for value in row])


def _parts(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


_MOVES = """
INSERT INTO delivery_total (endpoint, language, organisation, entry, number) VALUES {rows}
ON CONFLICT (endpoint, language, entry, organisation) DO UPDATE SET number = delivery_total.number + excluded.number
"""


def _places(row: CountedRow) -> Iterable[Place]:
    """Return the totals a row is part of."""
    organisations = {ANY, row.organisation or ANY}
    entries = {ANY, row.entry or ANY}
    return [(row.endpoint, row.language, organisation, entry) for organisation in organisations for entry in entries]


def _rows(keys: Collection[Any]) -> Iterable[CountedRow]:
    for endpoint in COUNTED:
        for values in _public(endpoint).filter(translation_key__in=keys).values_list(*_NAMES):
            yield CountedRow(**dict(zip(FIELDS, values, strict=True)))


_NAMES = ("pk", "counted_as", "counted_in", "translation_key", "counted_of", "entry_id")


def _public(endpoint: str) -> QuerySet:
    """Return the public rows of an endpoint, each with what its list would be filtered by."""
    same = PublicationRecord.objects.filter(page__translation_key=OuterRef("translation_key"))
    source = When(locale__language_code=settings.LANGUAGE_CODE, then=F("record__organisation"))
    return (
        PublicView()
        .pages(COUNTED[endpoint])
        .order_by()
        .annotate(
            counted_as=Value(endpoint, output_field=CharField()),
            counted_in=F("locale__language_code"),
            counted_of=Case(source, default=Subquery(same.values("organisation")[:1]), output_field=BigIntegerField()),
        )
    )


@transaction.atomic
def count_anew() -> None:
    """Count everything, in a few statements. Only the settler calls this."""
    CountedRow.objects.all()._raw_delete(using="default")
    Total.objects.all()._raw_delete(using="default")
    columns = "page, endpoint, language, translation_key, organisation, entry"
    with connection.cursor() as cursor:
        for endpoint in COUNTED:
            query, values = _public(endpoint).values_list(*_NAMES).query.sql_with_params()
            cursor.execute(f"INSERT INTO delivery_countedrow ({columns}) {query}", values)
        for organisation in ("organisation", str(ANY)):
            for entry in ("entry", str(ANY)):
                cursor.execute(_SUMS.format(organisation=organisation, entry=entry))
    Era.objects.update(totalled_at=timezone.now())


_SUMS = """
INSERT INTO delivery_total (endpoint, language, organisation, entry, number)
SELECT endpoint, language, {organisation}, {entry}, count(*) FROM delivery_countedrow
WHERE {organisation} IS NOT NULL AND {entry} IS NOT NULL GROUP BY 1, 2, 3, 4
"""
