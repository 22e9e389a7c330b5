"""The reports: sums over a period, for those who answer for what was read; words that were searched."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cms.demand.forms import PeriodForm
from cms.demand.models import Query, Searches, Subject, Views, Way
from ledger.models import Event
from pages.models import DisclosurePage
from tests.clock import NOW
from tests.factories import make_disclosure, make_person, make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
READS, SEARCHES = reverse("demand:reads"), reverse("demand:searches")


def read(page: Any, number: int, *, ago: int = 0, way: str = Way.WEB, **fields: Any) -> None:
    owner = page if not isinstance(page, DisclosurePage) else page.get_parent()
    known = {"organisation_id": owner.pk, "industry": getattr(owner.specific, "industry", None)}
    if isinstance(page, DisclosurePage):
        known["entry"] = page.entry
    values = {"subject": Subject.PAGE, "key": page.pk, **known, **fields}
    Views.objects.create(day=TODAY - timedelta(days=ago), way=way, number=number, **values)


def searched(text: str, number: int, *, missed: int = 0, ago: int = 0, found: int = 9) -> None:
    query, _made = Query.objects.get_or_create(text=text)
    Searches.objects.create(
        query=query, day=TODAY - timedelta(days=ago), number=number, missed=missed, found=0 if missed else found
    )


def rows(user: Any, by: str = "", **asked: str) -> list[tuple[str, str, str, str, str]]:
    page = signed_in(user).get(READS, {"by": by, **asked}).context["rows"]
    return [(row.title, row.now, row.before, row.change, row.api) for row in page]


def test_a_unit_sees_its_numbers_beside_those_of_the_time_before(town: Town):
    read(town.water, 30)
    read(town.water, 30, ago=29)
    read(town.water, 40, ago=30)
    read(town.water, 8, way=Way.API)
    read(town.water, 1000, ago=60)

    assert rows(town.editor("water")) == [("示例自来水公司", "60", "40", "+50%", "8")]


@pytest.mark.parametrize(
    ("duty", "place", "seen"),
    [
        ("editor", "school", {"示例小学"}),
        ("reviewer", "education_office", {"示例小学", "示例区教育局"}),
        ("administrator", "district", {"示例小学", "示例区教育局", "示例便民大厅"}),
        ("editor", "water", {"示例自来水公司"}),
        ("administrator", "portal", {"示例小学", "示例区教育局", "示例便民大厅", "示例自来水公司"}),
    ],
)
def test_everybody_sees_what_he_answers_for(town: Town, duty: str, place: str, seen: set[str]):
    for name in ("school", "education_office", "hall", "water"):
        read(getattr(town, name), 50)

    user = getattr(town, duty)(place)

    assert {row[0] for row in rows(user)} == seen
    client = signed_in(user)
    table = b"".join(client.get(reverse("demand:export", args=["reads", "csv"])).streaming_content).decode()
    assert {name for name in ("示例小学", "示例区教育局", "示例便民大厅", "示例自来水公司") if name in table} == seen


def test_numbers_are_summed_up_in_five_ways(town: Town):
    price = make_disclosure(town.water, town.entries["water_price"], title="水价公示")
    item = make_service_item(town.water, town.industries["waterworks"], title="水费查询", live=True)
    read(price, 20)
    read(town.water, 10)
    read(town.water, 7, subject=Subject.ITEM, key=item.pk)
    user = town.editor("water")

    assert [row[:2] for row in rows(user, "unit")] == [("示例自来水公司", "37")]
    assert [row[:2] for row in rows(user, "industry")] == [("自来水", "37")]
    assert [row[:2] for row in rows(user, "entry")] == [("水价", "20")]
    assert [row[:2] for row in rows(user, "page")] == [("水价公示", "20"), ("示例自来水公司", "10")]
    assert [row[:2] for row in rows(user, "item")] == [("水费查询", "7")]
    assert [row[:2] for row in rows(user, "nonsense")] == [("示例自来水公司", "37")]


def test_small_numbers_are_not_told(town: Town):
    read(town.water, 4)
    read(town.water, 2, ago=31)

    assert rows(town.editor("water")) == [("示例自来水公司", "不足 5", "不足 5", "", "0")]
    table = signed_in(town.editor("water")).get(reverse("demand:export", args=["reads", "csv"]))
    assert "不足 5,不足 5" in b"".join(table.streaming_content).decode()


def test_what_is_gone_still_counts(town: Town):
    read(town.water, 9, subject=Subject.PAGE, key=987654)

    assert rows(town.editor("water"), "page")[0][:2] == ("已不存在（987654）", "9")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({}, TODAY - timedelta(days=29), TODAY),
        ({"span": "7"}, TODAY - timedelta(days=6), TODAY),
        ({"span": "chosen", "since": "2026-11-01", "until": "2026-11-10"}, date(2026, 11, 1), date(2026, 11, 10)),
        ({"since": "2026-11-01"}, date(2026, 11, 1), TODAY),
        ({"span": "chosen", "until": "2026-11-10"}, date(2026, 10, 12), date(2026, 11, 10)),
        ({"span": "nonsense"}, TODAY - timedelta(days=29), TODAY),
        ({"since": "昨天", "until": "0001-01-01"}, TODAY - timedelta(days=29), TODAY),
        ({"span": "chosen", "since": "2026-11-10", "until": "2026-11-01"}, TODAY - timedelta(days=29), TODAY),
        ({"since": "2999-01-01"}, date(2999, 1, 1), date(2999, 1, 1)),
    ],
)
def test_the_days_are_chosen(asked: dict[str, str], first: date, last: date):
    period = PeriodForm(asked).period

    assert (period.first, period.last) == (first, last)
    assert period.before.last == first - timedelta(days=1)
    assert period.before.days == period.days


def test_odd_days_are_reported_and_nothing_fails(town: Town):
    answer = signed_in(town.editor("water")).get(READS, {"since": "2026-11-10", "until": "2026-11-01", "page": "x"})

    assert "结束日期不能早于开始日期。" in answer.content.decode()


def words(user: Any, **asked: str) -> list[tuple[str, int, int]]:
    page = signed_in(user).get(SEARCHES, asked).context["page"]
    return [(row["text"], row["now"], row["misses"]) for row in page]


def test_words_are_told_to_all_who_answer_for_something(town: Town):
    searched("水费", 40)
    searched("水费", 10, ago=5)
    searched("暖气不热", 30, missed=25)
    searched("学区", 12, missed=2, ago=40)

    for user in (town.editor("water"), town.reviewer("school"), make_person("boss", is_superuser=True)):
        assert words(user) == [("水费", 50, 0), ("暖气不热", 30, 25)]
        assert words(user, show="missed") == [("暖气不热", 30, 25)]


def test_who_keeps_the_words_can_add_one(town: Town):
    searched("暖气不热", 30, missed=25)
    add = f"{reverse('wagtailsnippets_snippets_searchwords:add')}?words="

    keeper, clerk = signed_in(town.administrator("portal")), signed_in(town.editor("water"))

    assert add in keeper.get(SEARCHES).content.decode()
    assert add not in clerk.get(SEARCHES).content.decode()
    assert 'value="暖气不热"' in keeper.get(f"{add}暖气不热").content.decode()


def test_the_start_page_tells_who_keeps_the_words(town: Town):
    searched("暖气不热", 30, missed=25)

    assert "被搜而无结果的词" in signed_in(town.administrator("portal")).get("/admin/").content.decode()
    assert "被搜而无结果的词" not in signed_in(town.editor("water")).get("/admin/").content.decode()


@pytest.mark.parametrize("report", ["reads", "searches"])
def test_a_report_is_carried_away_and_that_is_recorded(town: Town, report: str):
    read(town.water, 30)
    searched("=1+1", 40)

    answer = signed_in(town.editor("water")).get(reverse("demand:export", args=[report, "xlsx"]))

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    title, second = {"reads": ("示例自来水公司", None), "searches": ("=1+1", 40)}[report]
    assert [cell.value for cell in sheet[2]][:2] == [title, second]
    assert sheet["A2"].data_type == "s"
    assert Event.objects.filter(kind="export.demand").count() == 1


@pytest.mark.parametrize("by", ["unit", "industry", "entry", "page", "item"])
def test_a_report_asks_as_much_for_many_lines_as_for_one(town: Town, by: str, django_assert_max_num_queries: Any):
    item = make_service_item(town.water, town.industries["waterworks"], title="水费查询", live=True)
    for name in ("school", "education_office", "hall", "water"):
        read(getattr(town, name), 50)
    read(town.water, 7, subject=Subject.ITEM, key=item.pk, entry=town.entries["water_price"])
    client = signed_in(town.administrator("portal"))
    client.get(READS)

    with django_assert_max_num_queries(26):
        client.get(READS, {"by": by})
    with django_assert_max_num_queries(24):
        client.get(SEARCHES)


def test_nobody_else_comes_in(town: Town):
    for user in (make_person("stranger"), town.auditor("water")):
        for address in (READS, SEARCHES, reverse("demand:export", args=["reads", "csv"])):
            assert signed_in(user).get(address).status_code in {302, 403}


def test_there_is_no_other_report(town: Town):
    client = signed_in(town.editor("water"))

    assert client.get(reverse("demand:export", args=["other", "csv"])).status_code == 404
    assert client.get(reverse("demand:export", args=["reads", "pdf"])).status_code == 404
