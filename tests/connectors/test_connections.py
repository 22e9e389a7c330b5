"""Connections: registered by administrators, their secret sealed and never shown again, tested by a button."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.connectors.models import ProviderConnection
from cms.connectors.sandbox.server import KEY, SECRET
from cms.connectors.sealing import is_secret, opened, seal
from ledger.models import Event
from tests.pages.seen import words
from tests.town import Town

from .acts import connect

pytestmark = pytest.mark.django_db


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def terms(address: str, **fields: Any) -> dict[str, Any]:
    values = {"name": "示例", "organisation": "示例自来水公司", "base_url": address, "key_id": KEY, "seconds": "5"}
    return {**values, "operations": ["query", "payment"], **fields}


def press(client: Client, connection: ProviderConnection, act: str, **more: str) -> str:
    response = client.post(reverse("connections:act", args=[connection.pk]), {"act": act, **more}, follow=True)
    return words(response.content.decode())


def test_a_secret_is_made_shown_once_and_kept_sealed(town: Town, sandbox):
    client = browser(town.administrator("water"))

    page = client.post(reverse("connections:add"), terms(sandbox.address, organisation=town.water.title))

    connection = ProviderConnection.objects.get()
    secret = opened(connection.secret)
    assert is_secret(secret)
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in connection.secret
    for name in ("connection", "edit"):
        shown = client.get(reverse(f"connections:{name}", args=[connection.pk])).content.decode()
        assert secret not in shown and connection.secret not in shown
    event = Event.objects.get(kind="connection.registered")
    assert secret not in str([event.before, event.after, event.data])


def test_an_empty_secret_keeps_the_old_one(town: Town, connection, sandbox):
    client = browser(town.administrator("water"))
    address = reverse("connections:edit", args=[connection.pk])

    client.post(address, terms(sandbox.address, organisation=town.water.title, name="新名称"))

    connection.refresh_from_db()
    assert (connection.name, opened(connection.secret)) == ("新名称", SECRET)


def test_the_button_says_that_it_works(town: Town, connection):
    text = press(browser(town.administrator("water")), connection, "test")

    assert "连接正常，签名相符" in text
    connection.refresh_from_db()
    assert connection.test_passed
    assert Event.objects.filter(kind="connection.tested").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"secret": seal("whsec_d3Jvbmctd3Jvbmctd3Jvbmctd3Jvbmc=")}, "不承认签名"),
        ({"key_id": "other"}, "不承认签名"),
        ({"base_url": "https://127.0.0.1/"}, "内部网络"),
    ],
)
def test_the_button_says_what_is_wrong(town: Town, sandbox, fields, sentence):
    connection = connect(town.water, sandbox.address, **fields)

    text = press(browser(town.administrator("water")), connection, "test")

    assert sentence in text
    connection.refresh_from_db()
    assert not connection.test_passed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"base_url": "http://example.org/"}, "https"),
        ({"base_url": "https://10.0.0.1/"}, "内部网络"),
        ({"base_url": "https://user@example.org/"}, "不带用户名"),
        ({"base_url": "https://example.org/?a=1"}, "不能有"),
        ({"secret": "short"}, "whsec_"),
        ({"hosts": "pay.example.org\nhttps://x/"}, "第 2 行"),
        ({"operations": []}, "至少勾选一种"),
        ({"organisation": "没有这个单位"}, "没有"),
    ],
)
def test_what_cannot_be_is_refused_by_name(town: Town, fields, sentence):
    client = browser(town.administrator("water"))
    values = terms("https://example.org/", **{"organisation": town.water.title, **fields})

    response = client.post(reverse("connections:add"), values)

    assert sentence in words(response.content.decode())
    assert not ProviderConnection.objects.exists()


def test_an_administrator_cannot_connect_another_organisation(town: Town):
    client = browser(town.administrator("water"))

    client.post(reverse("connections:add"), terms("https://example.org/", organisation=town.school.title))

    assert not ProviderConnection.objects.exists()


def test_pausing_twice_is_said(town: Town, connection):
    client = browser(town.administrator("water"))

    assert "已停用" in press(client, connection, "pause")
    assert "已经停用" in press(client, connection, "pause")


def test_the_list_asks_as_often_for_many_as_for_one(town: Town, connection, django_assert_max_num_queries):
    client = browser(town.administrator("water"))
    client.get(reverse("connections:list"))
    for _turn in range(10):
        connect(town.water, "https://example.org/")

    with django_assert_max_num_queries(40):
        client.get(reverse("connections:list"))
