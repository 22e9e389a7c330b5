"""The map as a list: what is found, in which order, under which numbers; and what is refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_service_item, make_unit
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

from .conftest import add_outlet, put

pytestmark = pytest.mark.usefixtures("clock")


def titles(seen: Seen) -> list[str]:
    return [row["title"] for row in seen.context["rows"]]


def test_the_list_has_every_place_with_address_or_position(placed: Town):
    seen = Seen("/map/")

    assert seen.status == 200
    assert titles(seen) == ["示例自来水公司", "示例营业厅一", "示例小学", "示例便民大厅", "示例营业厅二"]
    assert [row["number"] for row in seen.context["rows"]] == [1, 2, 3, 4, 5]
    assert "位置待补充" in seen.main


def test_the_home_page_and_units_lead_to_the_map(placed: Town):
    assert Seen("/").links["地图"] == "/map/"
    assert Seen(placed.water.url).links["在地图上看"].startswith("/map/?near=")


def test_an_industry_a_service_and_a_district_narrow_the_list(placed: Town):
    assert titles(Seen("/map/", industry="water")) == ["示例自来水公司", "示例营业厅一", "示例营业厅二"]
    assert titles(Seen("/map/", industry="primary-school")) == ["示例小学"]
    assert titles(Seen("/map/", service="缴费")) == ["示例营业厅一"]
    assert titles(Seen("/map/", division="210202")) == ["示例小学", "示例便民大厅"]


def test_a_service_item_leads_to_its_provider(placed: Town):
    make_service_item(placed.school, placed.industries["primary"], title="学籍查询")

    assert titles(Seen("/map/", service="学籍")) == ["示例小学"]


def test_only_what_is_open_now_is_listed_and_what_is_not_known_is_told(placed: Town):
    put(placed.school, "121.64", "38.92", hours="周六 9:00–12:00")

    seen = Seen("/map/", open="on")

    assert titles(seen) == ["示例营业厅一"]
    assert "另有 3 处没有写清开门时间" in seen.main
    assert "现在开门" in seen.main


def test_from_a_place_the_nearest_comes_first_with_its_distance(placed: Town):
    seen = Seen("/map/", near="示例小学")

    assert titles(seen) == ["示例小学", "示例营业厅一", "示例自来水公司", "示例便民大厅", "示例营业厅二"]
    assert [row["distance"] for row in seen.context["rows"]] == ["0 米", "870 米", "4.1 公里", "6.2 公里", ""]
    assert "离示例小学由近到远" in seen.main


def test_a_street_lies_in_the_middle_of_what_is_known_there(placed: Town):
    seen = Seen("/map/", near="示例街道")

    assert titles(seen)[0] == "示例便民大厅"
    assert "位置按辖区内单位的中点估算" in seen.main


def test_a_street_may_be_named_by_its_code_or_in_traditional_characters(placed: Town):
    assert titles(Seen("/map/", near="210202001"))[0] == "示例便民大厅"
    assert "離示例街道由近到遠" in Seen("/zh-hant/map/", near="示例街道").main


def test_a_name_of_several_places_asks_which(placed: Town):
    seen = Seen("/map/", near="示例便")
    make_unit(placed.street, title="示例便民超市", division_code="210202001")
    both = Seen("/map/", near="示例便")

    assert seen.context["choices"] == []
    assert "请选一处" in both.main
    chosen = both.context["choices"][1].key
    assert titles(Seen("/map/", near=chosen))[0] == "示例便民大厅"


def test_a_place_that_is_not_is_told_and_everything_stays_listed(placed: Town):
    seen = Seen("/map/", near="子虚乌有街", industry="water")

    assert seen.status == 404
    assert "没有找到“子虚乌有街”这个地方" in seen.main
    assert len(titles(seen)) == 3


def test_a_pair_of_degrees_serves_as_well(placed: Town):
    seen = Seen("/map/", at="121.7001,38.9501")

    assert titles(seen)[0] == "示例便民大厅"
    assert "离选定的位置由近到远" in seen.main


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2.35,48.85", "不在本市范围内"),
        ("38.9,121.6", "可能写反了"),
        ("abc", "位置应写成"),
        ("121.6", "位置应写成"),
        ("nan,nan", "位置应写成"),
        ("1e9,0", "位置应写成"),
        ("999,38", "经度应在"),
        ("１２１.6,38.9", "位置应写成"),
    ],
)
def test_an_odd_position_is_refused_in_words(placed: Town, at, sentence):
    seen = Seen("/map/", at=at, industry="water")

    assert seen.status == 400
    assert sentence in seen.main
    # What was chosen besides stays in the form.
    assert 'value="water" selected' in seen.html


@pytest.mark.parametrize("address", ["/map/", "/map/embed/", "/map/serving/", "/map/route/"])
def test_what_no_form_sends_is_refused_in_words(placed: Town, address):
    many = {f"f{number}": "x" for number in range(200)}

    assert (Seen(address, **many).status, Seen(address, near="a\x00b").status) == (400, 400)
    assert "条件太多" in Seen(address, **many).html
    assert "不能识别的字符" in Seen(address, near="a\x00b").html


def test_a_choice_nobody_offers_is_said_to_be_wrong_and_the_others_hold(placed: Town):
    seen = Seen("/map/", industry="no-such", division="210202", page="900")

    assert seen.status == 200
    assert "没有“no-such”这个选项" in seen.main
    assert titles(seen) == ["示例小学", "示例便民大厅"]


@pytest.mark.parametrize("near", ["'", "%", "\\", "🏠", "水" * 300, "<script>", "~", "210202999"])
def test_no_words_break_it(placed: Town, near):
    seen = Seen("/map/", near=near, service=near)

    assert seen.status in {200, 404}
    assert "<script>alert" not in seen.html


def test_numbers_go_on_from_page_to_page(placed: Town):
    for number in range(25):
        add_outlet(placed.water, f"网点{number:02d}", "121.6", "38.9")

    seen = Seen("/map/", industry="water", page=2)

    assert [row["number"] for row in seen.context["rows"]] == list(range(21, 29))
    assert 'start="21"' in seen.html


def test_the_number_of_queries_does_not_grow(placed: Town):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Seen("/map/", near="示例街道", open="on", division="210202")
        return len(queries)

    put(placed.hall, "121.7", "38.95", hours="每日 8:00-20:00")
    asked()
    few = asked()
    for number in range(12):
        unit = make_unit(placed.street, title=f"便民点{number}", division_code="210202001")
        put(unit, "121.7", "38.95", hours="每日 8:00-20:00")

    assert asked() == few <= 24


def test_abroad_the_list_is_named_in_english_where_it_is_translated(placed: Town):
    in_english(placed.water, {"示例自来水公司": "Example Waterworks"})

    seen = Seen("/en/map/", industry="water")

    assert titles(seen)[0] == "Example Waterworks"
    assert seen.context["rows"][0]["url"].startswith("/en/")


def test_abroad_what_is_not_translated_says_so(placed: Town):
    html, at_home = Seen("/en/map/", industry="water").html, Seen("/map/", industry="water").html

    assert 'lang="zh-Hans">示例营业厅一</a>' in html
    assert '<span lang="zh-Hans">示例街 2 号</span>' in html
    assert '<span lang="zh-Hans">工作日 8:30–17:00</span>' in html
    assert f'<div class="muted" lang="zh-Hans">{placed.water.title}</div>' in html
    assert 'lang="zh-Hans">' not in at_home.partition('id="places-list"')[2].partition("</section>")[0]


def test_public_caches_may_keep_it_and_ask_again(placed: Town):
    client = Client(SERVER_NAME="localhost")
    first = client.get("/map/")

    assert first["Cache-Control"] == "public, no-cache"
    assert client.get("/map/", headers={"if-none-match": first["ETag"]}).status_code == 304
