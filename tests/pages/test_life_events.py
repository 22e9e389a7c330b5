"""Services by what happens in a life."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from snippets.models import LifeEvent, LifeEventItem, ServiceItem
from tests.factories import ServiceIndexPage, make_page, make_service_item
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hall(town: Town) -> Any:
    return make_page(ServiceIndexPage, town.portal, title="在线服务大厅")


@pytest.fixture
def moving(town: Town) -> LifeEvent:
    found = LifeEvent.objects.create(code="moving", title="搬家", title_en="Moving", summary="过户、报装、迁址")
    for number, title in enumerate(["用水过户", "报装用水"]):
        item = make_service_item(town.water, town.industries["waterworks"], code=f"m{number}", title=title)
        LifeEventItem.objects.create(event=found, item=item, sort_order=1 - number)
    return found


def test_the_hall_shows_life_events_with_the_number_of_their_services(hall: Any, moving: LifeEvent) -> None:
    seen = Seen(hall.url)

    assert "搬家 过户、报装、迁址 2 项" in seen.section("按人生事件查")
    assert seen.links["搬家"] == f"{hall.url}?life_event=moving"


def test_a_life_event_lists_its_services_in_the_order_they_are_needed(hall: Any, moving: LifeEvent) -> None:
    seen = Seen(hall.url, life_event="moving")

    assert [row["title"] for row in seen.context["rows"]] == ["报装用水", "用水过户"]
    assert "过户、报装、迁址" in seen.section("搬家")


def test_what_is_not_approved_is_in_no_life_event(hall: Any, moving: LifeEvent) -> None:
    ServiceItem.objects.update(live=False)

    seen = Seen(hall.url, life_event="moving")

    assert seen.context["life_events"] == []
    assert "没有“moving”这个选项" in seen.main


def test_the_guide_names_the_life_events_it_belongs_to(hall: Any, moving: LifeEvent) -> None:
    assert Seen(f"{hall.url}m0/").links["搬家"] == f"{hall.url}?life_event=moving"


def test_life_events_are_named_in_the_language_that_is_read(hall: Any, moving: LifeEvent) -> None:
    in_english(hall)

    assert "Moving" in Seen(f"/en{hall.url}").main


def test_a_translation_is_not_grouped_by_itself(town: Town, moving: LifeEvent) -> None:
    item = ServiceItem.objects.get(code="m0")
    in_english(item, {"用水过户": "Transfer"})
    english = ServiceItem.objects.get(code="m0", locale__language_code="en")

    with pytest.raises(ValidationError):
        LifeEventItem(event=moving, item=english).full_clean()


def test_more_life_events_cost_no_more_queries(town: Town, hall: Any, moving: LifeEvent) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen(hall.url)
        return len(queries)

    cost()
    few = cost()
    for number in range(9):
        more = LifeEvent.objects.create(code=f"event-{number}", title=f"事件{number}")
        LifeEventItem.objects.create(event=more, item=ServiceItem.objects.get(code="m0"))

    assert cost() == few
