"""What a plan is made of: organisations with their place in the tree, service items, rows that are not loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from rules.coordinates import Position

from .pack import Pack
from .problems import Place
from .services import ServiceRow


class Kind(StrEnum):
    """The four storeys of the tree."""

    PORTAL = "portal"
    DISTRICT = "district"
    DEPARTMENT = "department"
    UNIT = "unit"


class Flag(StrEnum):
    """What somebody should look at before the organisation is included in the roster."""

    SUPERIOR_OUTSIDE = "superior-outside"
    SUPERIOR_UNKNOWN = "superior-unknown"
    SUPERIOR_CHOSEN = "superior-chosen"
    NAME_UNCONFIRMED = "name-unconfirmed"
    PART_OF_ANOTHER = "part-of-another"
    PLACE_ONLY = "place-only"


@dataclass(frozen=True, slots=True)
class PlannedOrganisation:
    """One organisation to create or to match. The portal alone has no parent."""

    key: str
    kind: Kind
    name: str
    parent_key: str
    division_code: str
    source: Place
    name_en: str = ""
    short_name: str = ""
    industry: str = ""
    credit_code: str = ""
    address: str = ""
    position: Position | None = None
    website: str = ""
    service_divisions: str = ""
    flags: frozenset[Flag] = frozenset()

    @property
    def is_street(self) -> bool:
        """Is this department a street, town or township?"""
        return self.key.startswith("street:")

    @property
    def is_village(self) -> bool:
        """Is this unit a village or a community?"""
        return self.key.startswith("village:")


@dataclass(frozen=True, slots=True)
class PlannedService:
    """One service item to create or to match; without a provider it belongs to its branch as a whole."""

    code: str
    row: ServiceRow
    industry: str
    provider_key: str
    is_draft: bool
    source: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to build, parents before children, and the rows that are not loaded."""

    pack: Pack
    organisations: tuple[PlannedOrganisation, ...]
    services: tuple[PlannedService, ...]
    held_back: tuple[Place, ...]

    def of_kind(self, kind: Kind) -> list[PlannedOrganisation]:
        """Return the organisations of one storey."""
        return [organisation for organisation in self.organisations if organisation.kind is kind]

    def counts(self) -> Counter[str]:
        """Count what will be there, in the words of the format."""
        counts = Counter(str(organisation.kind) for organisation in self.organisations)
        counts["street"] = sum(organisation.is_street for organisation in self.organisations)
        counts["village"] = sum(organisation.is_village for organisation in self.organisations)
        counts["industry"] = sum(not row.parent for row in self.pack.industries)
        counts["branch"] = sum(bool(row.parent) for row in self.pack.industries)
        counts["catalogue"] = len(self.pack.catalogues)
        counts["entry"] = sum(len(catalogue.entries) for catalogue in self.pack.catalogues.values())
        counts["service"] = len(self.services)
        counts["held back"] = len(self.held_back)
        return counts
