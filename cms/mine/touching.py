"""Does an outage touch a choice? The same question as `reading.records_of`, asked for thousands of choices at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs

from pages.identity import sources
from pages.models import DistrictPage
from rules.divisions import around
from snippets.models import Industry

from .choice import DISTRICT, INDUSTRY, UNIT, district_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.models import PublicationRecord


@dataclass(frozen=True)
class Outage:
    """What decides whom a notice concerns: who publishes it, and which divisions it names."""

    unit: str
    industry: int | None
    path: str
    named: str

    @classmethod
    def of(cls, record: PublicationRecord) -> Self:
        """Read a record that comes with its organisation, the organisation's roster and `named`."""
        organisation = record.organisation
        roster = getattr(organisation, "roster", None)
        named: str = getattr(record, "named", "") or ""
        return cls(roster.code if roster else "", organisation.industry_id, organisation.path, named)


class Meanings:
    """What the codes of choices mean now. Two queries, whatever the number of choices."""

    @cached_property
    def industries(self) -> dict[str, set[int]]:
        """Return what each code of an industry comprises: itself and its branches."""
        found: dict[str, set[int]] = defaultdict(set)
        for each in Industry.objects.select_related("parent"):
            found[each.code].add(each.pk)
            if each.parent:
                found[each.parent.code].add(each.pk)
        return found

    @cached_property
    def districts(self) -> dict[str, DistrictPage]:
        """Return the public districts by the code under which they are chosen."""
        return {district_code(each): each for each in sources(DistrictPage.objects.live())}

    def touches(self, choice: str, outage: Outage) -> bool:
        """Does an outage touch what a query string chooses?"""
        chosen = parse_qs(choice)
        if outage.unit and outage.unit in chosen.get(UNIT, ()):
            return True
        industries = [code for code in chosen.get(INDUSTRY, ()) if code in self.industries]
        districts = [self.districts[code] for code in chosen.get(DISTRICT, ()) if code in self.districts]
        of_industry = any(outage.industry in self.industries[code] for code in industries)
        if not districts:
            return of_industry
        if industries:
            return of_industry and (self._lies_in(districts, outage) or self._serves_all(outage))
        return self._lies_in(districts, outage)

    def _lies_in(self, districts: Sequence[DistrictPage], outage: Outage) -> bool:
        """Is it of one of these districts, or does it name one, what comprises one, or a part of one?"""
        return any(
            outage.path.startswith(each.path) or any(code in outage.named for code in around(each.division_code))
            for each in districts
        )

    def _serves_all(self, outage: Outage) -> bool:
        """Is it of an organisation of the whole city, and names no division?"""
        return not outage.named and not any(outage.path.startswith(each.path) for each in self.districts.values())
