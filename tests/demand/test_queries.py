"""Words that are searched for are kept when they are frequent and tell of nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cms.demand.counting import count_all
from cms.demand.lines import note
from cms.demand.models import Query, RareSearches, Searches
from cms.demand.queries import keepable
from tests.factories import make_disclosure
from tests.town import Town

from .acts import folder, lines, reader

__all__ = ["folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder", "clock")]


def searched(text: str, times: int = 1, found: int = 0) -> None:
    for _time in range(times):
        note("search", f"{found} {text}")
    count_all()


def test_a_search_is_noted_with_what_was_found(town: Town, folder: Path):
    make_disclosure(town.water, town.entries["water_price"], title="水价")

    reader().get("/search/", {"q": "水價 "})
    reader().get("/search/", {"q": "火星"})

    assert [line.split(" ")[2:] for line in lines(folder)] == [
        ["search", "1%20%E6%B0%B4%E4%BB%B7"],
        ["search", "0%20%E7%81%AB%E6%98%9F"],
    ]


def test_the_same_search_is_counted_once_however_far_one_reads(town: Town, folder: Path):
    client = reader()
    for more in ({"page": "2"}, {"kind": "notice"}, {"order": "new"}, {"district": "210202"}):
        client.get("/search/", {"q": "水价", **more})
    client.get("/search/")
    client.get("/search/suggest/", {"q": "水价"})

    assert not lines(folder)


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "１３８ ００１３ ８０００",
        "210202199003071234",
        "张某 138001",
        "中山路12号3单元402",
        "li@example.org",
        "6222020200112345678",
        "字" * 41,
        " \t ",
    ],
)
def test_what_may_tell_of_a_person_never_leaves_the_process(town: Town, folder: Path, text: str):
    assert keepable(text) == ""

    reader().get("/search/", {"q": text})

    assert not lines(folder)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [("水費", "水费"), ("  ＡＢＣ  水 费\n", "abc 水 费"), ("12345", "12345"), ("2026年 招生", "2026年 招生")],
)
def test_words_are_written_in_one_way(asked: str, kept: str):
    assert keepable(asked) == kept


def test_the_text_of_rare_words_stands_nowhere(clock: Any):
    searched("谁的名字", times=4)
    clock.shift(timedelta(days=1))
    searched("谁的名字", times=4)

    assert not Query.objects.exists()
    assert [row.number for row in RareSearches.objects.order_by("day")] == [4, 4]
    assert "谁" not in str(RareSearches.objects.values())


def test_frequent_words_are_kept_with_the_days_so_far(clock: Any):
    for found in (0, 0, 7):
        searched("学区", times=2, found=found)
        clock.shift(timedelta(days=1))

    assert Query.objects.get().text == "学区"
    assert list(Searches.objects.order_by("day").values_list("number", "missed", "found")) == [
        (2, 2, 0), (2, 2, 0), (2, 0, 7),
    ]  # fmt: skip
    assert not RareSearches.objects.exists()
    searched("学区", times=3, found=8)
    searched("学区", times=1, found=9)
    latest = Searches.objects.latest("day")
    assert (latest.number, latest.missed, latest.found) == (4, 0, 9)


def test_many_times_on_one_day_is_not_enough(clock: Any):
    searched("一个人的事", times=50)

    assert not Query.objects.exists()


def test_rare_words_are_forgotten_after_the_window(settings: Any, clock: Any):
    searched("学区", times=3)
    clock.shift(timedelta(days=settings.DEMAND_QUERY_WINDOW + 1))
    for _day in range(2):
        searched("学区", times=2)
        clock.shift(timedelta(days=1))

    assert not Query.objects.exists()


def test_a_line_that_somebody_else_wrote_is_screened_too(clock: Any):
    for _day in range(4):
        searched("13800138000", times=5)
        clock.shift(timedelta(days=1))

    assert not Query.objects.exists()
    assert not RareSearches.objects.exists()
