"""What the clock changes is rendered anew from that moment on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.test.signals import template_rendered
from django.utils import timezone

from cms.delivery.models import StoredRead
from cms.delivery.stored.inside import Inside
from tests.factories import make_notice
from tests.town import Town


def is_as_rendered(address: str) -> bool:
    answer = Client().get(address)
    return bool(answer.content == Inside().render(address).content)


def store(address: str) -> None:
    for _time in range(2):
        Client().get(address)
    assert StoredRead.objects.filter(is_fresh=True, address=address).exists()


def test_a_notice_says_of_its_neighbour_what_holds_now(clock: Any, town: Town, stored: Any) -> None:
    address = make_notice(town.water, title="停水").url
    ahead = timezone.now() + timedelta(hours=2)
    make_notice(town.water, title="检修", starts_at=ahead, ends_at=ahead + timedelta(days=2))
    store(address)

    wrong = []
    for hours in (3, 24, 48):
        clock.shift(timedelta(hours=hours))
        wrong += [] if is_as_rendered(address) else [hours]

    assert wrong == []


def test_a_notice_without_neighbours_waits_for_no_clock(clock: Any, town: Town, stored: Any) -> None:
    address = make_notice(town.water, title="停水").url

    store(address)

    assert StoredRead.objects.get(address=address).fresh_until is None


def test_the_front_page_counts_today_and_not_a_minute_ago(clock: Any, town: Town, stored: Any) -> None:
    make_notice(town.water, title="停水")
    store("/")
    make_notice(town.water, title="检修")

    store("/")

    assert "今日公开 2 条" in Client().get("/").content.decode()


def test_what_ends_while_it_is_rendered_is_not_kept_as_running(clock: Any, town: Town, stored: Any) -> None:
    notice = make_notice(town.water, title="停水", ends_at=timezone.now() + timedelta(seconds=5))
    store(notice.url)
    StoredRead.objects.update(is_fresh=False)

    def go_on(**kwargs: Any) -> None:
        template_rendered.disconnect(go_on)
        clock.shift(timedelta(seconds=10))

    template_rendered.connect(go_on)
    Client().get(notice.url)

    assert is_as_rendered(notice.url)
