"""A solution counts once, in time, and only if it is one of ours; whoever brings none may still ask, less often."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from altcha.v1 import solve_challenge
from django.test import Client, RequestFactory

from cms.proof_of_work.task import FIELD, HOLDS, is_solved, new_task
from tests.town import Town


def written(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def solution(**changes: Any) -> str:
    task = new_task()
    found = solve_challenge(task["challenge"], task["salt"], task["algorithm"], task["maxnumber"], 0)
    assert found is not None
    told = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return written({**told, "number": found.number, **changes})


def accepts(payload: str) -> bool:
    return is_solved(RequestFactory().post("/", {FIELD: payload}))


def test_a_solution_counts_once():
    payload = solution()

    assert accepts(payload)
    assert not accepts(payload)


def test_written_in_another_way_it_is_the_same_solution():
    payload = solution()
    again = written({**json.loads(base64.b64decode(payload)), "took": 3})

    assert accepts(payload)
    assert not accepts(again)


def test_a_solution_has_its_time(clock: Any):
    payload = solution()
    clock.shift(HOLDS + timedelta(seconds=1))

    assert not accepts(payload)


def test_another_key_is_another_site(settings: Any):
    payload = solution()
    settings.SECRET_KEY = "another"

    assert not accepts(payload)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "示例",
        "x" * 9_999,
        written([]),
        written({}),
        written(None),
        written({"algorithm": 1, "challenge": 1, "number": 1, "salt": 1, "signature": 1}),
        written({"algorithm": "SHA-256", "challenge": None, "number": [], "salt": "?expires=x", "signature": {}}),
    ],
)
def test_what_is_no_solution_counts_for_nothing(payload: str):
    assert not accepts(payload)


@pytest.mark.parametrize("changes", [{"number": -1}, {"salt": "0&"}, {"algorithm": "SHA-1"}, {"signature": "0"}])
def test_what_was_tampered_with_counts_for_nothing(changes: dict[str, Any]):
    assert not accepts(solution(**changes))


def test_the_task_is_never_kept(town: Town):
    answer = Client().get("/proof/")

    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["algorithm"] == "SHA-256"
    assert not answer.cookies


def test_without_a_solution_one_asks_less_often(town: Town, settings: Any):
    settings.SUBSCRIPTIONS_PER_CLIENT, settings.SUBSCRIPTIONS_UNPROVEN = 3, 1

    def ask(number: int, payload: str) -> int:
        data = {"email": f"reader{number}@example.org", "cadence": "daily", FIELD: payload}
        return Client().post("/mine/subscribe/?industry=water", data).status_code

    plain = [ask(number, "") for number in range(2)]
    proven = [ask(number, solution()) for number in range(10, 14)]

    assert plain == [200, 429]
    # The one that was heard without a solution counts as well.
    assert proven == [200, 200, 429, 429]
