"""`/api/v2/alerts/`: what other sites are to show now."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.languages.acts import in_english
from tests.town import Town

from .test_banner import TITLE, alert


def ask(query: str = "") -> Any:
    return Client().get(f"/api/v2/alerts/{query}")


def test_usually_there_are_none(town: Town):
    answer = ask()

    assert answer.json() == {"meta": {"total_count": 0, "changes_at": None}, "items": []}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_it_says_what_where_and_until_when(town: Town):
    notice = alert(town.portal, "district", division_codes="210202", area="示例街道")

    (found,) = ask().json()["items"]

    assert (found["title"], found["severity"], found["area"], found["locale"]) == (TITLE, "red", "示例街道", "zh-hans")
    assert found["scope"] == {"kind": "district", "divisions": ["210202"], "industry": None, "organisation": None}
    assert found["detail_url"].endswith(f"/api/v2/notices/{notice.pk}/")


def test_each_scope_is_named_by_its_code(town: Town):
    alert(town.water, "organisation")
    alert(town.water_office, "industry")

    scopes = {each["scope"]["kind"]: each["scope"] for each in ask().json()["items"]}

    assert scopes["organisation"]["organisation"] == town.water.roster.code
    assert scopes["industry"]["industry"] == "water"


def test_what_is_over_ahead_or_withdrawn_is_not_told(clock: Any, town: Town):
    alert(town.water, "organisation").unpublish()

    assert ask().json()["items"] == []


def test_in_english_where_there_is_a_translation(town: Town):
    in_english(town.portal)
    in_english(alert(town.portal, "city"))
    alert(town.portal, "city", title="示例二")

    found = {each["locale"] for each in ask("?locale=en").json()["items"]}

    assert found == {"en", "zh-hans"}


def test_an_unknown_parameter_is_refused(town: Town):
    assert ask("?lang=en").status_code == 400


def test_their_number_costs_nothing(town: Town, django_assert_max_num_queries: Any):
    for number in range(5):
        alert(town.portal, "district", title=f"示例{number}", division_codes="210202")
    ask()

    with django_assert_max_num_queries(4):
        assert ask().json()["meta"]["total_count"] == 5
