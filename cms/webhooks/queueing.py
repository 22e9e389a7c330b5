"""From the sealed events to deliveries, in the order of the ledger, for each webhook exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page

from cms.public_events.kinds import ACTS
from ledger.models import Seal, Webhook, WebhookDelivery, WebhookState

from .composing import body, facts, message_id, object_key
from .matching import Scope, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

BATCH = 200


def last_sequence() -> int:
    """Return the number of the last sealed event."""
    return Seal.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def queue_deliveries() -> int:
    """Write the deliveries of all that was sealed since; return how many. Two queries when there is nothing.

    The webhooks are locked: what one worker is queueing no other does, and a rotation or a pause waits.
    """
    last, queued = last_sequence(), 0
    while _behind(last).exists():
        queued += _queue_batch(last)
    return queued


def _behind(last: int) -> QuerySet[Webhook]:
    return Webhook.objects.filter(state=WebhookState.ACTIVE, reached__lt=last)


@transaction.atomic
def _queue_batch(last: int) -> int:
    webhooks = list(_behind(last).select_for_update(of=("self",)).order_by("pk").select_related("organisation"))
    # Only of these, now that they are held: one that was resumed or set back a moment ago is among them.
    lowest = min((each.reached for each in webhooks), default=last)
    seals = list(
        Seal.objects.filter(sequence__gt=lowest, sequence__lte=last, event__kind__in=ACTS)
        .select_related("event")
        .order_by("sequence")[:BATCH]
    )
    upto = seals[-1].sequence if len(seals) == BATCH else last
    deliveries = list(_deliveries(webhooks, seals)) if seals else []
    # What a replay has left where it was is not written again.
    WebhookDelivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    Webhook.objects.filter(pk__in=[each.pk for each in webhooks], reached__lt=upto).update(reached=upto)
    return len(deliveries)


def _deliveries(webhooks: Sequence[Webhook], seals: Sequence[Seal]) -> Iterator[WebhookDelivery]:
    scopes = _scopes(webhooks)
    for seal in seals:
        event, found = seal.event, None
        for webhook in webhooks:
            told = telling(event.kind, int(event.subject_id), event.data, scopes[webhook.pk])
            if webhook.reached >= seal.sequence or told is None:
                continue
            found = found or facts(event, seal.sequence)
            yield WebhookDelivery(
                webhook=webhook,
                sequence=seal.sequence,
                kind=told.kind,
                object_key=object_key(event),
                message_id=message_id(),
                body=body(event, told, found),
            )


def _scopes(webhooks: Sequence[Webhook]) -> dict[int, Scope]:
    """Return what each webhook follows. One query for the pages above all of them."""
    paths = {each.pk: _steps(each.organisation.path) for each in webhooks}
    wanted = {path for steps in paths.values() for path in steps}
    keys = dict(Page.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {
        each.pk: Scope(
            each.organisation_id,
            frozenset(keys[path] for path in paths[each.pk] if path in keys),
            tuple(each.kinds),
        )
        for each in webhooks
    }


def _steps(path: str) -> list[str]:
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
