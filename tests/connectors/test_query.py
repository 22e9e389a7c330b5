"""A query on the page: asked of the provider, answered below the form, kept nowhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from cms.connectors.asking import REST, SILENCES, SilentError
from cms.connectors.asking import ask as ask_provider
from cms.connectors.service import in_words
from ledger.models import Event
from tests.pages.seen import words
from tests.town import Town

from .acts import ACCOUNT, connect, inputs, item

pytestmark = pytest.mark.django_db
ADDRESS, NUMBER = "/do/water-query/", "20261123"


@pytest.fixture
def query(town: Town, connection: Any) -> Any:
    return item(town, "water-query", "query")


def ask(account: str, **headers: Any) -> Any:
    return Client().post(ADDRESS, {"in-account": account}, headers=headers)


def test_the_provider_answers_below_the_form(query):
    response = ask(NUMBER)

    text = words(response.content.decode())
    assert response.status_code == 200
    assert "查询结果" in text and "2026年11月（示例）" in text and "沙箱" in text
    assert response["Cache-Control"] == "no-store"


def test_the_guide_carries_the_form_and_no_cookie(query, portal_hall):
    response = Client().get(f"{portal_hall}water-query/")

    page = response.content.decode()
    assert 'action="/do/water-query/"' in page and 'name="in-account"' in page
    assert "csrfmiddlewaretoken" not in page and not response.cookies
    assert "Cache-Control" not in response or "no-store" not in response["Cache-Control"]


@pytest.mark.parametrize("account", ["", "12", "12ab", "1" * 13, "1234\x00", "１２３４５６７８９０１２３", "😀😀😀😀"])
def test_what_does_not_fit_is_said_by_its_name(query, account):
    response = ask(account)

    text = words(response.content.decode())
    assert response.status_code == 400
    assert "请改正" in text and "“用户号”" in text
    assert 'aria-invalid="true"' in response.content.decode()


def test_full_width_digits_are_digits(query):
    assert ask("２０２６１１２３").status_code == 200


def test_what_the_provider_refuses_stands_beside_its_field(query):
    response = ask("404404")

    assert response.status_code == 422
    assert "没有这个用户号" in words(response.content.decode())
    assert 'href="#id_in-account"' in response.content.decode()


@pytest.mark.parametrize("account", ["500500", "777777", "999999"])
def test_a_provider_that_is_broken_or_slow_leads_to_the_telephone(query, account):
    with override_settings(CONNECTOR_SECONDS=1):
        response = ask(account)

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert page.index("0411-00000000") < page.index(f'value="{account}"')
    assert "不是您填错了" in words(page)


def test_a_silent_provider_is_left_alone_for_a_while(query):
    for _turn in range(5):
        ask("500500")

    assert ask(NUMBER).status_code == 503


def test_nothing_of_a_query_is_written_anywhere(query, caplog, django_assert_num_queries):
    events = Event.objects.count()
    with caplog.at_level(logging.DEBUG):
        response = ask(NUMBER)
        ask("500500")

    assert NUMBER not in caplog.text and "500500" not in caplog.text
    assert Event.objects.count() == events
    assert not response.cookies


def test_without_a_connection_the_telephone_answers(town: Town):
    item(town, "water-query", "query")

    response = ask(NUMBER)

    assert response.status_code == 503
    assert "0411-00000000" in response.content.decode()


def test_the_connection_of_the_office_above_serves_a_unit_without_one(town: Town, sandbox):
    connect(town.water_office, sandbox.address)
    item(town, "water-query", "query")

    assert ask(NUMBER).status_code == 200


def test_a_paused_connection_serves_nobody(query, connection):
    connection.is_active = False
    connection.save()

    assert ask(NUMBER).status_code == 503


def test_a_secret_that_cannot_be_read_any_more_is_silence(query):
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        response = ask(NUMBER)

    assert response.status_code == 503
    assert "SECRET_KEY" in in_words("sealed")


def test_a_rest_is_whole_after_the_last_silence(query, monkeypatch):
    touched = []
    monkeypatch.setattr(cache, "touch", lambda key, seconds: touched.append(seconds))

    ask("500500")

    assert touched == [REST]


def test_a_silence_that_was_cut_short_is_none_of_the_provider(query, connection):
    slow = {"service": "water-query", "inputs": {"account": "999999"}}

    for _turn in range(SILENCES):
        with pytest.raises(SilentError):
            ask_provider(connection, "query", slow, within=0.05)

    assert ask(NUMBER).status_code == 200


def test_nobody_there_is_a_silence_however_little_time_was_left(query, connection):
    connection.base_url = "http://127.0.0.1:1"

    for _turn in range(SILENCES):
        with pytest.raises(SilentError):
            ask_provider(connection, "query", {}, within=0.5)

    with pytest.raises(SilentError, match="resting"):
        ask_provider(connection, "query", {})


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "http://["}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused(query, headers):
    assert ask(NUMBER, **headers).status_code == 403


def test_the_same_site_may_ask_with_checks_of_csrf(query):
    client = Client(enforce_csrf_checks=True)

    response = client.post(ADDRESS, {"in-account": NUMBER}, headers={"origin": "http://testserver"})

    assert response.status_code == 200


def test_who_asks_too_often_is_told_to_wait(query):
    with override_settings(CONNECTOR_ASKS_PER_CLIENT=1):
        first, second = ask(NUMBER), ask(NUMBER)

    assert (first.status_code, second.status_code) == (200, 429)


def test_an_item_that_is_a_link_is_not_done_here(town: Town):
    item(town, "water-query", "link", link="https://example.org/")

    assert Client().get(ADDRESS).status_code == 404


def test_a_draft_is_not_done_here(town: Town, connection):
    item(town, "water-query", "query", live=False)

    assert ask(NUMBER).status_code == 404


def test_the_page_speaks_the_languages(query):
    traditional, english = Client().get("/zh-hant/do/water-query/"), Client().get("/en/do/water-query/")

    assert "辦理" in traditional.content.decode()
    assert english.status_code == 200


def test_two_inputs_each_with_its_error(town: Town, connection):
    phone = {**ACCOUNT, "label": "联系电话", "name": "phone", "format": "phone", "longest": 20, "help": ""}
    item(town, "water-query", "query", inputs=inputs(ACCOUNT, phone))

    response = Client().post(ADDRESS, {"in-account": "1234", "in-phone": "请打给我"})

    assert response.status_code == 400
    assert "“联系电话”应为电话号码" in words(response.content.decode())
