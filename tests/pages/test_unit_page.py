"""The page of a unit: profile, phones, disclosures by group, what is owed, who answers for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from wagtail.models import Site

from pages.models import OrganisationPhone, PhoneCheck, ServiceOutlet
from pages.roster import set_roster_state
from snippets.models import CatalogueEntry, PortalSettings
from tests.blocks.samples import raw_stream
from tests.factories import (
    ServiceIndexPage,
    make_disclosure,
    make_entry,
    make_notice,
    make_page,
    make_service_item,
)
from tests.town import Town

from .seen import Seen

pytestmark = pytest.mark.usefixtures("clock")


def save(page) -> None:
    page.save_revision().publish()


def test_the_breadcrumbs_follow_the_chain(town: Town):
    school = Seen(town.school.url)

    assert school.crumbs == ["首页", "示例区", "示例区教育局", "示例小学"]
    assert school.links["示例区教育局"] == town.education_office.url


def test_the_head_says_what_it_is_and_how_to_reach_it(town: Town):
    town.school.introduction, town.school.address, town.school.hours = (
        "服务示例街道。",
        "示例路 1 号",
        "工作日 8:00–16:30",
    )
    town.school.phones = [
        OrganisationPhone(label="总机", number="0411-0000-0001"),
        OrganisationPhone(label="热线", number="0411-0000-0002", is_hotline=True),
    ]
    save(town.school)

    school = Seen(town.school.url)

    assert school.context["kicker"] == ["公共企事业单位", "小学", "示例区"]
    assert [fact["value"] for fact in school.context["facts"]] == ["0411-0000-0002", "示例路 1 号", "工作日 8:00–16:30"]
    assert school.links["0411-0000-0002"] == "tel:041100000002"


def test_typed_fields_are_shown_and_empty_ones_are_not(town: Town):
    town.school.stage, town.school.classes = "primary", 36
    save(town.school)

    profile = Seen(town.school.url).section("单位情况")

    assert "学段 小学" in profile
    assert "班级数 36" in profile
    assert "寄宿" not in profile


def test_a_phone_says_when_it_was_last_answered(town: Town):
    town.water.phones = [OrganisationPhone(label="报修", number="0411-0000-0001")]
    save(town.water)
    PhoneCheck.objects.create(organisation=town.water, number="0411-0000-0001", tested_on=date(2026, 11, 20))

    assert "号码于2026年11月20日拨测接通" in Seen(town.water.url).section("电话")


def test_a_phone_nobody_answered_is_not_called_tested(town: Town):
    town.water.phones = [OrganisationPhone(label="报修", number="0411-0000-0001")]
    save(town.water)
    PhoneCheck.objects.create(
        organisation=town.water, number="0411-0000-0001", tested_on=date(2026, 11, 20), answered=False
    )

    assert "拨测接通" not in Seen(town.water.url).html


def test_disclosures_stand_in_the_groups_of_the_catalogue(town: Town):
    reports = make_entry("water", "C01", title="水质", group_title="服务信息")
    make_disclosure(town.water, reports, title="水质公告")
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")

    water = Seen(town.water.url)

    shown = [(group["title"], [row["title"] for row in group["rows"]]) for group in water.context["groups"]]
    assert shown == [("基本信息", ["公司概况"]), ("服务信息", ["水质公告"])]
    assert 'id="C01"' in water.html
    assert water.links["C01"] == "#C01"


def test_what_is_superseded_stands_on_the_catalogue_page_only(town: Town):
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价")
    make_disclosure(town.water, town.entries["water_price"], title="新水价", supersedes=old)

    water = Seen(town.water.url)

    assert "旧水价" not in water.main
    assert "本事项另有 1 条" in water.main
    assert water.links["本事项另有 1 条"] == f"{town.water.url}catalogue/#B01"


def test_of_one_entry_the_newest_three_are_listed(town: Town):
    for month in range(1, 6):
        make_disclosure(town.water, town.entries["water_profile"], title=f"{month}月概况")

    water = Seen(town.water.url)

    assert [row["title"] for row in water.context["groups"][0]["rows"]] == ["5月概况", "4月概况", "3月概况"]
    assert "本事项另有 2 条" in water.main


def test_what_is_owed_is_folded_and_leads_to_the_catalogue(town: Town, clock):
    set_roster_state(town.water, "included", "示例", date(2026, 1, 5))
    make_disclosure(town.water, town.entries["water_profile"], title="公司概况")

    water = Seen(town.water.url)

    assert "目录共 3 项，已公开 1 项。1 项应公开而尚未公开。" in water.section("公开情况")
    assert "尚未公开：1 项" in water.main
    assert "逾期未更新" not in water.main
    assert [row["code"] for row in water.context["owed"]] == ["B01"]
    assert water.context["owed"][0]["overdue"].startswith("逾期 ")
    assert "<details>" in water.html
    assert water.links["看完整的公开目录"] == f"{town.water.url}catalogue/"


def test_what_is_there_but_not_renewed_is_public_and_late_not_missing(town: Town, clock):
    make_entry("water", "B07", title="水质", cycle="periodic", cycle_amount=1, cycle_unit="month")
    make_disclosure(town.water, town.entries["water_profile"])
    make_disclosure(town.water, town.entries["water_price"])
    make_disclosure(town.water, CatalogueEntry.objects.get(catalogue="water", code="B07"), title="九月水质")

    clock.move_to(datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    water = Seen(town.water.url)

    assert "目录共 4 项，已公开 3 项。其中 1 项逾期未更新。" in water.section("公开情况")
    assert "逾期未更新：1 项" in water.main
    assert "尚未公开" not in water.main
    assert [(cell["code"], cell["state"]) for cell in water.context["cells"]][-1] == ("B07", "bad")
    assert "目录共 4 项，已公开 3 项。其中 1 项逾期未更新。" in Seen(f"{town.water.url}catalogue/").main


def test_the_numbers_of_the_sentence_are_those_of_the_groups(town: Town):
    make_entry("water", "F02", title="满意度", is_mandatory=False)
    make_disclosure(town.water, town.entries["water_profile"])
    make_disclosure(town.water, CatalogueEntry.objects.get(catalogue="water", code="F02"))

    catalogue = Seen(f"{town.water.url}catalogue/")

    groups, summary = catalogue.context["groups"], catalogue.context["summary"]
    assert summary["total"] == sum(group["total"] for group in groups) == 4
    assert summary["there"] == sum(group["done"] for group in groups) == 2


def test_what_only_an_event_brings_is_not_owed(town: Town):
    make_disclosure(town.water, town.entries["water_profile"])
    make_disclosure(town.water, town.entries["water_price"])

    water = Seen(town.water.url)

    # B02, emergency repairs: there was none.
    assert water.context["owed"] == []
    assert water.context["summary"]["missing"] == 0


def test_a_unit_without_disclosures_says_what_will_be_there_and_who_answers(town: Town):
    town.water_office.supervision_phone = "0411-0000-0003"
    save(town.water_office)

    status = Seen(town.water.url).section("公开情况")

    assert "按目录应公开 2 项，公开后列在这里。" in status
    assert "由市水务局负责" in status
    assert "0411-0000-0003" in status


def test_the_latest_price_is_shown_in_full(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="现行水价", body=raw_stream("text", "fee_table"))

    prices = Seen(town.water.url).section("价格和收费")

    assert "第一阶梯 3.20" in prices
    assert "现行水价" in prices


def test_a_superseded_price_is_not_shown_as_the_price(town: Town):
    old = make_disclosure(town.water, town.entries["water_price"], body=raw_stream("fee_table"))
    make_disclosure(town.water, town.entries["water_price"], title="取消收费", body=raw_stream("text"), supersedes=old)

    assert "第一阶梯" not in Seen(town.water.url).main


def test_the_timetable_is_shown_in_full(town: Town):
    entry = make_entry("education_school", "D05", title="作息时间", content_kind="schedule")
    make_disclosure(town.school, entry, title="作息表", body=raw_stream("schedule"))

    assert "抄表日" in Seen(town.school.url).section("时间安排")


def test_entries_of_phones_and_outlets_lead_to_the_rows_on_the_page(town: Town):
    make_entry("water", "A03", title="营业网点", content_kind="outlet_list")
    town.water.outlets = [ServiceOutlet(name="示例营业厅", address="示例街 18 号", phones="0411-0000-0101；12345")]
    save(town.water)

    water = Seen(town.water.url)

    assert water.links["营业网点"] == "#outlets"
    assert 'id="outlets"' in water.html
    assert "示例营业厅" in water.section("服务网点（1 处）")
    assert water.links["12345"] == "tel:12345"


def test_the_chain_names_each_superior_with_its_phone(town: Town):
    town.education_office.supervision_phone = "0411-0000-0044"
    save(town.education_office)

    chain = Seen(town.school.url).section("谁对它负责")

    assert (
        chain.index("示例市办事公开网") < chain.index("示例区 ") < chain.index("示例区教育局") < chain.index("示例小学")
    )
    assert "上级，受理对公开的意见 0411-0000-0044" in chain


def test_its_notices_and_services_are_its_own(town: Town):
    make_page(ServiceIndexPage, town.portal, title="在线服务")
    make_notice(town.water, title="停水通告")
    make_notice(town.school, title="招生预告")
    make_service_item(town.water, town.industries["water"], title="缴水费")
    make_service_item(town.school, town.industries["education"], title="报名")

    water = Seen(town.water.url)

    assert "停水通告" in water.main
    assert "招生预告" not in water.main
    assert "缴水费" in water.section("在线服务")
    assert "报名" not in water.main


def test_a_draft_unit_is_not_served(town: Town):
    town.hall.unpublish()

    assert Seen(town.hall.url).status == 404


def test_a_sample_is_marked_beside_the_name(town: Town):
    settings = PortalSettings.for_site(Site.objects.get())
    settings.is_sample = True
    settings.save()

    kicker = Seen(town.water.url).html.partition('class="kicker"')[2].partition("</p>")[0]

    assert "示例</span>" in kicker


@pytest.mark.parametrize("records", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_content(town: Town, records: int, django_assert_max_num_queries):
    make_page(ServiceIndexPage, town.portal, title="在线服务")
    schedule = make_entry("education_school", "D05", title="作息时间", content_kind="schedule")
    town.school.phones = [OrganisationPhone(label=f"电话{n}", number=f"0411-0000-00{n:02}") for n in range(records)]
    town.school.outlets = [ServiceOutlet(name=f"网点{number}", address="示例街") for number in range(records)]
    save(town.school)
    for number in range(records):
        make_disclosure(town.school, town.entries["school_admission"], title=f"招生{number}")
        make_disclosure(town.school, schedule, body=raw_stream("schedule"))
        make_notice(town.school, ends_at=timezone.now() + timedelta(days=number + 1))
        make_service_item(town.school, town.industries["education"])
    Seen(town.school.url)

    # One of them asks whether there is an emergency.
    with django_assert_max_num_queries(26):
        assert Seen(town.school.url).status == 200
