"""One address may ask so often, and is told how often."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from cms.api.problems import MEDIA_TYPE

LIST = "/api/v2/industries/"


@pytest.fixture(autouse=True)
def two_in_an_hour(settings, db, clock):
    settings.API_RATE_LIMIT, settings.API_RATE_SECONDS = 2, 3600
    cache.clear()


def test_each_answer_says_what_is_left(client):
    first, second = client.get(LIST), client.get(f"{LIST}?a=1")

    assert first["RateLimit-Policy"] == '"address";q=2;w=3600'
    assert first["RateLimit"].startswith('"address";r=1;t=')
    assert second.status_code == 400
    assert second["RateLimit"].startswith('"address";r=0;t=')


def test_one_too_many_is_told_when_to_come_back(client):
    for _ in range(2):
        client.get(LIST)

    refused = client.get(LIST)

    assert refused.status_code == 429
    assert refused["Content-Type"] == MEDIA_TYPE
    assert refused.json()["type"].endswith("#too-many")
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert refused["RateLimit"].startswith('"address";r=0;')
    assert refused["Cache-Control"] == "no-cache"


def test_the_next_window_begins_anew(client, clock):
    for _ in range(3):
        client.get(LIST)

    clock.shift(3600)

    assert client.get(LIST).status_code == 200


def test_every_address_has_its_own_count_and_a_network_of_ipv6_has_one(client):
    def last(address: str) -> int:
        return client.get(LIST, REMOTE_ADDR=address).status_code

    assert [last("192.0.2.1"), last("192.0.2.1"), last("192.0.2.1")] == [200, 200, 429]
    assert last("192.0.2.2") == 200
    assert [last("2001:db8::1"), last("2001:db8::2"), last("2001:db8::3")] == [200, 200, 429]
    assert last("2001:db8:1::1") == 200


def test_nobody_gets_another_count_by_inventing_where_they_come_from(client):
    answers = [client.get(LIST, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code for n in range(3)]

    assert answers == [200, 200, 429]


def test_a_cache_that_is_away_limits_nobody(client, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.add", away)

    answers = [client.get(LIST) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert not answers[0].has_header("RateLimit")


def test_no_limit_means_no_count(client, settings):
    settings.API_RATE_LIMIT = 0

    assert not client.get(LIST).has_header("RateLimit")
