"""The service hall and the guides to service items."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from snippets.models import ItemHealth, ServiceItem
from tests.factories import IndustryPage, ServiceIndexPage, make_disclosure, make_entry, make_page, make_service_item
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def hall(town: Town) -> ServiceIndexPage:
    page: ServiceIndexPage = make_page(ServiceIndexPage, town.portal, title="在线服务大厅")
    return page


def pay(town: Town, **fields) -> ServiceItem:
    return make_service_item(
        town.water,
        town.industries["waterworks"],
        **{
            "code": "pay",
            "title": "缴纳水费",
            "service_class": "payment",
            "link": "https://pay.example.com/",
            "personal_input": "户号；手机号",
            "phone": "0411-0000-0000",
            "place": "示例营业厅",
            "help_text": "有户号就能缴。\n逾期先提醒。",
            "steps": "找到户号：印在账单左上角。\n2. 付款",
            "materials": "水费账单\n银行卡",
            **fields,
        },
    )


def titles(seen: Seen) -> list[str]:
    return [row["title"] for row in seen.context["rows"]]


def test_the_hall_shows_classes_industries_and_all_items(town: Town, hall):
    pay(town)
    make_service_item(None, town.industries["primary"], title="入学登记", service_class="registration")

    seen = Seen(hall.url)

    assert [each["title"] for each in seen.context["classes"]] == ["缴费", "登记备案"]
    assert [(each["title"], each["number"]) for each in seen.context["sectors"]] == [("教育", 1), ("供水", 1)]
    assert sorted(titles(seen)) == ["入学登记", "缴纳水费"]
    assert seen.links["缴纳水费"] == f"{hall.url}pay/"


@pytest.mark.parametrize(
    "query", [{"class": "payment"}, {"industry": "water"}, {"industry": "waterworks", "class": "payment"}]
)
def test_class_and_industry_narrow_the_hall(town: Town, hall, query):
    pay(town)
    make_service_item(None, town.industries["primary"], title="入学登记", service_class="registration")

    seen = Seen(hall.url, **query)

    if query.get("industry") == "waterworks":
        assert "没有“waterworks”这个选项" in seen.main
    assert titles(seen) == ["缴纳水费"]


def test_a_provider_narrows_the_hall_by_its_roster_code(town: Town, hall):
    pay(town)
    make_service_item(None, town.industries["primary"], title="入学登记")

    seen = Seen(hall.url, provider=town.water.roster.code)

    assert titles(seen) == ["缴纳水费"]
    assert "示例自来水公司的服务" in seen.main


def test_an_unknown_provider_shows_all(town: Town, hall):
    pay(town)

    for code in ("nobody", "\x00", "x" * 999):
        assert titles(Seen(hall.url, provider=code)) == ["缴纳水费"]


def test_a_guide_leads_to_the_provider_and_says_who_takes_the_data(town: Town, hall):
    ItemHealth.objects.create(item=pay(town), state="working", confirmed_on=date(2026, 11, 20))

    seen = Seen(f"{hall.url}pay/")

    assert seen.links["去缴费（离开本站）"] == "https://pay.example.com/"
    assert "有户号就能缴。办理在提供单位的网站完成，本站不收集您的个人信息。" in seen.main
    assert "户号、手机号。这些信息由提供单位收取，本站不收集、不保存。" in seen.section("个人信息")
    assert "2026年11月20日核验" in seen.main
    assert seen.crumbs == ["首页", "在线服务大厅", "缴费类", "缴纳水费"]


def test_steps_part_what_to_do_from_what_to_know(town: Town, hall):
    pay(town)

    seen = Seen(f"{hall.url}pay/")

    assert seen.context["steps"] == [
        {"title": "找到户号", "text": "印在账单左上角。"},
        {"title": "付款", "text": ""},
    ]
    assert "水费账单" in seen.section("要带的材料")


def test_without_a_link_telephone_and_counter_come_first(town: Town, hall):
    pay(town, link="")

    seen = Seen(f"{hall.url}pay/")

    assert [action["url"] for action in seen.context["actions"]] == ["tel:041100000000", "#offline"]
    assert "暂不能在网上办理" in seen.main
    assert seen.main.index("示例营业厅") < seen.main.index("找到户号")


def test_an_item_of_a_whole_branch_leads_to_the_industry(town: Town, hall):
    industry = make_page(IndustryPage, town.portal, title="教育", industry=town.industries["education"])
    make_service_item(None, town.industries["primary"], code="enrol")

    seen = Seen(f"{hall.url}enrol/")

    assert "小学各单位分别办理" in seen.main
    assert seen.links["教育"] == industry.url


def test_charges_of_the_provider_stand_beside_the_guide(town: Town, hall):
    price = make_disclosure(town.water, town.entries["water_price"], title="水价表")
    make_disclosure(town.water, make_entry("water", "B08", title="抄表"), title="抄表计划")
    pay(town)

    seen = Seen(f"{hall.url}pay/")

    assert [each["url"] for each in seen.context["charges"]] == [price.url]


@pytest.mark.parametrize("code", ["nope", "draft"])
def test_what_is_no_live_item_is_not_found(town: Town, hall, code):
    pay(town, code="draft", live=False)

    assert Seen(f"{hall.url}{code}/").status == 404


def test_the_preview_of_a_draft_shows_the_guide(town: Town):
    item = pay(town, live=False)

    html = item.make_preview_request(preview_mode="").content.decode()

    assert "去缴费（离开本站）" in html
    assert "示例自来水公司办理" in html


def test_a_guide_without_translation_says_so_in_english(town: Town, hall):
    pay(town)

    seen = Seen(f"/en{hall.url}pay/")

    assert seen.status == 200
    assert seen.context["missing_translation_url"] == f"{hall.url}pay/"


def test_a_translated_guide_is_shown_in_english(town: Town, hall):
    item = pay(town)
    in_english(item, {"缴纳水费": "Pay your water bill"})

    seen = Seen(f"/en{hall.url}pay/")

    assert "Pay your water bill" in seen.main
    assert seen.context["missing_translation_url"] == ""


def test_more_items_cost_no_more_queries(town: Town, hall):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Seen(hall.url)
        return len(queries)

    pay(town)
    Seen(hall.url)
    few = cost()
    for number in range(12):
        make_service_item(town.water if number % 2 else town.hall, town.industries["waterworks"], title=f"服务{number}")

    assert cost() == few
