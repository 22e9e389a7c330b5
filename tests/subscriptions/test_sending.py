"""News leave when there are any, once, and with a way out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.management.commands.work import DUE_JOBS
from cms.subscriptions import news, sending
from cms.subscriptions.links import next_time
from cms.subscriptions.models import Subscription
from cms.subscriptions.sealing import digest, seal
from cms.subscriptions.sending import send_due
from pages.models import NoticeKind
from tests.factories import make_disclosure, make_notice
from tests.town import Town

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


def subscribed(address: str = "li@example.org", **fields) -> Subscription:
    now = timezone.now()
    values = {"choice": "industry=water", "cadence": "daily", "language": "zh-hans", **fields}
    moments = {"confirmed_at": now, "told_until": now, "next_at": next_time(values["cadence"], now)}
    return Subscription.objects.create(digest=digest(address), address=seal(address), **{**moments, **values})


def test_news_are_told_once_outages_first(town: Town, clock):
    subscription = subscribed()
    clock.shift(3600)
    make_notice(town.water, title="抢修停水", kind=NoticeKind.EMERGENCY)
    clock.shift(3600)
    price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划")
    clock.move_to(subscription.next_at)

    assert [send_due(timezone.now()), send_due(timezone.now())] == [1, 0]

    (message,) = mail.outbox
    assert message.body.index("抢修停水") < message.body.index("水价")
    assert "招生计划" not in message.body
    assert f"http://localhost/i/{price.record.index_number}" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"][1:-1] in message.body
    clock.shift(timedelta(days=1))
    assert send_due(timezone.now()) == 0


def test_an_outage_is_told_before_whatever_is_newer(town: Town, clock, monkeypatch):
    monkeypatch.setattr(news, "SHOWN", 2)
    subscription = subscribed()
    clock.shift(3600)
    make_notice(town.water, title="抢修停水", kind=NoticeKind.EMERGENCY)
    for number in range(3):
        clock.shift(3600)
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}")
    clock.move_to(subscription.next_at)

    send_due(timezone.now())

    (message,) = mail.outbox
    assert message.body.index("抢修停水") < message.body.index("水价2")
    assert "水价1" not in message.body


def test_nothing_new_is_no_mail(town: Town, clock):
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.shift(60)
    subscription = subscribed()
    clock.move_to(subscription.next_at)

    assert send_due(timezone.now()) == 0
    assert not mail.outbox


def test_a_weekly_one_waits_for_monday(town: Town, clock):
    subscribed(cadence="weekly")
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")

    clock.shift(timedelta(days=3))
    assert send_due(timezone.now()) == 0
    clock.shift(timedelta(days=4))
    assert send_due(timezone.now()) == 1


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise OSError("away")


def test_what_the_server_does_not_take_is_told_later(town: Town, clock, settings):
    subscription = subscribed()
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.move_to(subscription.next_at)
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Refusing"
    assert send_due(timezone.now()) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    clock.shift(timedelta(minutes=6))

    assert send_due(timezone.now()) == 1
    assert "水价" in mail.outbox[0].body
    assert Subscription.objects.get().attempts == 0


def test_a_mailbox_that_takes_nothing_any_more_is_forgotten(town: Town, clock, settings):
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Refusing"
    subscription = subscribed(attempts=len(sending.BACK_OFF))
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.move_to(subscription.next_at)

    send_due(timezone.now())

    assert not Subscription.objects.exists()


def test_a_worker_that_dies_in_between_repeats_nothing(town: Town, clock):
    subscription = subscribed()
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.move_to(subscription.next_at)
    taken = sending.claim(timezone.now())

    assert len(taken) == 1
    assert sending.claim(timezone.now()) == []
    assert send_due(timezone.now()) == 0


def test_a_site_with_another_key_writes_to_nobody(town: Town, clock, settings):
    subscription = subscribed()
    settings.SECRET_KEY = "another"
    clock.move_to(subscription.next_at)

    assert send_due(timezone.now()) == 0
    assert not Subscription.objects.exists()


def test_each_reads_in_his_language(town: Town, clock):
    subscription = subscribed(language="zh-hant")
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    clock.move_to(subscription.next_at)

    send_due(timezone.now())

    assert "水價" in mail.outbox[0].body
    assert "http://localhost/zh-hant/mine/?industry=water" in mail.outbox[0].body


def test_a_subscription_has_an_end(town: Town, clock, settings, capsys):
    subscribed()
    subscribed("other@example.org", confirmed_at=None, told_until=None, next_at=None)
    call_command("send_subscriptions", count=True)
    assert "已确认 1 个，待确认 1 个" in capsys.readouterr().out

    clock.shift(timedelta(days=settings.SUBSCRIPTION_DAYS, hours=1))
    call_command("send_subscriptions")

    assert not Subscription.objects.exists()
    assert "send_subscriptions" in {job.command for job in DUE_JOBS}


def test_more_news_cost_no_more_queries(town: Town, clock):
    def cost() -> int:
        clock.move_to(Subscription.objects.get().next_at)
        with CaptureQueriesContext(connection) as queries:
            assert send_due(timezone.now()) == 1
        return len(queries)

    subscribed()
    clock.shift(3600)
    make_disclosure(town.water, town.entries["water_price"], title="水价")
    few = cost()
    clock.shift(3600)
    for number in range(6):
        make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}")

    assert cost() == few <= 12
