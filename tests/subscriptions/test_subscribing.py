"""Asking, confirming, ending: by links alone, and nobody learns who is subscribed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.subscriptions.links import confirm_token, next_time, out_token
from cms.subscriptions.models import Subscription
from cms.subscriptions.sealing import digest, opened, seal
from cms.subscriptions.sending import send_due
from tests.pages.seen import words
from tests.town import Town

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
PAGE = "/mine/subscribe/?industry=water"
ADDRESS = "li@example.org"


def wish(address: str = ADDRESS, page: str = PAGE, **more):
    response = Client().post(page, {"email": address, "cadence": "daily", **more})
    send_due(timezone.now())
    return response


def link(message, name: str) -> str:
    found: str = re.findall(rf"http://localhost(\S*/mine/{name}/\S+/)", message.body)[0]
    return found


def test_nothing_is_sent_before_its_reader_confirms(town: Town, clock):
    response = wish("Li@Example.org ")

    assert "请到邮箱里确认" in words(response.content.decode())
    (message,) = mail.outbox
    assert message.to == [ADDRESS]
    looked = Client().get(link(message, "confirm"))
    assert (looked.status_code, Subscription.objects.get().confirmed_at) == (200, None)
    clock.shift(timedelta(days=1))
    assert send_due(timezone.now()) == 0


def test_the_button_of_the_link_begins_it(town: Town):
    wish()

    response = Client().post(link(mail.outbox[0], "confirm"))

    assert "已开始订阅" in words(response.content.decode())
    subscription = Subscription.objects.get()
    assert subscription.confirmed_at == timezone.now()
    assert timezone.localtime(subscription.next_at).hour == 8


def test_the_table_holds_no_address(town: Town):
    wish()

    (row,) = Subscription.objects.values()

    assert "li@" not in str(row)
    assert opened(row["address"]) == ADDRESS
    assert (row["digest"], seal(ADDRESS) != seal(ADDRESS)) == (digest(ADDRESS), True)


@pytest.mark.parametrize("sealed", ["", "abc", "AAAA" * 30])
def test_what_was_not_sealed_here_is_not_opened(sealed):
    with pytest.raises(ValueError, match=r"."):
        opened(sealed)


def test_what_was_sealed_under_a_former_key_is_opened(settings: Any):
    sealed, former = seal(ADDRESS), settings.SECRET_KEY

    settings.SECRET_KEY = "a-new-key"
    with pytest.raises(ValueError, match="not sealed by this site"):
        opened(sealed)
    settings.SECRET_KEY_FALLBACKS = [former]

    assert opened(sealed) == ADDRESS


def test_an_address_that_is_subscribed_gets_the_same_answer(town: Town):
    first = wish()
    Client().post(link(mail.outbox[0], "confirm"))

    second = wish()

    assert first.content == second.content
    assert len(mail.outbox) == 2


def test_a_new_choice_takes_the_place_of_the_old(town: Town):
    wish()
    Client().post(link(mail.outbox[0], "confirm"))
    wish(page="/mine/subscribe/?district=210202")

    Client().post(link(mail.outbox[1], "confirm"))

    assert Subscription.objects.get().choice == "district=210202"


def test_an_address_is_not_flooded(town: Town, settings):
    settings.SUBSCRIPTION_MAILS_PER_ADDRESS = 2

    answers = [wish().content for _ in range(4)]

    assert len(mail.outbox) == 2
    assert len(set(answers)) == 1


def test_one_client_asks_so_often_and_no_more(town: Town, settings):
    settings.SUBSCRIPTIONS_PER_CLIENT = 2

    states = [wish(f"a{number}@example.org").status_code for number in range(3)]

    assert states == [200, 200, 429]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_is_said_to_be_none(town: Town, address):
    response = wish(address)

    assert response.status_code == 400
    page = response.content.decode()
    assert 'class="error"' in page
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert "id_email_helptext id_email_error" in described
    assert all(f'id="{each}"' in page for ids in described for each in ids.split())
    assert not Subscription.objects.exists()


def test_without_a_choice_one_is_led_to_choose(town: Town):
    assert Client().get("/mine/subscribe/")["Location"] == "/mine/"


def test_a_link_to_confirm_holds_for_two_days(town: Town, clock):
    wish()
    address = link(mail.outbox[0], "confirm")
    clock.shift(timedelta(hours=49))

    answers = [Client().get(address), Client().post(address)]

    assert [each.status_code for each in answers] == [410, 410]
    assert "已过期" in words(answers[0].content.decode())
    call_command("send_subscriptions")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("name", ["confirm", "out"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_broken_link_says_so(town: Town, name, method):
    wish()
    subscription = Subscription.objects.get()
    right, other = confirm_token(subscription), out_token(subscription)
    swapped = {"confirm": other, "out": right}[name]

    for token in ("abc", right[:-3], swapped):
        response = getattr(Client(), method)(f"/mine/{name}/{token}/")
        assert response.status_code == 404
        assert "链接不完整" in words(response.content.decode())
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize("name", ["confirm", "out"])
def test_a_link_of_another_site_is_none_of_ours(town: Town, settings, name, prefix):
    wish()
    subscription, ours = Subscription.objects.get(), settings.SECRET_KEY
    settings.SECRET_KEY = "that of another site"
    token = {"confirm": confirm_token, "out": out_token}[name](subscription)
    settings.SECRET_KEY = ours

    for odd in (token, "x" * 5_000, "a\x00b", "..", "é🏠"):
        for method in ("get", "post"):
            response = getattr(Client(), method)(f"{prefix}/mine/{name}/{quote(odd)}/")
            assert response.status_code == 404
            assert response["Cache-Control"] in {"no-store", "no-cache"}
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_link_leads_to_the_language_in_which_it_was_asked_for(town: Town, prefix):
    wish(page=f"{prefix}{PAGE}")

    address = link(mail.outbox[0], "confirm")

    assert address.startswith(f"{prefix}/mine/confirm/")
    assert Client().get(address).status_code == 200


def test_a_link_whose_subscription_is_gone_has_run_out(town: Town):
    wish()
    subscription = Subscription.objects.get()
    address, out = f"/mine/confirm/{confirm_token(subscription)}/", f"/mine/out/{out_token(subscription)}/"
    Client().post(out)

    assert [Client().get(address).status_code, Client().post(address).status_code] == [410, 410]
    # To end it twice is no fault.
    assert [Client().get(out).status_code, Client().post(out).status_code] == [200, 200]


def test_one_click_ends_it_and_the_address_goes(town: Town):
    wish()
    address = f"/mine/out/{out_token(Subscription.objects.get())}/"
    looked = Client().get(address)
    assert (looked.status_code, Subscription.objects.count()) == (200, 1)

    answers = [Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert not Subscription.objects.exists()


def test_no_cache_keeps_these_pages(town: Town):
    response = Client().get(PAGE)

    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize(("cadence", "days"), [("daily", 1), ("weekly", 7)])
def test_mails_leave_at_eight(cadence, days):
    # NOW is a Monday, half past nine.
    found = timezone.localtime(next_time(cadence, timezone.now()))

    assert (found.hour, found.date()) == (8, timezone.localdate() + timedelta(days=days))
