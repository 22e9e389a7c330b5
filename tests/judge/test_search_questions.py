"""Real questions over the real data of a city: among the first five results stands what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from snippets.models import ServiceItem
from tests.search.measuring import HELD_OUT, HELD_OUT_2, Figures, hits, questions, recall
from tests.shared_data import REAL_CITY

pytestmark = pytest.mark.judge
LEAST_HITS, LEAST_RECALL, LEAST_QUESTIONS = 0.95, 0.99, 200
# A little less than was measured.
LEAST_HELD_OUT = {HELD_OUT: 0.80, HELD_OUT_2: 0.72}


@pytest.fixture(scope="module")
def city(module_database: None) -> Iterator[None]:
    """The city as it is loaded; its services are let out, which wait for a link."""
    # Without it nothing is judged: that is said aloud.
    assert REAL_CITY.is_dir(), f"no data of a real city in {REAL_CITY}"
    call_command("load_city", REAL_CITY, quiet_warnings=True, verbosity=0)
    ServiceItem.objects.update(live=True)
    call_command("update_index", verbosity=0)
    yield


def test_there_are_questions_enough_each_once():
    asked = [question.text for question in questions()]

    assert len(asked) == len(set(asked)) >= LEAST_QUESTIONS


def told(name: str, figures: Figures) -> str:
    """Write figures down for who reads the run."""
    asked = sum(figures.asked.values())
    missed = [f"  missed: {question.way} {question.text}" for question in figures.missed]
    return "\n".join([f"\n{connection.vendor}, {name}: hit@5 {figures.rate:.1%}, {asked} questions", *missed])


def test_what_was_meant_stands_among_the_first_five(city: None, capsys: pytest.CaptureFixture[str]):
    figures = hits()

    with capsys.disabled():
        print(told("questions", figures))
    assert figures.rate >= LEAST_HITS


@pytest.mark.parametrize("file", LEAST_HELD_OUT, ids=lambda file: file.stem)
def test_questions_for_which_no_rule_was_made_are_answered_nearly_as_well(
    city: None, capsys: pytest.CaptureFixture[str], file: Path
):
    figures = hits(file)

    with capsys.disabled():
        print(told(file.stem, figures))
    assert figures.rate >= LEAST_HELD_OUT[file]


def test_whatever_a_text_holds_is_found_by_it(city: None, capsys: pytest.CaptureFixture[str]):
    share, words = recall()

    with capsys.disabled():
        print(f"\nrecall {share:.4f} over {words} words of two to four characters")
    assert share >= LEAST_RECALL
