"""What somebody has chosen, as it stands in an address: codes in one order, so that one choice has one address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pages.identity import source_locale_id, sources
from pages.models import DistrictPage, OrganisationPage
from snippets.models import Industry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import QueryDict

INDUSTRY, DISTRICT, UNIT = "industry", "district", "unit"
# So many of each kind; an address stays short enough for a browser, a mail and a database.
MOST = {INDUSTRY: 20, DISTRICT: 20, UNIT: 30}
# Of a value that nobody offers so much is repeated.
SHOWN = 40
LONGEST = 64


def district_code(page: DistrictPage) -> str:
    """Return the code under which a district is chosen."""
    return page.division_code or page.slug


@dataclass
class Choice:
    """Industries, districts and units that there are, and what was said that is none of them."""

    industries: list[Industry] = field(default_factory=list)
    districts: list[DistrictPage] = field(default_factory=list)
    # By roster code, each with its `code`.
    units: list[Any] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    every_district: list[DistrictPage] = field(default_factory=list)
    every_industry: list[Industry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.industries or self.districts or self.units)

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """Return the codes of each kind, in their order."""
        return {
            INDUSTRY: sorted(each.code for each in self.industries),
            DISTRICT: sorted(map(district_code, self.districts)),
            UNIT: sorted(each.code for each in self.units),
        }

    @property
    def query(self) -> str:
        """Return the one query string of this choice; empty when nothing is chosen."""
        return _query(self.codes)

    def query_with(self, kind: str, code: str) -> str:
        """Return the query string of this choice and one thing more."""
        return _query({**self.codes, kind: sorted({*self.codes[kind], code})})

    @cached_property
    def industry_ids(self) -> list[int]:
        """Return the chosen industries with the branches of the chosen sectors."""
        chosen = {each.pk for each in self.industries}
        return [each.pk for each in self.every_industry if each.pk in chosen or each.parent_id in chosen]


def _query(codes: dict[str, list[str]]) -> str:
    return urlencode({kind: found for kind, found in codes.items() if found}, doseq=True)


def chosen(asked: QueryDict) -> Choice:
    """Read a choice: at most three queries. What is wrong is said, the rest holds."""
    problems: list[str] = []
    every_industry = list(Industry.objects.select_related("parent").order_by("order", "code"))
    every_district = list(sources(DistrictPage.objects.live()).order_by("path"))
    found = {
        INDUSTRY: ({each.code: each for each in every_industry}, _("没有代码为“%(value)s”的行业")),
        DISTRICT: ({district_code(each): each for each in every_district}, _("没有代码为“%(value)s”的地区")),
    }
    wanted = {kind: _values(asked.getlist(kind)) for kind in MOST}
    found[UNIT] = (_units(wanted[UNIT][: MOST[UNIT]]), _("没有机构代码为“%(value)s”的单位，或者它已不再公开"))
    picked = {kind: _picked(kind, wanted[kind], *found[kind], problems.append) for kind in MOST}
    return Choice(picked[INDUSTRY], picked[DISTRICT], picked[UNIT], problems, every_district, every_industry)


def _values(values: Sequence[str]) -> list[str]:
    """Return what was said, each once; NUL is no letter."""
    return list(dict.fromkeys(text for each in values if (text := each.replace("\x00", "").strip())))


def _picked(
    kind: str, values: list[str], offered: dict[str, Any], problem: str, say: Callable[[str], None]
) -> list[Any]:
    if len(values) > MOST[kind]:
        names = {INDUSTRY: _("行业"), DISTRICT: _("地区"), UNIT: _("单位")}
        text = _("最多选 %(most)d 个%(kind)s，只算了前 %(most)d 个。")
        say(text % {"most": MOST[kind], "kind": names[kind]})
    for value in (kept := values[: MOST[kind]]):
        if value not in offered:
            shown = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
            say(_("%(problem)s，已略去；其余的照常显示。") % {"problem": problem % {"value": shown}})
    return [offered[value] for value in kept if value in offered]


def _units(codes: list[str]) -> dict[str, Any]:
    """Return the public organisations of some roster codes. One query, and none for none."""
    codes = [code for code in codes if len(code) <= LONGEST]
    if not codes:
        return {}
    found = OrganisationPage.objects.live().filter(roster__code__in=codes, locale_id=source_locale_id())
    units = {each.roster.code: each for each in found.select_related("roster", "industry")}
    for code, unit in units.items():
        unit.code = code
    return units
