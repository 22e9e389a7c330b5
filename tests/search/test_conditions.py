"""How queries read, without a database."""

from __future__ import annotations

import pytest
from wagtail.search.query import MATCH_ALL, MATCH_NONE, And, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from cms.search.backends.conditions import (
    EVERYTHING,
    NOTHING,
    PARTS_LIMIT,
    AllOf,
    AnyOf,
    Condition,
    Reading,
    Run,
    Without,
    Word,
    condition_of,
    near,
)
from cms.search.backends.words import asked_words, phrase_runs

WATER, HEAT, GAS = (PlainText(text) for text in ("停水", "供热", "煤气"))
W, H, G = (Word(text) for text in ("停水", "供热", "煤气"))


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        (WATER, Condition(W)),
        (PlainText("停水 供热 停水"), Condition(AllOf((W, H)))),
        (PlainText("停水 供热", "or"), Condition(AnyOf((W, H)))),
        (PlainText("！"), NOTHING),
        (Phrase("停水 2024"), Condition(AllOf((W, Word("2024"))))),
        (Phrase("停水供热"), Condition(Run(("停水", "供热")))),
        (Fuzzy("停水供热"), Condition(AnyOf((W, H)))),
        (MATCH_ALL, EVERYTHING),
        (MATCH_NONE, NOTHING),
        (And([WATER, Not(HEAT), Not(GAS)]), Condition(Without(W, AnyOf((H, G))))),
        (And([Not(WATER), Not(HEAT)]), Condition(AnyOf((W, H)), negated=True)),
        (And([And([WATER, HEAT]), GAS]), Condition(AllOf((W, H, G)))),
        (And([MATCH_ALL, Not(WATER)]), Condition(W, negated=True)),
        (And([WATER, MATCH_NONE]), NOTHING),
        (And([]), EVERYTHING),
        (Or([Not(WATER), HEAT]), Condition(Without(W, H), negated=True)),
        (Or([Not(WATER), Not(HEAT)]), Condition(AllOf((W, H)), negated=True)),
        (Or([WATER, MATCH_ALL]), EVERYTHING),
        (Or([WATER, MATCH_NONE]), Condition(W)),
        (Or([]), NOTHING),
    ],
    ids=repr,
)
def test_a_query_reads_as_a_condition(query, condition):
    assert condition_of(query, Reading()) == condition


def test_while_typing_the_last_word_is_a_beginning():
    typed = condition_of(PlainText("停水 供"), Reading(typing=True))

    assert typed == Condition(AllOf((W, Word("供", prefix=True))))


def test_a_pasted_text_is_asked_for_its_beginning():
    condition = condition_of(PlainText(" ".join(str(number) for number in range(1000))), Reading())

    assert isinstance(condition.expression, AllOf)
    assert len(condition.expression.parts) <= PARTS_LIMIT


def test_an_unknown_kind_of_query_is_refused():
    with pytest.raises(NotImplementedError):
        condition_of(SearchQuery(), Reading())


def test_particles_are_left_out_beside_words():
    assert asked_words("停水的通知") == asked_words("停水通知", shorter=True) == ["停水", "通知"]


def test_a_particle_alone_is_asked_for():
    assert asked_words("的") == ["的"]


def test_numbers_and_single_characters_make_no_near_hit():
    assert near("210200-B01 停水 税") == Condition(Word("停水"))


def test_a_phrase_is_cut_where_the_index_changes_its_order():
    assert phrase_runs("2024年停水") == [["2024"], ["停水"]]
