"""Which company serves an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from industries.water.models import WaterPage
from pages.models import NoticeKind, UnitPage
from tests.factories import make_notice, make_unit
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def served(town: Town) -> Town:
    """Let the waterworks serve the district, and another company one community of the street."""
    UnitPage.objects.filter(pk=town.water.pk).update(service_divisions="210202；210203001")
    make_unit(
        town.water_office,
        WaterPage,
        title="示例第二水厂",
        industry=town.industries["waterworks"],
        service_divisions="210202001005",
    )
    return town


def names(seen: Seen) -> list[tuple[str, bool]]:
    return [(row["title"], row["is_whole"]) for row in seen.context["rows"]]


def test_a_unit_serves_a_street_within_its_district(served: Town):
    seen = Seen("/map/serving/", near="示例街道")

    assert names(seen) == [("示例自来水公司", True), ("示例第二水厂", False)]
    assert "只服务其中部分地方" in seen.main


def test_without_a_place_it_asks_for_one(served: Town):
    seen = Seen("/map/serving/")

    assert seen.status == 200
    assert seen.context["rows"] == []
    assert "您住在哪里" in seen.main


def test_a_place_nobody_has_said_to_serve_is_told(town: Town):
    assert "还没有单位登记服务这里" in Seen("/map/serving/", near="示例街道").main


def test_a_place_that_is_not_is_told(served: Town):
    seen = Seen("/map/serving/", near="子虚乌有街")

    assert seen.status == 404
    assert "没有找到“子虚乌有街”" in seen.main


def test_outages_of_the_place_stand_below(served: Town):
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=4), "kind": NoticeKind.EMERGENCY}
    make_notice(served.water, title="全区停水", division_codes="210202", **times)
    make_notice(served.water, title="别区停水", division_codes="210203", **times)

    seen = Seen("/map/serving/", near="示例街道")

    assert [row["title"] for row in seen.context["outages"]] == ["全区停水"]


def test_the_number_of_queries_does_not_grow(served: Town):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen("/map/serving/", near="示例街道")
        return len(queries)

    asked()
    few = asked()
    for number in range(6):
        make_unit(served.water_office, WaterPage, title=f"水厂{number}", service_divisions="210200")

    assert asked() == few <= 18


def test_what_is_no_code_is_refused_by_name(town: Town):
    town.water.service_divisions = "210202；中山区"

    with pytest.raises(ValidationError, match="中山区"):
        town.water.clean()
