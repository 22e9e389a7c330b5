"""A silent source is left alone for a while, by all processes; nobody asks twice at once, nor with too many threads."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache

from cms.joint import asking
from cms.joint.asking import State, ask
from cms.joint.kinds import Answer, Question
from cms.joint.standing import Trouble, failed, may_be_asked, trouble_of

from .answering import Engine, keep_silent, make_source, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_sources")]


def words(number: int) -> str:
    """Return words that nobody has asked yet."""
    return f"停水{number}"


def test_after_three_failures_a_source_rests_and_is_not_asked(engine: Engine, clock: Any) -> None:
    engine.status = 503
    source = make_source(engine)

    outcomes = [ask(source, words(number), "zh-hans") for number in range(5)]

    assert [each.state for each in outcomes] == [State.SILENT] * 5
    assert len(engine.asked) == 3
    assert outcomes[-1].trouble.is_resting


def test_it_is_told_since_when_it_has_been_silent_not_since_the_last_failure(engine: Engine, clock: Any) -> None:
    engine.status = 503
    source = make_source(engine)
    begun = ask(source, words(0), "zh-hans").trouble.since

    clock.shift(60)
    later = ask(source, words(1), "zh-hans").trouble

    assert later.since == begun
    assert later.failures == 2


def test_after_the_rest_one_question_is_let_through_and_an_answer_ends_the_trouble(engine: Engine, clock: Any) -> None:
    source = make_source(engine)
    for _turn in range(3):
        failed(source, "超时")
    engine.says({"results": []})

    resting = ask(source, words(0), "zh-hans").state
    clock.shift(61)
    first, second = may_be_asked(source, trouble_of(source)), may_be_asked(source, trouble_of(source))
    cache.delete(f"joint-probe-{asking.name_of(source)}")
    answered = ask(source, words(1), "zh-hans").state

    assert (resting, first, second, answered) == (State.SILENT, True, False, State.ANSWERED)
    assert trouble_of(source) is None


def test_who_fails_again_rests_twice_as_long_but_never_for_hours(engine: Engine, clock: Any) -> None:
    source, rests = make_source(engine), []
    for _turn in range(8):
        trouble = failed(source, "超时")
        rests.append(trouble.rest.total_seconds() / 60 if trouble.rests_until else 0)

    assert rests == [0, 0, 1, 2, 4, 8, 10, 10]


def test_a_source_that_was_corrected_begins_anew(engine: Engine) -> None:
    source = make_source(engine)
    failed(source, "超时")

    source.address = f"{engine.url}/other/"

    assert trouble_of(source) is None


def test_a_failure_is_told_to_each_in_his_language(engine: Engine) -> None:
    from django.utils import translation

    engine.status = 503
    source = make_source(engine)
    ask(source, words(0), "zh-hans")

    with translation.override("zh-hans"):
        assert str(trouble_of(source).why) == "拒绝答复（HTTP 503）"
    assert not isinstance(trouble_of(source).why, str)


def test_the_same_question_is_asked_once(engine: Engine) -> None:
    engine.says({"results": [result()]})
    source = make_source(engine)

    outcomes = [ask(source, "停水", "zh-hans") for _turn in range(3)]

    assert len(engine.asked) == 1
    assert [len(each.answer.findings) for each in outcomes] == [1, 1, 1]


def test_a_failure_is_not_kept_as_an_answer(engine: Engine) -> None:
    source = make_source(engine)
    engine.status = 503
    ask(source, "停水", "zh-hans")
    engine.status = 200
    engine.says({"results": [result()]})

    assert ask(source, "停水", "zh-hans").state is State.ANSWERED


@pytest.mark.django_db(transaction=True)
def test_while_a_question_is_out_it_is_not_asked_again_and_others_find_no_place(engine: Engine, settings: Any) -> None:
    settings.JOINT_SEARCH_AT_ONCE = 1
    engine.manner = keep_silent
    source, other = make_source(engine, deadline=600), make_source(engine, code="other", title="其他")
    out = threading.Thread(target=ask, args=(source, "停水", "zh-hans"))
    out.start()
    while not engine.asked:
        time.sleep(0.01)
    begun = time.monotonic()

    again, elsewhere = ask(source, "停水", "zh-hans"), ask(other, "停水", "zh-hans")

    assert (again.state, elsewhere.state) == (State.BUSY, State.BUSY)
    assert time.monotonic() - begun < 0.2
    out.join()
    engine.manner = None
    engine.says({"results": []})
    assert ask(other, "停水", "zh-hans").state is State.ANSWERED


def test_a_plugin_that_breaks_is_a_source_that_is_not_understood(engine: Engine, monkeypatch: Any) -> None:
    from cms.joint.engines import searxng

    source = make_source(engine)
    broken = {"searxng": replace(searxng.KIND, ask=_break)}
    monkeypatch.setattr("cms.joint.models.kinds", lambda: broken)

    assert str(ask(source, "停水", "zh-hans").trouble.why) == "答复读不懂"
    assert isinstance(trouble_of(source), Trouble)


def _break(question: Question) -> Answer:
    raise KeyError(question.words)
