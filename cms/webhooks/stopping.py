"""A webhook that stops by itself, and who is told."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.authority import holders
from accounts.models import Duty
from ledger.events import record
from ledger.letters import Message, write
from ledger.models import Result, Webhook, WebhookState


def stop(webhook: Webhook, state: WebhookState) -> None:
    """Tell it no more, and its administrators why; what waits stays, for the day it is resumed."""
    stopped = Webhook.objects.filter(pk=webhook.pk, state=WebhookState.ACTIVE).update(state=state)
    if not stopped:
        return
    record("webhook.stopped", webhook, organisation=webhook.organisation, result=Result.FAILED, reason=state.label)
    people = get_user_model()._default_manager.filter(pk__in=_administrators(webhook))
    message = Message(
        "webhook.stopped",
        _("变更推送已停止：%(name)s") % {"name": webhook},
        _("%(reason)s。其后的变更都留着，恢复推送后按顺序补发。") % {"reason": state.label},
        reverse("webhooks:webhook", args=[webhook.pk]),
        must_act=True,
        organisation=webhook.organisation,
    )
    write(people, message)


def _administrators(webhook: Webhook) -> set[int]:
    """Return the administrators of its organisation, or of the nearest one above that has any, and who set it up."""
    found: set[int] = {webhook.created_by_id} if webhook.created_by_id else set()
    above = webhook.organisation.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("-depth")
    for page in above:
        if people := holders(page, [Duty.ADMINISTRATOR]):
            return found | people
    return found
