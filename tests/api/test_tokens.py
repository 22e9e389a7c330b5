"""Reading by token: an own count, the same answers; a bad token is refused, a cookie is nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import ApiToken, Scope, TokenUse
from cms.api.problems import MEDIA_TYPE
from tests.tokens.making import bearer, make_token
from tests.town import Town
from tests.workflows.acts import signed_in

LIST = "/api/v2/industries/"


def read(client: Any, secret: str, **extra: Any) -> Any:
    return client.get(LIST, **bearer(secret), **extra)


def test_a_token_reads_what_everybody_reads(client: Any, town: Town) -> None:
    _token, secret = make_token(town.water, scopes=[Scope.READ])

    by_token, by_nobody = read(client, secret), client.get(LIST)

    assert by_token.status_code == 200
    assert by_token.content == by_nobody.content
    assert by_token["ETag"] == by_nobody["ETag"]


@pytest.mark.parametrize("secret", ["", "x", "gk_a_b", "gk_0123456789_" + "x" * 43, "a b"])
def test_a_bad_token_is_no_token(client: Any, town: Town, secret: str) -> None:
    refused = read(client, secret)

    assert refused.status_code == 401
    assert refused["Content-Type"] == MEDIA_TYPE
    assert refused["WWW-Authenticate"] == 'Bearer realm="gongkai", error="invalid_token"'
    assert refused.json()["type"].endswith("#token")
    assert refused["Cache-Control"] == "no-cache"


def test_a_token_that_is_revoked_or_over_is_refused(client: Any, town: Town, clock: Any) -> None:
    token, secret = make_token(town.water, scopes=[Scope.READ])
    other, other_secret = make_token(town.water, scopes=[Scope.READ])
    ApiToken.objects.filter(pk=other.pk).update(revoked_at=timezone.now())

    before = read(client, secret).status_code
    clock.move_to(token.expires_at + timedelta(seconds=1))

    assert [before, read(client, secret).status_code, read(client, other_secret).status_code] == [200, 401, 401]


def test_a_token_bound_to_addresses_is_refused_elsewhere(client: Any, town: Town) -> None:
    token, secret = make_token(town.water, scopes=[Scope.READ], networks=["203.0.113.0/24", "2001:db8::/64"])

    answers = [read(client, secret, REMOTE_ADDR=each) for each in ("203.0.113.9", "2001:db8::5", "203.0.114.9")]

    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert answers[2].json()["type"].endswith("#forbidden")
    assert TokenUse.objects.get(token=token).refused == 1


def test_a_cookie_is_nothing_here(town: Town, settings: Any) -> None:
    settings.API_RATE_LIMIT = 10
    client = signed_in(town.administrator("portal"))

    answer = client.get(LIST)

    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["RateLimit-Policy"].startswith('"address"')


def test_reading_by_token_has_an_own_count(client: Any, town: Town, settings: Any, clock: Any) -> None:
    settings.API_RATE_LIMIT, settings.API_TOKEN_RATE_LIMIT, settings.API_RATE_SECONDS = 1, 3, 3600
    cache.clear()
    _token, secret = make_token(town.water, scopes=[Scope.READ])

    by_token = [read(client, secret, REMOTE_ADDR=f"192.0.2.{n}") for n in range(4)]

    assert [answer.status_code for answer in by_token] == [200, 200, 200, 429]
    assert by_token[0]["RateLimit-Policy"] == '"token";q=3;w=3600'
    assert [client.get(LIST).status_code, client.get(LIST).status_code] == [200, 429]


def test_who_tries_bad_tokens_is_told_to_wait(client: Any, town: Town, settings: Any, clock: Any) -> None:
    settings.API_RATE_LIMIT, settings.API_RATE_SECONDS = 2, 3600
    cache.clear()

    answers = [read(client, "gk_0123456789_guess").status_code for _ in range(3)]

    assert answers == [401, 401, 429]


def test_reads_are_written_once_a_minute(client: Any, town: Town, clock: Any) -> None:
    token, secret = make_token(town.water, scopes=[Scope.READ])
    read(client, secret)

    for _ in range(4):
        read(client, secret)
    assert TokenUse.objects.get(token=token).reads == 1
    clock.shift(61)
    cache.delete(f"token_seen:{token.pk}")
    read(client, secret, REMOTE_ADDR="192.0.2.7")

    token.refresh_from_db()
    assert TokenUse.objects.get(token=token).reads == 6
    assert token.last_address == "192.0.2.7"


def test_a_token_costs_one_query(client: Any, town: Town) -> None:
    _token, secret = make_token(town.water, scopes=[Scope.READ])
    read(client, secret)
    with CaptureQueriesContext(connection) as by_nobody:
        client.get(LIST)

    with CaptureQueriesContext(connection) as by_token:
        read(client, secret)

    assert len(by_token) == len(by_nobody) + 1
