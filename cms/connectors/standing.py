"""How a hand-over stands: changed in one place, whoever tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from .models import HandOver, HandOverState

if TYPE_CHECKING:
    from .models import ProviderConnection

# What has ended does not begin again.
ENDS = {HandOverState.DONE, HandOverState.REFUSED}


@transaction.atomic
def settle_handover(*, token: str, connection: ProviderConnection, state: str) -> str:
    """Note how it stands; what has ended stays. HandOver.DoesNotExist for another connection's."""
    made = HandOver.objects.select_for_update().get(token=token, connection=connection)
    if made.state == state:
        return "already"
    if made.state in ENDS or state not in HandOverState.values:
        return "conflict"
    made.state, made.changed_at = state, timezone.now()
    made.save(update_fields=["state", "changed_at"])
    return "done"
