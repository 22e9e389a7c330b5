"""Found a unit in one step: its page, its people, first drafts of what it must disclose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from blocks.kinds import BY_UNIT_ROWS, GENERATED
from pages.industry_templates import page_type_for
from pages.models import DisclosurePage
from pages.roster import ensure_roster_entry
from snippets.models import CatalogueEntry, Industry

from ..people.staff import appoint

if TYPE_CHECKING:
    from pages.models import DepartmentPage, UnitPage


@dataclass
class Founded:
    """What was made. `passwords` holds the first password of each new account; it is shown once."""

    unit: UnitPage
    drafts: int = 0
    passwords: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def found_unit(department: DepartmentPage, values: dict[str, Any], people: dict[str, str], user: Any) -> Founded:
    """Make the unit's page as a draft in approval, appoint its people, and draft its mandatory entries.

    `values` are fields of the page; `people` maps a duty to "username" or "username 姓名". The page type follows
    from the branch. Raises ValidationError when the page is not valid.
    """
    industry: Industry | None = values.get("industry")
    model = page_type_for(industry.catalogue_code if industry else "generic")
    unit = model(**values, owner=user, live=False)
    department.add_child(instance=unit)
    unit.save_revision(user=user, log_action=True)
    ensure_roster_entry(unit)
    founded = Founded(unit)
    for duty, name in people.items():
        appointed = appoint(unit, duty, name, by=user)
        if appointed.password:
            founded.passwords[appointed.appointment.user.username] = appointed.password
    founded.drafts = _draft_mandatory_entries(unit, user)
    unit.submit_for_approval(user)
    return founded


def _draft_mandatory_entries(unit: UnitPage, user: Any) -> int:
    entries = CatalogueEntry.of_catalogue(unit.catalogue_code, timezone.localdate()).filter(is_mandatory=True)
    drafted = 0
    for entry in entries.exclude(content_kind__in=[*BY_UNIT_ROWS, *GENERATED]).exclude(cycle="on_event"):
        draft = DisclosurePage(title=entry.title[:255], entry=entry, owner=user, live=False)
        unit.add_child(instance=draft)
        draft.save_revision(user=user)
        drafted += 1
    return drafted
