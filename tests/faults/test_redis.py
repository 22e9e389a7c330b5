"""Redis is away: nobody is refused and nobody let through for it, and nothing waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.urls import reverse

from cms.delivery.models import PublicChange
from cms.delivery.stored.marking import Mark
from cms.management.commands.work import DueJob
from cms.settings import services
from cms.shared_cache import SharedCache
from tests.factories import make_disclosure
from tests.server.cluster import here
from tests.server.redis import Redis, redis
from tests.server.site import House, site, until, worker
from tests.sign_in.acts import fail, is_inside, knock
from tests.town import Town


@pytest.fixture
def shared(settings: Any) -> Iterator[Redis]:
    """Keep the cache in Redis, as CACHE_URL does."""
    with redis() as found:
        ours = services.BY_BACKEND["django.core.cache.backends.redis.RedisCache"]
        settings.CACHES = {"default": {"LOCATION": found.url, **ours}}
        assert isinstance(caches["default"], SharedCache)
        yield found
    SharedCache._alone_until, SharedCache._is_away = 0.0, False


def parts() -> Any:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()["parts"]["cache"]


def test_processes_share_what_they_keep(shared: Redis) -> None:
    cache.set("word", "同一个")
    fresh = SharedCache(shared.url, {})

    assert fresh.get("word") == "同一个"
    assert (cache.add("word", 1), cache.incr("count", 1) if cache.add("count", 0) else None) == (False, 1)


@pytest.mark.parametrize("fault", [Redis.stop, Redis.hang])
def test_what_dies_in_the_middle_makes_nobody_wait(shared: Redis, fault: Any) -> None:
    cache.set("word", "共用")
    fault(shared)

    before = time.monotonic()
    answers = [cache.get("word"), cache.add("word", "自己的"), cache.get("word"), cache.get_or_set("more", 1)]

    assert answers == [None, True, "自己的", 1]
    assert time.monotonic() - before < 3


def test_when_it_is_back_it_is_asked_again(shared: Redis) -> None:
    shared.stop()
    cache.set("word", "自己的")
    shared.start()
    SharedCache._alone_until, SharedCache._is_away = 0.0, False

    assert cache.get("word") is None


@pytest.mark.django_db
def test_reads_go_on_and_stay_limited(shared: Redis, town: Town, settings: Any) -> None:
    settings.API_RATE_LIMIT = 3
    price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    shared.stop()

    page = Client().get(price.url)
    home = Client().get("/")
    statuses = [Client().get("/api/v2/disclosures/").status_code for _time in range(4)]

    assert (page.status_code, home.status_code) == (200, 200)
    assert statuses == [200, 200, 200, 429]


@pytest.mark.django_db
def test_the_door_is_watched_all_the_same(shared: Redis, town: Town, settings: Any) -> None:
    settings.AXES_ENABLED = True
    shared.stop()
    name, other = town.editor("water").username, town.editor("school").username
    client = Client()

    fail(client, name, settings.AXES_FAILURE_LIMIT)
    knock(client, name, name)
    locked_out = not is_inside(client)
    knock(client, other, other)

    assert locked_out
    assert is_inside(client)


@pytest.mark.django_db
def test_links_by_mail_stay_limited(shared: Redis, settings: Any) -> None:
    shared.stop()

    answers = [
        Client().post(reverse("wagtailadmin_password_reset"), {"email": "a@example.org"}).status_code
        for _time in range(settings.AXES_FAILURE_LIMIT + 1)
    ]

    assert (set(answers[:-1]), answers[-1]) == ({302}, 429)


def test_a_job_is_still_due_once_in_its_period(shared: Redis) -> None:
    shared.stop()
    job = DueJob("version", every=timedelta(minutes=1))

    assert (job.is_claimed(), job.is_claimed()) == (True, False)


@pytest.mark.django_db
def test_it_is_told_and_no_reason_to_stop_serving(shared: Redis) -> None:
    before = parts()
    shared.stop()

    assert (before, parts()) == ((200, "ok"), (200, "alone"))


@pytest.mark.django_db(transaction=True)
def test_the_house_starts_without_it(shared: Redis, town: Town, tmp_path: Path) -> None:
    price = make_disclosure(town.water, town.entries["water_price"], title="水价")
    shared.stop()
    house = House(tmp_path, here(), more={"CACHE_URL": shared.url, "STORED_READS": "true"})
    PublicChange.objects.create(change=asdict(Mark(frame=True)))

    with site(house), worker(house) as process:
        page, ready = house.ask(price.url), house.ask("/readyz")
        until(lambda: not PublicChange.objects.filter(settled_at=None).exists())
        assert process.poll() is None

    assert (page.status, ready.status, ready.json()["parts"]["cache"]) == (200, 200, "alone")
