"""What the public reads of how a service runs: interrupted, under maintenance, or nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pages.models import ServiceOutlet
from snippets.models import ItemHealth, Maintenance, ServiceItem
from tests.clock import NOW
from tests.factories import ServiceIndexPage, make_page, make_service_item
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hall(town: Town) -> Any:
    return make_page(ServiceIndexPage, town.portal, title="在线服务大厅")


def pay(town: Town, **fields: Any) -> ServiceItem:
    return make_service_item(
        town.water,
        town.industries["waterworks"],
        **{
            "code": "pay",
            "title": "缴纳水费",
            "link": "https://pay.example.com/",
            "phone": "0411-0000-0000",
            "place": "示例营业厅",
            "steps": "找到户号",
            **fields,
        },
    )


def down(item: ServiceItem) -> ItemHealth:
    return ItemHealth.objects.create(item=item, state="down", since=NOW - timedelta(days=2), reason="status 500")


def resting(item: ServiceItem, **fields: Any) -> Maintenance:
    times = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=2)}
    return Maintenance.objects.create(item=item, **{**times, **fields})


def test_a_service_that_is_down_leads_with_phone_and_counter(town: Town, hall: Any) -> None:
    down(pay(town))

    seen = Seen(f"{hall.url}pay/")

    assert "网上办理暂时不通（11月21日起），请打电话或到现场。" in seen.main
    assert [action["url"] for action in seen.context["actions"]] == [
        "tel:041100000000",
        "#offline",
        "https://pay.example.com/",
    ]
    assert seen.main.index("示例营业厅") < seen.main.index("找到户号")


def test_what_it_fails_with_is_not_told_to_the_public(town: Town, hall: Any) -> None:
    down(pay(town))

    assert "500" not in Seen(f"{hall.url}pay/").main


def test_maintenance_is_shown_from_its_beginning_to_its_end(town: Town, hall: Any, clock: Any) -> None:
    resting(pay(town))

    during = Seen(f"{hall.url}pay/").main
    clock.shift(timedelta(hours=3))
    afterwards = Seen(f"{hall.url}pay/").main

    assert "网上办理维护中，预计11月23日 11:30恢复（系统升级），请打电话或到现场。" in during
    assert "维护中" not in afterwards


def test_maintenance_ahead_is_no_news_yet(town: Town, hall: Any) -> None:
    resting(pay(town), starts_at=NOW + timedelta(hours=1))

    assert "维护中" not in Seen(f"{hall.url}pay/").main


def test_one_failure_changes_nothing(town: Town, hall: Any) -> None:
    ItemHealth.objects.create(item=pay(town), state="unknown", reason="status 500")

    seen = Seen(f"{hall.url}pay/")

    assert seen.context["actions"][0]["url"] == "https://pay.example.com/"
    assert "暂时不通" not in seen.main


def test_the_hall_marks_what_is_interrupted(town: Town, hall: Any) -> None:
    down(pay(town))
    resting(make_service_item(town.water, town.industries["waterworks"], title="查询水费"))
    make_service_item(town.water, town.industries["waterworks"], title="用水报装")

    rows = {row["title"]: row["interruption"] for row in Seen(hall.url).context["rows"]}

    assert rows == {"缴纳水费": "暂时不通", "查询水费": "维护中", "用水报装": ""}


def test_a_translation_runs_as_its_source_does(town: Town, hall: Any) -> None:
    item = pay(town)
    down(item)
    in_english(item, {"缴纳水费": "Pay your water bill"})

    seen = Seen(f"/en{hall.url}pay/")

    assert "Pay your water bill" in seen.main
    assert seen.context["running"].is_interrupted
    assert seen.context["actions"][0]["url"] == "tel:041100000000"


def test_without_a_phone_of_its_own_it_leads_to_the_counters(town: Town, hall: Any) -> None:
    down(pay(town, phone="", place=""))
    town.water.outlets.add(ServiceOutlet(name="示例网点", address="示例路1号"))
    town.water.save()

    seen = Seen(f"{hall.url}pay/")

    assert [action["url"] for action in seen.context["actions"]] == ["#counters", "https://pay.example.com/"]


def test_the_preview_shows_the_item_as_written(town: Town) -> None:
    item = pay(town)
    down(item)

    assert "暂时不通" not in item.make_preview_request(preview_mode="").content.decode()


def test_the_guide_leads_to_the_counters_of_its_industry_on_the_map(town: Town, hall: Any) -> None:
    pay(town)

    seen = Seen(f"{hall.url}pay/")

    assert seen.links["在地图上看全部"] == "/map/?industry=waterworks"
    assert 'name="near"' in seen.html
    assert timezone.now() == NOW
