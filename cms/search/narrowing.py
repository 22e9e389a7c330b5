"""What a search is narrowed to: an industry, a district, an entry, a validity, days of publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from pages.models import Validity
from snippets.models import CatalogueEntry, Industry

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = {
    "industry": _("行业"),
    "district": _("地区"),
    "entry": _("事项"),
    "validity": _("效力"),
    "from": _("公开日期起"),
    "to": _("公开日期止"),
}
DIVISION_DIGITS = 6


@dataclass(frozen=True)
class Narrowing:
    """The conditions of a request that could be understood, and what could not."""

    chosen: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    industries: frozenset[int] = frozenset()
    catalogues: frozenset[str] = frozenset()
    entry: CatalogueEntry | None = None
    days: tuple[date | None, date | None] = (None, None)

    def pages(self, *, but: str = "") -> Q:
        """Narrow pages, leaving one condition out where its own alternatives are counted."""
        chosen = {name: value for name, value in self.chosen.items() if name != but}
        wanted = Q()
        if "industry" in chosen:
            among = list(self.industries)
            wanted &= Q(record__organisation__industry__in=among) | Q(organisationpage__industry__in=among)
        if code := chosen.get("district"):
            wanted &= Q(record__organisation__division_code__startswith=code) | Q(
                organisationpage__division_code__startswith=code
            )
        if self.entry and "entry" in chosen:
            wanted &= Q(record__entry=self.entry.pk)
        if "validity" in chosen:
            wanted &= Q(record__validity=chosen["validity"])
        return wanted & self._days(chosen)

    def services(self) -> Q | None:
        """Narrow service items; nothing where a condition is asked for that they do not have."""
        if self.chosen.keys() - {"industry", "district"}:
            return None
        wanted = Q(industry__in=list(self.industries)) if "industry" in self.chosen else Q()
        if code := self.chosen.get("district"):
            wanted &= Q(provider__organisationpage__division_code__startswith=code)
        return wanted

    def entries(self) -> Q | None:
        """Narrow entries of the catalogues; nothing where a condition is asked for that they do not have."""
        if self.chosen.keys() - {"industry"}:
            return None
        return Q(catalogue__in=list(self.catalogues)) if "industry" in self.chosen else Q()

    def _days(self, chosen: Mapping[str, str]) -> Q:
        first, last = self.days
        wanted = Q()
        if first and "from" in chosen:
            wanted &= Q(first_published_at__gte=_moment(first, time.min))
        if last and "to" in chosen:
            wanted &= Q(first_published_at__lte=_moment(last, time.max))
        return wanted


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def read(asked: Mapping[str, str]) -> Narrowing:
    """Read the conditions of a request; what is none is left out and named. At most three queries."""
    given = {name: value[:100].replace("\x00", "").strip() for name in LABELS if (value := asked.get(name, ""))}
    given = {name: value for name, value in given.items() if value}
    found: dict[str, Any] = {}
    understood = {name: value for name, value in given.items() if _READERS[name](value, found)}
    refused = [f"{LABELS[name]}：{value}" for name, value in given.items() if name not in understood]
    found["days"] = (found.pop("from", None), found.pop("to", None))
    return Narrowing(chosen=understood, refused=refused, **found)


def _industry(code: str, found: dict[str, Any]) -> bool:
    industry = Industry.objects.filter(code=code).select_related("parent").first()
    if industry is None:
        return False
    branches = [industry, *industry.branches.all()]
    found["industries"] = frozenset(each.pk for each in branches)
    own = frozenset(each.catalogue for each in branches if each.catalogue)
    # What rules its units where nothing of its own does: the catalogue of its sector, or the general one.
    found["catalogues"] = own or frozenset({industry.catalogue_code})
    return True


def _district(code: str, found: dict[str, Any]) -> bool:
    return code.isascii() and code.isdigit() and len(code) >= DIVISION_DIGITS


def _entry(text: str, found: dict[str, Any]) -> bool:
    catalogue, _slash, code = text.partition("/")
    found["entry"] = CatalogueEntry.objects.filter(catalogue=catalogue, code=code).order_by("-valid_from").first()
    return found["entry"] is not None


def _validity(value: str, found: dict[str, Any]) -> bool:
    return value in Validity.values


def _day(name: str) -> Any:
    def read_day(text: str, found: dict[str, Any]) -> bool:
        try:
            found[name] = parse_date(text)
        except ValueError:
            return False
        return found[name] is not None

    return read_day


_READERS = {
    "industry": _industry,
    "district": _district,
    "entry": _entry,
    "validity": _validity,
    "from": _day("from"),
    "to": _day("to"),
}
