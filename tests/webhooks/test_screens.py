"""The screens: registering, the secret that is shown once, the log, and the acts of an administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.public_events.kinds import OUTWARD
from ledger.models import DeliveryState, Event, Webhook, WebhookDelivery, WebhookState
from ledger.sealing import seal_events
from tests.factories import make_disclosure
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import follow, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TERMS = {"name": "示例接收方", "address": "https://receiver.example.org/hook", "organisation": "示例自来水公司"}


@pytest.fixture
def client(town: Town) -> Client:
    return signed_in(town.administrator("water"))


def register(client: Client, **terms: Any) -> Any:
    return client.post(reverse("webhooks:add"), {**TERMS, **terms})


def act(client: Client, webhook: Webhook, name: str, **data: Any) -> str:
    answer = client.post(reverse("webhooks:act", args=[webhook.pk]), {"act": name, **data}, follow=True)
    return answer.content.decode()


def test_registering_shows_the_secret_once_and_tells_from_now_on(town: Town, client: Client) -> None:
    make_disclosure(town.water, town.entries["water_price"])
    seal_events()
    answer = register(client, kinds=["content.withdrawn", "content.deleted"])

    webhook = Webhook.objects.get()
    first, second = (client.get(answer.url) for _time in range(2))
    assert webhook.secret in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert webhook.secret not in second.content.decode()
    assert (webhook.organisation_id, webhook.kinds) == (town.water.pk, ["content.withdrawn", "content.deleted"])
    assert queue() == 0
    event = Event.objects.get(kind="webhook.registered")
    assert (event.actor, event.organisation_id) == (town.administrator("water"), town.water.pk)
    assert webhook.secret not in str(event.after)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "http://receiver.example.org/", "应以 https:// 开头"),
        ("address", "https://127.0.0.1/", "内部网络"),
        ("address", "https://[::1]/", "内部网络"),
        ("address", "https://localhost/", "内部网络"),
        ("address", "https://169.254.169.254/latest", "内部网络"),
        ("address", "https://receiver.example.org:22/", "完整的 https 地址"),
        ("address", "https://name:word@receiver.example.org/", "完整的 https 地址"),
        ("address", "javascript:alert(1)", "完整的 https 地址"),
        ("address", "https://x.example.org/" + "x" * 600, "500"),
        ("organisation", "示例小学", "您管理的单位中没有“示例小学”"),
        ("organisation", "没有的单位", "您管理的单位中没有"),
        ("kinds", "content.imagined", "content.imagined"),
        ("name", "", "name"),
        ("name", "坏\x00", "name"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_a_reason(
    town: Town, client: Client, field: str, value: str, said: str
) -> None:
    answer = register(client, **{field: value})

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Webhook.objects.exists()


def test_an_address_inside_that_the_operator_allows_may_be_registered(
    town: Town, client: Client, settings: Any
) -> None:
    settings.GUARDED_HTTP_ALLOWED = ["10.1.2.3:8080"]
    register(client, address="http://10.1.2.3:8080/hook")

    assert Webhook.objects.get().address == "http://10.1.2.3:8080/hook"


def test_an_administrator_of_one_unit_does_not_see_anothers(town: Town, client: Client) -> None:
    other = follow(town.school)
    listed = client.get(reverse("webhooks:list")).content.decode()

    assert "receiver.example.org" not in listed
    assert client.get(reverse("webhooks:webhook", args=[other.pk])).status_code == 404
    above = signed_in(town.administrator("district"))
    assert above.get(reverse("webhooks:webhook", args=[other.pk])).status_code == 200


def test_a_webhook_is_not_changed_to_follow_what_is_out_of_reach(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    client.post(reverse("webhooks:edit", args=[webhook.pk]), {**TERMS, "organisation": "示例市办事公开网"})

    webhook.refresh_from_db()
    assert webhook.organisation_id == town.water.pk


def test_changing_keeps_the_secret_and_is_recorded(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    shown = client.get(reverse("webhooks:edit", args=[webhook.pk])).content.decode()
    client.post(reverse("webhooks:edit", args=[webhook.pk]), {**TERMS, "name": "改名"})

    changed = Webhook.objects.get()
    assert webhook.address in shown
    assert (changed.name, changed.address, changed.secret) == ("改名", TERMS["address"], webhook.secret)
    assert (Event.objects.get(kind="webhook.changed").before or {})["name"] == "示例接收方"


def test_rotating_shows_the_new_secret_and_both_sign_for_a_day(town: Town, client: Client, clock: Any) -> None:
    webhook = follow(town.water)
    before = webhook.secret
    shown = act(client, webhook, "rotate")

    webhook.refresh_from_db()
    assert webhook.secret in shown
    assert webhook.secret != before
    assert webhook.secrets_at(timezone.now()) == [webhook.secret, before]
    assert webhook.secrets_at(timezone.now() + timedelta(hours=24)) == [webhook.secret]


def test_a_test_message_is_queued(town: Town, client: Client) -> None:
    webhook = follow(town.water, state=WebhookState.PAUSED)
    shown = act(client, webhook, "ping")

    assert "测试消息已排入" in shown
    assert WebhookDelivery.objects.get().kind == "ping"


def test_pausing_and_resuming(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    assert "已暂停" in act(client, webhook, "pause")
    assert "它已经停了" in act(client, webhook, "pause")
    make_disclosure(town.water, town.entries["water_price"])
    assert queue() == 0
    Webhook.objects.update(failing_since=timezone.now(), failures=9, rest_until=timezone.now() + timedelta(hours=1))

    assert "已恢复" in act(client, webhook, "resume")
    assert "它正在推送" in act(client, webhook, "resume")

    webhook.refresh_from_db()
    assert (webhook.failing_since, webhook.failures, webhook.rest_until) == (None, 0, None)
    assert queue() == 1


def test_one_is_replayed_under_its_own_id(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    make_disclosure(town.water, town.entries["water_price"])
    queue()
    delivery = WebhookDelivery.objects.get()
    address = reverse("webhooks:delivery", args=[webhook.pk, delivery.pk])
    assert "不必重发" in client.post(address, follow=True).content.decode()
    WebhookDelivery.objects.update(state=DeliveryState.GIVEN_UP, attempts=10, settled_at=timezone.now())

    client.post(address)

    again = WebhookDelivery.objects.get()
    assert (again.state, again.attempts, again.message_id) == (DeliveryState.WAITING, 0, delivery.message_id)
    assert delivery.message_id in client.get(address).content.decode()


def test_everything_since_is_replayed_exactly_once_with_what_was_never_told(
    town: Town, client: Client, clock: Any
) -> None:
    webhook = follow(town.water, kinds=["content.withdrawn"])
    clock.shift(timedelta(minutes=1))
    since = timezone.now()
    page = make_disclosure(town.water, town.entries["water_price"])
    page.unpublish()
    queue()
    WebhookDelivery.objects.update(state=DeliveryState.DONE)
    Webhook.objects.update(kinds=[])
    clock.shift(timedelta(minutes=5))

    shown = act(client, webhook, "replay", since=timezone.localtime(since).strftime("%Y-%m-%dT%H:%M"))
    queue()
    queue()

    assert "已排入重发" in shown
    told = WebhookDelivery.objects.order_by("sequence").values_list("kind", "state")
    assert list(told) == [("content.published", "waiting"), ("content.withdrawn", "waiting")]


@pytest.mark.parametrize("since", ["", "gestern", "2026-09-01T00:00", "2030-01-01T00:00"])
def test_what_cannot_be_replayed_is_refused(town: Town, client: Client, since: str) -> None:
    webhook = follow(town.water)
    shown = act(client, webhook, "replay", since=since)

    assert "重发" in shown
    assert not Event.objects.filter(kind="webhook.replayed").exists()


def test_removing_needs_a_second_look_and_is_recorded(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    assert "请先勾选" in act(client, webhook, "remove")
    act(client, webhook, "remove", sure="yes")

    assert not Webhook.objects.exists()
    assert Event.objects.filter(kind="webhook.removed").exists()


def test_the_log_is_narrowed_and_costs_the_same_however_long(town: Town, client: Client) -> None:
    webhook = follow(town.water)
    page = make_disclosure(town.water, town.entries["water_price"])
    page.unpublish()
    queue()
    address = reverse("webhooks:webhook", args=[webhook.pk])
    narrowed = client.get(address, {"kind": "content.withdrawn", "object": f"disclosures:{page.pk}"}).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _number in range(20):
        make_disclosure(town.water, town.entries["water_price"])
    queue()
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    row = 'class="code" href'
    assert narrowed.count(row) == 1
    assert len(few) == len(many)
    assert client.get(address, {"kind": "bad", "state": "bad", "page": "x"}).status_code == 200


def test_the_list_costs_the_same_however_many(town: Town) -> None:
    client = signed_in(town.administrator("portal"))
    follow(town.water)
    client.get(reverse("webhooks:list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("webhooks:list"))
    for place in (town.school, town.street, town.hall, town.portal):
        follow(place)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("webhooks:list"))

    assert len(few) == len(many)


def test_the_form_offers_every_kind(client: Client) -> None:
    shown = client.get(reverse("webhooks:add")).content.decode()

    assert [kind for kind in OUTWARD if f'value="{kind}"' not in shown] == []
