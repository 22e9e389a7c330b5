"""What is queued arrives: signed, in order, again until it does; a bad receiver costs nobody else anything."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.webhooks import sending, settling
from cms.webhooks.sending import send_due
from ledger.models import (
    DeliveryState,
    Event,
    Letter,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
    WebhookState,
)
from ledger.signatures import new_nonce
from tests.factories import make_disclosure
from tests.town import Town

from . import receiver as manners
from .acts import deliver, follow, queue
from .receiver import Receiver, receiving

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(settling, "JITTER", 0)
    with receiving() as running:
        settings.GUARDED_HTTP_ALLOWED = [running.address.split("/")[2]]
        yield running


def publish(town: Town, place: str = "water") -> Any:
    entry = {"water": "water_price", "school": "school_admission"}[place]
    return make_disclosure(getattr(town, place), town.entries[entry])


def change(page: Any) -> None:
    page.save_revision().publish(skip_permission_checks=True)


def test_a_message_arrives_and_its_signature_can_be_verified(town: Town, receiver: Receiver) -> None:
    webhook = follow(town.water, receiver.address)
    page = publish(town)
    deliver()

    (got,) = receiver.got
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{got.headers['webhook-id']}.{got.headers['webhook-timestamp']}.".encode() + got.body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    delivery = WebhookDelivery.objects.get()
    assert got.headers["webhook-signature"] == expected
    assert got.headers["webhook-id"] == delivery.message_id
    assert got.headers["content-type"].startswith("application/json")
    assert receiver.kinds == [("content.published", page.pk)]
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.DONE, 204, 1)
    assert WebhookAttempt.objects.get().status == 204


def test_during_a_rotation_both_secrets_sign(town: Town, receiver: Receiver, clock: Any) -> None:
    webhook = follow(town.water, receiver.address)
    before = webhook.secret
    webhook.previous_nonce, webhook.nonce = webhook.nonce, new_nonce()
    webhook.previous_until = timezone.now() + timedelta(hours=24)
    webhook.save()
    page = publish(town)
    deliver()
    clock.shift(timedelta(hours=25))
    change(page)
    deliver()

    during, after = (each.headers["webhook-signature"].split() for each in receiver.got)
    assert (len(during), len(after)) == (2, 1)
    assert webhook.secret != before


def test_about_one_object_the_later_waits_for_the_earlier(town: Town, receiver: Receiver, clock: Any) -> None:
    follow(town.water, receiver.address)
    first, other = publish(town), publish(town)
    change(first)
    receiver.answers = [400]
    deliver()

    assert receiver.kinds == [("content.published", first.pk), ("content.published", other.pk)]
    clock.shift(timedelta(seconds=6))
    deliver()
    assert receiver.kinds[2:] == [("content.published", first.pk), ("content.changed", first.pk)]


def test_what_fails_is_tried_again_for_three_days_and_then_given_up(town: Town, receiver: Receiver, clock: Any) -> None:
    webhook = follow(town.water, receiver.address)
    page = publish(town)
    change(page)
    queue()
    receiver.answers = [400] * 10
    for pause in settling.BACK_OFF:
        send_due()
        clock.shift(pause)
        # Somebody else's message arrives: the receiver as such is well.
        Webhook.objects.filter(pk=webhook.pk).update(failing_since=None)
    send_due()

    first, second = WebhookDelivery.objects.order_by("sequence")
    assert timedelta(days=3) <= sum(settling.BACK_OFF, timedelta()) <= timedelta(days=3, hours=4)
    assert (first.state, first.attempts, first.status) == (DeliveryState.GIVEN_UP, 10, 400)
    assert first.log.count() == 10
    send_due()
    second.refresh_from_db()
    assert second.state == DeliveryState.DONE


def test_a_dead_receiver_is_left_alone_and_stopped_after_three_days(town: Town, receiver: Receiver, clock: Any) -> None:
    administrator = town.administrator("water")
    webhook = follow(town.water, receiver.address)
    receiver.answers = [500] * 1_000
    pages = [publish(town) for _number in range(5)]
    queue()

    assert [send_due(), send_due()] == [1, 0]
    for _hour in range(24 * 3 + 1):
        clock.shift(timedelta(hours=1))
        send_due()

    webhook.refresh_from_db()
    letter = Letter.objects.get(kind="webhook.stopped")
    assert webhook.state == WebhookState.FAILING
    assert letter.recipient == administrator
    assert Event.objects.filter(kind="webhook.stopped").count() == 1
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING).count()
    assert waiting >= len(pages) - 1
    assert send_due() == 0


def test_a_receiver_that_wants_no_more_is_told_no_more(town: Town, receiver: Receiver) -> None:
    webhook = follow(town.water, receiver.address)
    receiver.answers = [410]
    publish(town)
    deliver()

    webhook.refresh_from_db()
    assert webhook.state == WebhookState.GONE


def test_a_receiver_may_ask_for_a_pause(town: Town, receiver: Receiver, clock: Any) -> None:
    webhook = follow(town.water, receiver.address)
    receiver.answers, receiver.headers = [429], {"Retry-After": "120"}
    publish(town)
    publish(town)
    deliver()

    webhook.refresh_from_db()
    assert webhook.rest_until == timezone.now() + timedelta(seconds=120)
    clock.shift(timedelta(seconds=119))
    assert deliver() == 0
    clock.shift(timedelta(seconds=2))
    assert deliver() == 2


def test_one_that_arrives_ends_the_bad_time(town: Town, receiver: Receiver, clock: Any) -> None:
    webhook = follow(town.water, receiver.address)
    receiver.answers = [503]
    publish(town)
    deliver()
    clock.shift(timedelta(seconds=10))
    deliver()

    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since, webhook.rest_until) == (0, None, None)


def test_a_redirect_is_not_followed_and_is_no_delivery(town: Town, receiver: Receiver) -> None:
    follow(town.water, receiver.address)
    receiver.answers, receiver.headers = [302], {"Location": "http://169.254.169.254/"}
    publish(town)
    deliver()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.status) == (DeliveryState.WAITING, 302)
    assert len(receiver.got) == 1


def test_a_private_address_is_not_told(town: Town, receiver: Receiver, settings: Any) -> None:
    settings.GUARDED_HTTP_ALLOWED = []
    follow(town.water, receiver.address.replace(receiver.address.split(":")[2].split("/")[0], "80"))
    publish(town)
    deliver()

    assert receiver.got == []
    assert WebhookDelivery.objects.get().error == "forbidden address"


@pytest.mark.parametrize("manner", [manners.keep_silent, manners.no_http, manners.huge_headers, manners.drip_headers])
def test_a_hostile_receiver_holds_up_nobody(
    town: Town, receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch, manner: Any
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    with receiving() as hostile:
        hostile.manner = manner
        settings.GUARDED_HTTP_ALLOWED.append(hostile.address.split("/")[2])
        follow(town.water, hostile.address)
        follow(town.water, receiver.address)
        pages = [publish(town).pk for _number in range(3)]
        deliver()

    assert [pk for _kind, pk in receiver.kinds] == pages
    assert len(hostile.got) == 1


def test_publishing_asks_nobody_outside(town: Town, receiver: Receiver) -> None:
    follow(town.water, receiver.address)
    page = publish(town)
    page.unpublish()

    assert receiver.got == []
    assert not WebhookDelivery.objects.exists()


def test_what_an_answer_says_is_kept_in_its_beginning_only(town: Town, receiver: Receiver) -> None:
    follow(town.water, receiver.address)

    def answer(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 400 Bad\r\n\r\n\x00\xff" + "坏".encode() * 5_000)

    receiver.manner = answer
    publish(town)
    deliver()

    attempt = WebhookAttempt.objects.get()
    assert len(attempt.answer) == 500
    assert "\x00" not in attempt.answer


def test_a_webhook_that_is_deleted_while_it_is_told_hurts_nothing(town: Town, receiver: Receiver) -> None:
    webhook = follow(town.water, receiver.address)
    publish(town)
    queue()
    (parcel,) = sending._parcels(timezone.now())
    webhook.delete()
    _parcel, (outcome,) = sending._deliver(parcel)
    settling.settle(outcome, parcel.claim)

    assert not WebhookAttempt.objects.exists()


def test_what_a_dead_worker_had_in_hand_another_sends_later(town: Town, receiver: Receiver, clock: Any) -> None:
    follow(town.water, receiver.address)
    publish(town)
    queue()
    list(sending._parcels(timezone.now()))

    assert send_due() == 0
    clock.shift(sending.CLAIM + timedelta(seconds=1))
    assert send_due() == 1


def test_an_idle_round_is_one_query(town: Town, receiver: Receiver) -> None:
    for _number in range(5):
        follow(town.water, receiver.address)
    publish(town)
    deliver()

    with CaptureQueriesContext(connection) as queries:
        send_due()

    assert len(queries) == 1


def test_the_commands_deliver_and_tidy_up(
    town: Town, receiver: Receiver, clock: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    follow(town.water, receiver.address)
    page = publish(town)
    call_command("seal_events")
    call_command("deliver_webhooks")
    call_command("deliver_webhooks")
    clock.shift(timedelta(days=31))
    change(page)
    queue()
    call_command("purge_webhooks")

    assert "新排入推送 1 条，尝试送达 1 次。" in capsys.readouterr().out
    assert WebhookDelivery.objects.get().state == DeliveryState.WAITING
