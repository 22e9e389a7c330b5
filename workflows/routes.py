"""Who approves: resolved from the tree when a tier starts, never configured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.authority import holders, holders_at
from accounts.models import Duty
from blocks.writing import written_date

if TYPE_CHECKING:
    from wagtail.models import Page

    from .authors import Barred
    from .kept import Approval


@dataclass(frozen=True)
class Route:
    """The organisation that decides a tier; None when the tier is skipped. `note` says why in a sentence."""

    approver: Page | None
    note: str = ""


@dataclass(frozen=True)
class Matter:
    """What a tier is resolved for: whose it is, who is barred, what was approved of this content already.

    `is_last`: no tier follows. There somebody decides who has seen this very submission. `reach`: how deep the last
    tier is decided at most, where a superior took it back from the public before.
    """

    organisation: Any
    barred: Barred
    approvals: list[Approval] = field(default_factory=list)
    is_last: bool = False
    reach: int | None = None

    def candidates(self, tier: int) -> list[Any]:
        """Return the organisations that may decide a tier of this, the nearest first."""
        return candidates(self.organisation, tier, self.reach if self.is_last else None)

    @property
    def counting(self) -> list[Approval]:
        """Return the approvals that a tier may rest on."""
        return [each for each in self.approvals if each.is_fresh or not self.is_last]


def candidates(organisation: Any, tier: int, reach: int | None = None) -> list[Any]:
    """Return the organisations that may decide a tier, the nearest first, up to the portal.

    Tier 1 starts at the object's own organisation, tier 2 at its superior, tier 3 at the head of its chain; with
    `reach`, none deeper in the tree than that decides.
    """
    chain = list(reversed(organisation.chain))
    if tier == 1:
        found = chain
    elif tier == 2:
        found = chain[1:] or chain
    else:
        found = [each for each in chain if each.depth <= organisation.head_of_chain.depth]
    return found if reach is None else [each for each in found if each.depth <= reach] or found


def resolve(matter: Matter, tier: int) -> Route:
    """Find who decides this tier.

    An approval of the same content at this tier is kept. No reviewer there (other than the authors, and who approved
    an earlier tier elsewhere) → the next organisation upward that has one. Skipped when that organisation has already
    approved this content; never all. Nobody anywhere → it waits at the top of the chain until somebody is appointed.
    """
    nearest_first = matter.candidates(tier)
    kept = _kept(matter, tier, nearest_first)
    if kept is not None:
        return Route(None, kept)
    people = able_at(nearest_first, matter.barred)
    approver = next((each for each in nearest_first if people[each.pk]), None)
    if approver is None:
        top = nearest_first[-1]
        return Route(top, _("链条上尚无可审核的人员，等待“%(name)s”任命审核员。") % {"name": top.title})
    if approver.pk in {each.organisation for each in matter.counting}:
        return Route(None, _("“%(name)s”已审核，本级从略。") % {"name": approver.title})
    if approver.pk != nearest_first[0].pk:
        names = {"own": nearest_first[0].title, "name": approver.title}
        return Route(approver, _("“%(own)s”无可审核的人员，由上级“%(name)s”审核。") % names)
    return Route(approver)


def with_kept(route: Route, matter: Matter, tier: int) -> Route:
    """Let the note of a tier that waits say which earlier tiers kept their approval."""
    kept = sorted({each.label for each in matter.approvals if each.tier < tier and not each.is_fresh})
    if route.approver is None or not kept:
        return route
    return Route(route.approver, _("%(tiers)s意见沿用：内容未变。") % {"tiers": "、".join(kept)} + route.note)


def able(organisation: Page, barred: set[int]) -> set[int]:
    """Return the reviewers of an organisation other than those who are barred (see `authors.Barred`)."""
    return holders(organisation, [Duty.REVIEWER]) - barred


def able_at(organisations: list[Any], barred: Barred) -> dict[int, set[int]]:
    """Return the same for several organisations, by their numbers. One query."""
    found = holders_at(organisations, [Duty.REVIEWER])
    return {each.pk: found[each.pk] - barred.at(each) for each in organisations}


def _kept(matter: Matter, tier: int, organisations: list[Any]) -> str | None:
    """Say that an approval of the same content is kept; None when there is none that still fits the chain."""
    chain = {each.pk for each in organisations}
    found = next((each for each in matter.counting if each.tier == tier and each.organisation in chain), None)
    if found is None:
        return None
    at = written_date(found.at) if found.at else ""
    names = {"tier": found.label, "name": found.name, "person": found.person, "at": at}
    return _("%(tier)s意见沿用：内容未变（“%(name)s” %(person)s，%(at)s）。") % names
