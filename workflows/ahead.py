"""What submitting will do, said on the form before anybody submits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.approvable import MAX_TIERS

from .afterwards import promise
from .authors import Barred, authors_since_approval
from .contributors import uploaders_of
from .matters import reach_of
from .models import ApprovalTier
from .routes import able, candidates

if TYPE_CHECKING:
    from wagtail.models import Page


def route_ahead(subject: Any, organisation: Page | None, author: Any) -> list[str]:
    """Return who will decide on a draft, tier by tier, as sentences; none while it is in review.

    The same answer as submitting gives (`routes.resolve`), for a text that nobody has approved yet. Where the number of
    tiers is still to be chosen with the entry, one sentence for each number.
    """
    if organisation is None or (subject.pk and subject.workflow_in_progress):
        return []
    authors = (authors_since_approval(subject) | uploaders_of(subject) if subject.pk else set()) | {author.pk}
    reach = reach_of(subject) if subject.pk else None
    if getattr(subject, "entry_is_required", False) and not subject.entry_id:
        return [
            _("%(tiers)d 级审核的事项：%(route)s")
            % {"tiers": tiers, "route": _route(organisation, tiers, authors, reach)}
            for tiers in range(1, MAX_TIERS + 1)
        ]
    said = _("提交后：%(route)s") % {"route": _route(organisation, subject.tiers_required, authors, reach)}
    return [said, afterwards] if subject.pk and (afterwards := promise(subject)) else [said]


def _route(organisation: Any, tiers: int, authors: set[int], reach: int | None) -> str:
    steps: list[str] = []
    decided: set[int] = set()
    barred = Barred(authors)
    for tier in range(1, tiers + 1):
        offices = candidates(organisation, tier, reach if tier == tiers else None)
        office = next((each for each in offices if able(each, barred.at(each))), None)
        if office is not None and office.pk in decided:
            continue
        if office is not None:
            decided.add(office.pk)
            barred.decided.update(_surely(office, barred))
        name = office.title if office is not None else _("等待“%(name)s”任命审核员") % {"name": offices[-1].title}
        steps.append(_("%(tier)s（%(name)s）") % {"tier": ApprovalTier(tier).label, "name": name})
    return " → ".join([*steps, _("公开")])


def _surely(office: Any, barred: Barred) -> set[tuple[int, int]]:
    """Return who will decide for an office, where only one person can: he decides for no other office then."""
    people = able(office, barred.at(office))
    return {(person, office.pk) for person in people} if len(people) == 1 else set()
