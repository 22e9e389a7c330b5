"""Outages are told at once: to whom they touch, once, so often a day, and the digest tells the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from cms.subscriptions import alerts
from cms.subscriptions.links import confirm_token, out_token
from cms.subscriptions.models import Alert, FoundOutage, Subscription
from cms.subscriptions.service import confirm
from pages.models import NoticeKind
from tests.factories import make_disclosure, make_notice
from tests.town import Town

from .test_sending import subscribed

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
IN_DISTRICT = "industry=water&district=210202"


def wants(address: str = "li@example.org", choice: str = IN_DISTRICT, **fields) -> Subscription:
    return subscribed(address, choice=choice, urgent=True, **fields)


def outage(town: Town, title: str = "抢修停水", codes: str = "210202008", **fields):
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=8)}
    values = {"kind": NoticeKind.EMERGENCY, "division_codes": codes, "area": "示例路", **times, **fields}
    return make_notice(town.water, title=title, **values)


def minute(clock, number: int = 1) -> int:
    """Let the job run a minute later; return how many mails left."""
    before = len(mail.outbox)
    clock.shift(60 * number)
    call_command("send_subscriptions")
    return len(mail.outbox) - before


def test_an_outage_is_told_within_a_minute_and_once(town: Town, clock):
    wants()
    clock.shift(3600)
    notice = outage(town)

    assert [minute(clock), minute(clock), minute(clock)] == [1, 0, 0]

    (message,) = mail.outbox
    assert message.subject.endswith("停供抢修：抢修停水")
    assert "示例路" in message.body
    assert f"http://localhost/i/{notice.record.index_number}" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_digest_leaves_out_what_was_told_and_tells_the_rest(town: Town, clock):
    subscription = wants()
    clock.shift(3600)
    outage(town)
    minute(clock)
    make_disclosure(town.water, town.entries["water_price"], title="水价")

    clock.move_to(subscription.next_at)
    call_command("send_subscriptions")

    assert "水价" in mail.outbox[1].body
    assert "抢修停水" not in mail.outbox[1].body


def test_only_whom_it_touches_is_told(town: Town, clock):
    wants("a@example.org")
    wants("b@example.org", "district=210202")
    wants("c@example.org", f"unit={town.water.roster.code}")
    wants("d@example.org", "industry=education")
    wants("e@example.org", f"unit={town.school.roster.code}")
    subscribed("f@example.org", choice=IN_DISTRICT)
    wants("g@example.org", confirmed_at=None, told_until=None, next_at=None)
    clock.shift(3600)
    outage(town)

    minute(clock)

    assert {message.to[0] for message in mail.outbox} == {"a@example.org", "b@example.org", "c@example.org"}


def test_several_at_a_time_are_one_mail(town: Town, clock):
    wants()
    clock.shift(3600)
    for number in range(3):
        outage(town, f"抢修{number}")
        clock.shift(1)

    assert minute(clock) == 1
    assert mail.outbox[0].subject.endswith("停供抢修：抢修2等 3 条")
    assert all(f"抢修{number}" in mail.outbox[0].body for number in range(3))


def test_so_many_a_day_and_the_digest_tells_the_rest(town: Town, clock, settings):
    settings.SUBSCRIPTION_ALERTS_PER_DAY = 2
    subscription = wants()
    clock.shift(3600)
    sent = []
    for number in range(4):
        outage(town, f"抢修{number}")
        sent.append(minute(clock))

    assert sent == [1, 1, 0, 0]
    clock.move_to(subscription.next_at)
    call_command("send_subscriptions")
    assert "抢修2" in mail.outbox[2].body
    assert "抢修3" in mail.outbox[2].body
    assert "抢修1" not in mail.outbox[2].body
    outage(town, "次日抢修")
    assert minute(clock) == 1


def test_a_new_subscription_of_the_same_address_begins_no_new_day(town: Town, clock, settings):
    settings.SUBSCRIPTION_ALERTS_PER_DAY = 1
    wants()
    clock.shift(3600)
    outage(town)
    assert minute(clock) == 1

    again = wants(confirmed_at=None, told_until=None, next_at=None)
    confirm(confirm_token(again))
    clock.shift(60)
    outage(town, "又一处抢修")

    assert minute(clock) == 0


def test_without_alerts_a_day_all_is_told_by_the_digest(town: Town, clock, settings):
    settings.SUBSCRIPTION_ALERTS_PER_DAY = 0
    wants()
    clock.shift(3600)
    outage(town)

    assert minute(clock) == 0
    assert not Alert.objects.exists()


def test_what_the_server_does_not_take_is_told_later_and_once(town: Town, clock, settings):
    wants()
    clock.shift(3600)
    outage(town)
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Refusing"
    assert minute(clock) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert [minute(clock, 3), minute(clock)] == [1, 0]
    assert Subscription.objects.get().alerts_sent == 1


def test_what_the_server_never_takes_is_left_to_the_digest(town: Town, clock, settings):
    subscription = wants()
    clock.shift(3600)
    outage(town)
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Refusing"
    for _attempt in range(len(alerts.BACK_OFF) + 1):
        minute(clock, 31)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert not Alert.objects.exists()

    clock.move_to(subscription.next_at)
    call_command("send_subscriptions")

    assert "抢修停水" in mail.outbox[0].body


def test_what_waits_while_the_digest_leaves_is_told_by_it(town: Town, clock, settings):
    subscription = wants()
    clock.move_to(subscription.next_at - timedelta(minutes=5))
    outage(town)
    settings.EMAIL_BACKEND = "tests.subscriptions.test_sending.Refusing"
    # Refused at 7:59: the next attempt would be at 8:09.
    minute(clock)
    minute(clock, 3)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert [minute(clock), minute(clock, 30)] == [1, 0]
    assert "抢修停水" in mail.outbox[0].body


def test_a_worker_that_dies_in_between_repeats_nothing(town: Town, clock):
    wants()
    clock.shift(3600)
    outage(town)
    now = timezone.now()
    alerts.find(now)

    taken = alerts._claim(now)

    assert len(taken) == 1
    assert alerts.send_alerts(now) == 0
    assert alerts.find(now) == 0


def test_what_was_withdrawn_meanwhile_is_not_told(town: Town, clock):
    subscription = wants()
    clock.shift(3600)
    notice = outage(town)
    alerts.find(timezone.now())
    notice.unpublish()

    assert minute(clock) == 0
    clock.move_to(subscription.next_at)
    assert minute(clock) == 0


def test_what_is_over_before_the_mail_leaves_is_left_to_the_digest(town: Town, clock):
    subscription = wants()
    clock.shift(3600)
    outage(town, ends_at=timezone.now() + timedelta(minutes=2))
    alerts.find(timezone.now())

    assert minute(clock, 5) == 0
    clock.move_to(subscription.next_at)
    assert minute(clock) == 1
    assert "抢修停水" in mail.outbox[0].body


def test_what_became_public_while_the_worker_was_away_for_long_is_no_alert(town: Town, clock):
    wants(next_at=timezone.now() + timedelta(days=30))
    clock.shift(3600)
    outage(town, ends_at=timezone.now() + timedelta(days=5))

    assert minute(clock, 25 * 60) == 0


def test_who_confirms_later_is_not_told_of_what_he_could_read(town: Town, clock):
    outage(town)
    clock.shift(60)
    wants()

    assert minute(clock) == 0


def test_titles_are_english_where_they_are_translated(town: Town, clock):
    wants("en@example.org", "industry=water", language="en")
    clock.shift(3600)
    translated = outage(town, "停水甲")
    outage(town, "停水乙")
    english = Locale.objects.get_or_create(language_code="en")[0]
    for page in (town.portal, town.water.get_parent().specific, town.water):
        page.copy_for_translation(english, copy_parents=True, alias=True)
    copy = translated.copy_for_translation(english)
    copy.title = "Water cut"
    copy.save_revision().publish()

    minute(clock)

    (message,) = mail.outbox
    assert "Water cut" in message.body
    assert "停水甲" not in message.body
    assert "停水乙 (in Chinese)" in message.subject + message.body
    assert "http://localhost/en/i/" in message.body


def test_traditional_readers_read_traditional(town: Town, clock):
    wants(language="zh-hant")
    clock.shift(3600)
    outage(town, "抢修停水")

    minute(clock)

    assert mail.outbox[0].subject.endswith("停供搶修：搶修停水")


@pytest.mark.parametrize("language", ["zh-hans", "en", "zh-hant"])
def test_the_button_of_the_mail_program_ends_it(town: Town, clock, language):
    """RFC 8058: one POST without cookies, answered without a redirect."""
    wants(language=language)
    clock.shift(3600)
    outage(town)
    minute(clock)
    header = mail.outbox[0].message()["List-Unsubscribe"]
    address = header.strip("<>").removeprefix("http://localhost")

    answer = Client(enforce_csrf_checks=True).post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert not answer.cookies
    assert not Subscription.objects.exists()
    assert not Alert.objects.exists()


def test_a_link_of_another_subscription_ends_only_that_one(town: Town):
    first, second = wants("a@example.org"), wants("b@example.org")

    Client().post(f"/mine/out/{out_token(first)}/")

    assert Subscription.objects.get() == second


def test_what_was_told_long_ago_is_forgotten(town: Town, clock):
    wants()
    clock.shift(3600)
    outage(town)
    minute(clock)

    clock.shift(timedelta(days=61))
    alerts.forget_told(timezone.now())

    assert not Alert.objects.exists()
    assert not FoundOutage.objects.exists()


def test_more_subscribers_cost_no_more_queries_to_find(town: Town, clock):
    def cost(number: int) -> int:
        for each in range(number):
            wants(f"a{number}-{each}@example.org")
        clock.shift(60)
        outage(town, f"抢修{number}")
        with CaptureQueriesContext(connection) as queries:
            assert alerts.find(timezone.now()) == Subscription.objects.count()
        return len(queries)

    assert cost(1) == cost(20)
