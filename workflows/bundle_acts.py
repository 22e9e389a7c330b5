"""What is done with one member of a bundle before it is decided is done with all that wait for the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from .bundle_letters import quietly, tell_reviewers
from .bundles import waiting, waiting_for_person
from .decisions import NotDecidableError, is_bundled
from .models import Bundle, BundleState

if TYPE_CHECKING:
    from collections.abc import Callable

    from .models import TieredTaskState


def bundle_of(state: TieredTaskState) -> Bundle | None:
    """Return the bundle a state is decided on with."""
    return state.workflow_state.bundle_member.bundle if is_bundled(state) else None


@transaction.atomic
def with_the_bundle(
    state: TieredTaskState, user: Any, act: Callable[[int], Any], fits: Callable[[TieredTaskState], bool]
) -> str:
    """Act on a state, or on all that wait for this person in its bundle and that the act `fits`; name what it was.

    One that cannot be acted on keeps all as they were. Raises what the act raises.
    """
    bundle = bundle_of(state)
    if bundle is None:
        act(state.pk)
        return _("《%(title)s》") % {"title": state.revision.object_str}
    bundle = Bundle.objects.select_for_update().get(pk=bundle.pk)
    mine = waiting_for_person(bundle, user) if bundle.state == BundleState.IN_REVIEW else []
    if state.pk not in {each.pk for each in mine}:
        raise NotDecidableError
    before = {each.pk: each.approver_id for each in mine}
    with quietly():
        for pk in [each.pk for each in mine if fits(each)] or [state.pk]:
            act(pk)
    after = {each.pk: each.approver_id for each in waiting(bundle)}
    if any(after.get(pk) != office for pk, office in before.items()):
        tell_reviewers(bundle, waiting(bundle), user)
    return _("批次“%(title)s”中等您审核的 %(count)d 件") % {"title": bundle.title, "count": len(mine)}
