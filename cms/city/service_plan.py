"""Where each online service belongs: to its provider, or to the branches of a provider that is a whole group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .industries import IndustryRow
from .pack import Pack
from .planned import PlannedOrganisation, PlannedService
from .problems import Place, Problems
from .services import ServiceRow
from .superiors import REMARK

# "各医院", "旅顺博物馆等", "移动/联通/电信"
GROUP = re.compile(r"各|等$|[/、]")
PARTS = re.compile(r"[/、]")
# What stands before the kind in "各区教育局", and after it in "各供热单位".
BEFORE = re.compile(r"^(?:.*各)?(?:区市县|区县|街道|区)?")
AFTER = re.compile(r"(?:等|单位|企业|公司|机构|部门|中心)$")


class ServicePlan:
    """Plan the service items of a pack, given the organisations of its tree."""

    def __init__(self, pack: Pack, organisations: Iterable[PlannedOrganisation], problems: Problems) -> None:
        self.pack = pack
        self.problems = problems
        self.industries = {row.code: row for row in pack.industries}
        # Villages share their names; none of them provides a service of the city.
        roster = [organisation for organisation in organisations if not organisation.is_village]
        names = Counter(organisation.name for organisation in roster)
        self.providers = {organisation.name: organisation for organisation in roster if names[organisation.name] == 1}
        self.held_back: list[Place] = []

    def plan(self) -> tuple[PlannedService, ...]:
        """Return the items, in the order of their rows."""
        return tuple(item for row in self.pack.services for item in self._items(row))

    def _items(self, row: ServiceRow) -> list[PlannedService]:
        place = Place(self.pack.city.files["service_items"], row.line)
        if not row.personal_input:
            self.held_back.append(place)
            reason = _("“%(name)s”不需要录入个人信息，不是在线服务项目（DB21/T 2175.5 第4.1.2条），本行不载入。")
            self.problems.warn(place, reason % {"name": row.name})
            return []
        if not row.url:
            self.problems.warn(place, _("“%(name)s”没有网址，载入为草稿。") % {"name": row.name})
        provider = self.providers.get(row.provider)
        if provider:
            return [self._item(row, place, row.item_id, self._branch_of(provider, row), provider.key)]
        branches = self._branches(row)
        if branches:
            names = {"provider": row.provider, "count": len(branches)}
            reason = _("“%(provider)s”是一类单位：按 %(count)d 个二级行业各建一项，不设提供单位。")
            self.problems.warn(place, reason % names)
            return [self._item(row, place, f"{row.item_id}-{branch}", branch) for branch in branches]
        reason = _("“%(provider)s”不在名录中：归整个行业，不设提供单位。")
        self.problems.warn(place, reason % {"provider": row.provider})
        return [self._item(row, place, row.item_id, row.industry)]

    def _item(self, row: ServiceRow, place: Place, code: str, industry: str, provider_key: str = "") -> PlannedService:
        return PlannedService(code, row, industry, provider_key, is_draft=not row.url, source=place)

    def _branch_of(self, provider: PlannedOrganisation, row: ServiceRow) -> str:
        """Return the provider's branch where it lies in the row's industry."""
        branch = self.industries.get(provider.industry)
        return branch.code if branch and branch.parent == row.industry else row.industry

    def _branches(self, row: ServiceRow) -> list[str]:
        """Return the branches a group stands for: those it names, and those of the units that are called so."""
        sector = self.industries[row.industry]
        if sector.parent:
            return [sector.code] if GROUP.search(row.provider) else []
        branches = [branch for branch in self.pack.industries if branch.parent == sector.code]
        kinds = [AFTER.sub("", BEFORE.sub("", part.strip())) for part in PARTS.split(row.provider)]
        return [branch.code for branch in branches if any(self._has(branch, kind) for kind in kinds if len(kind) > 1)]

    def _has(self, branch: IndustryRow, kind: str) -> bool:
        if kind in branch.name:
            return True
        return any(
            unit.industry == branch.code and REMARK.sub("", unit.name).endswith(kind) for unit in self.pack.units
        )
