"""What administrators do with webhooks. Each act is one transaction, the old state checked first, and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from ledger.events import record
from ledger.models import DeliveryState, Seal, Webhook, WebhookDelivery, WebhookState
from ledger.signatures import new_nonce

from .composing import PING, message_id, ping_body
from .queueing import last_sequence

if TYPE_CHECKING:
    from datetime import datetime

    from pages.models import OrganisationPage

# So long both secrets sign.
ROTATION = timedelta(hours=24)
# What was told longer ago is in no log any more; whoever needs it reads everything anew.
REPLAYABLE = timedelta(days=30)
# Of one organisation; beyond them something is wrong.
MOST = 20


@dataclass(frozen=True)
class Terms:
    """Where to, and what of; as a form has read them."""

    name: str
    address: str
    organisation: OrganisationPage
    kinds: list[str]


@transaction.atomic
def register(*, terms: Terms, by: Any) -> Webhook:
    """Register an address, which is told from now on. Raises ValidationError."""
    _check_room(terms.organisation)
    webhook = Webhook.objects.create(
        name=terms.name,
        address=terms.address,
        organisation_id=terms.organisation.pk,
        kinds=terms.kinds,
        created_by=by,
        reached=last_sequence(),
    )
    _record("webhook.registered", webhook, by, after=_described(webhook))
    return webhook


def _check_room(organisation: OrganisationPage) -> None:
    """Count what an organisation has, one at a time. Raises ValidationError."""
    Page.objects.select_for_update().get(pk=organisation.pk)
    if Webhook.objects.filter(organisation=organisation.pk).count() >= MOST:
        raise ValidationError(_("这个单位已有 %(most)d 个推送地址，请先删除不用的。") % {"most": MOST})


@transaction.atomic
def change(*, webhook: Webhook, terms: Terms, by: Any) -> Webhook:
    """Change where to and what of. What waits goes to the new address. Raises ValidationError."""
    webhook = _locked(webhook)
    if webhook.organisation_id != terms.organisation.pk:
        _check_room(terms.organisation)
    before = _described(webhook)
    webhook.name, webhook.address, webhook.kinds = terms.name, terms.address, terms.kinds
    webhook.organisation_id = terms.organisation.pk
    webhook.save(update_fields=["name", "address", "kinds", "organisation"])
    _record("webhook.changed", webhook, by, before=before, after=_described(webhook))
    return webhook


@transaction.atomic
def rotate(*, webhook: Webhook, by: Any) -> Webhook:
    """Give it a new secret; the one before goes on signing for a day."""
    webhook = _locked(webhook)
    webhook.previous_nonce, webhook.nonce = webhook.nonce, new_nonce()
    webhook.previous_until = timezone.now() + ROTATION
    webhook.save(update_fields=["previous_nonce", "nonce", "previous_until"])
    _record("webhook.secret_rotated", webhook, by)
    return webhook


@transaction.atomic
def pause(*, webhook: Webhook, by: Any) -> None:
    """Tell it nothing until it is resumed; what happens meanwhile is told then. Raises ValidationError."""
    webhook = _locked(webhook)
    if not webhook.is_active:
        raise ValidationError(_("它已经停了。"))
    webhook.state = WebhookState.PAUSED
    webhook.save(update_fields=["state"])
    _record("webhook.paused", webhook, by)


@transaction.atomic
def resume(*, webhook: Webhook, by: Any) -> None:
    """Tell it again, first of all what has waited. Raises ValidationError."""
    webhook = _locked(webhook)
    if webhook.is_active:
        raise ValidationError(_("它正在推送。"))
    webhook.state, webhook.failures = WebhookState.ACTIVE, 0
    webhook.failing_since = webhook.rest_until = None
    webhook.save(update_fields=["state", "failures", "failing_since", "rest_until"])
    _again(webhook.deliveries.filter(state=DeliveryState.WAITING))
    _record("webhook.resumed", webhook, by)


@transaction.atomic
def ping(*, webhook: Webhook, by: Any) -> WebhookDelivery:
    """Send a test message, once, also to one that is paused."""
    now, made = timezone.now(), message_id()
    delivery = WebhookDelivery.objects.create(
        webhook=webhook, kind=PING, object_key=made, message_id=made, body=ping_body(now), next_attempt_at=now
    )
    _record("webhook.pinged", webhook, by)
    return delivery


@transaction.atomic
def replay(*, delivery: WebhookDelivery, by: Any) -> None:
    """Tell something once more, under the same id. Raises ValidationError."""
    settled = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING)
    if not _again(settled):
        raise ValidationError(_("它正等待送达，不必重发。"))
    _record("webhook.replayed", delivery.webhook, by, message=delivery.message_id)


@transaction.atomic
def replay_since(*, webhook: Webhook, by: Any, since: datetime) -> None:
    """Tell everything once more that happened since, in its order. Raises ValidationError.

    What was told is told under the same ids; what was not yet (during a pause, or of another kind) is queued anew.
    """
    webhook = _locked(webhook)
    now = timezone.now()
    if not now - REPLAYABLE <= since <= now:
        words = _("只能重发最近 %(days)d 天的变化；更早的请重新读取全部内容。")
        raise ValidationError(words % {"days": REPLAYABLE.days})
    first = Seal.objects.filter(event__at__gte=since).order_by("sequence").values_list("sequence", flat=True).first()
    if first is None:
        raise ValidationError(_("这个时间以后没有变化。"))
    _again(webhook.deliveries.filter(sequence__gte=first))
    webhook.reached = min(webhook.reached, first - 1)
    webhook.save(update_fields=["reached"])
    _record("webhook.replayed", webhook, by, since=since.isoformat())


@transaction.atomic
def remove(*, webhook: Webhook, by: Any) -> None:
    """Forget the address, with its log."""
    webhook = _locked(webhook)
    _record("webhook.removed", webhook, by, before=_described(webhook))
    webhook.delete()


def _again(deliveries: Any) -> int:
    """Let deliveries wait for their first attempt."""
    found: int = deliveries.update(
        state=DeliveryState.WAITING, attempts=0, claim="", next_attempt_at=timezone.now(), settled_at=None
    )
    return found


def _locked(webhook: Webhook) -> Webhook:
    found = Webhook.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=webhook.pk).first()
    if found is None:
        raise ValidationError(_("它已被删除。"))
    return found


def _described(webhook: Webhook) -> dict[str, Any]:
    return {
        "name": webhook.name,
        "address": webhook.address,
        "organisation": webhook.organisation_id,
        "kinds": list(webhook.kinds),
    }


def _record(kind: str, webhook: Webhook, by: Any, **facts: Any) -> None:
    record(kind, webhook, organisation=webhook.organisation, actor=by, **facts)
