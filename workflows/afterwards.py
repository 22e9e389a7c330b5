"""What an author and an approver are told of the tiers that review afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Review, ReviewState
from .offices import able
from .reviewing import WORKDAYS_FOR_A_PUBLICATION
from .routes import candidates

if TYPE_CHECKING:
    from wagtail.models import Page

    from .models import TieredTaskState


def offices_afterwards(subject: Any, approver: Page | None = None) -> list[Page]:
    """Return the offices that will review what is published at once; none for anything else."""
    organisation = subject.responsible_organisation
    if organisation is None or not subject.tiers_afterwards:
        return []
    own = organisation.specific_deferred
    found = [able(candidates(own, tier), ()).approver for tier in subject.tiers_afterwards]
    seen = approver if approver is not None else able(candidates(own, 1), ()).approver
    kept = {each.pk: each for each in found if each is not None and (seen is None or each.pk != seen.pk)}
    return list(kept.values())


def promise(subject: Any, approver: Page | None = None) -> str:
    """Say in a sentence who reviews afterwards, and until when; empty where nobody does."""
    names = "、".join(f"“{office.title}”" for office in offices_afterwards(subject, approver))
    if not names:
        return ""
    return _("批准后立即公开，随后由%(names)s在 %(days)d 个工作日内复核。") % {
        "names": names,
        "days": WORKDAYS_FOR_A_PUBLICATION,
    }


def outcome(approved: TieredTaskState) -> str:
    """Say what the last approval has done: public now, reviewed by whom, or public at which hour. One query."""
    title, go_live_at = approved.revision.object_str, approved.revision.approved_go_live_at
    if go_live_at is not None:
        at = timezone.localtime(go_live_at).strftime("%Y-%m-%d %H:%M")
        return _("《%(title)s》已批准，将于 %(at)s（北京时间）自动公开。") % {"title": title, "at": at}
    reviews = Review.objects.filter(
        workflow_state=approved.workflow_state_id, state=ReviewState.WAITING
    ).select_related("office")
    names = "、".join(f"“{review.office.title}”" for review in reviews)
    if names:
        return _("《%(title)s》已批准并公开，随后由%(names)s复核。") % {"title": title, "names": names}
    return _("《%(title)s》已批准并公开。") % {"title": title}
