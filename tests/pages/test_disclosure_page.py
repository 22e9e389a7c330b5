"""The page of a disclosure: the record, what holds and what does not, who answers for it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page

from media.models import Document
from pages.models import DisclosureAttachment, DisclosurePage, PublicationRecord
from tests.factories import make_disclosure, make_entry, make_page, make_service_item
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def price(town: Town, **fields) -> DisclosurePage:
    return make_disclosure(town.water, town.entries["water_price"], title=fields.pop("title", "居民水价"), **fields)


def test_the_record_says_what_the_standard_asks_for(town: Town):
    page = price(town, summary="自十二月起执行。", generated_on=date(2026, 11, 18), document_number="水价〔2026〕6号")
    page.tags.add("水价", "阶梯")
    page.save_revision().publish(skip_permission_checks=True)

    seen = Seen(page.url)

    fields = {each["label"]: str(each["value"]) for each in seen.context["fields"] if each["value"]}
    assert fields["索引号"] == page.record.index_number
    assert fields["目录事项"] == "B01 水价"
    assert (fields["发布机构"], fields["主管部门"]) == ("示例自来水公司", "市水务局")
    assert "2026年11月18日" in fields["生成日期"]
    assert "2026年11月23日 09:30" in fields["公开日期"]
    assert fields["文号"] == "水价〔2026〕6号"
    assert fields["主题分类"] == "自来水　基本信息"
    assert (fields["公开方式"], fields["公开范围"], fields["公开期限"]) == ("主动公开", "面向社会", "长期")
    assert fields["公开时限"] == "变更后 20 个工作日内"
    assert fields["效力状态"] == "现行有效"
    assert sorted(fields["关键词"].split("　")) == ["水价", "阶梯"]
    assert fields["内容概述"] == "自十二月起执行。"


def test_the_index_number_leads_to_its_permanent_address(town: Town):
    page = price(town)

    seen = Seen(page.url)

    assert seen.links[page.record.index_number] == f"http://localhost/i/{page.record.index_number}"
    assert seen.links["B01 水价"] == f"{town.water.url}catalogue/#B01"
    assert "<svg" in str(seen.context["qr"])


def test_the_newest_of_three_versions_holds(town: Town):
    first = price(town, title="水价一")
    second = price(town, title="水价二", supersedes=first)
    third = price(town, title="水价三", supersedes=second)

    seen = Seen(third.url)

    assert (seen.context["seal"], seen.context["version"]) == ("现行有效", 3)
    assert seen.context["validity"] is None
    versions = seen.context["versions"]
    assert [each["number"] for each in versions] == [3, 2, 1]
    assert [each["url"] for each in versions] == [third.url, second.url, first.url]
    assert [each["status"] for each in versions] == ["现行有效", "已被替代", "已被替代"]


def test_an_old_version_says_so_and_leads_to_what_holds(town: Town):
    first = price(town, title="水价一")
    second = price(town, title="水价二", supersedes=first)
    third = price(town, title="水价三", supersedes=second)

    seen = Seen(first.url)

    assert (seen.context["seal"], seen.context["void"]) == ("已被替代", True)
    assert seen.context["validity"]["state"] == "superseded"
    assert seen.context["validity"]["successor"]["url"] == third.url
    assert "自2026年11月23日起由新的公开信息替代" in seen.main


def test_a_repealed_disclosure_names_what_repealed_it_and_the_other_way_round(town: Town):
    old = price(town, title="旧办法")
    repeal = price(town, title="废止通知", repeals=old)

    seen_old, seen_repeal = Seen(old.url), Seen(repeal.url)

    assert "已废止" in seen_old.main
    assert seen_old.links["废止通知"] == repeal.url
    assert seen_repeal.links["旧办法"] == f"/i/{old.record.index_number}"
    assert seen_repeal.context["versions"] == []


def test_a_withdrawn_version_leads_to_the_reason(town: Town):
    first = price(town, title="水价一")
    second = price(town, title="水价二", supersedes=first)
    first.unpublish()

    seen = Seen(second.url)

    old = seen.context["versions"][-1]
    assert (old["status"], old["url"]) == ("已撤下", f"/i/{PublicationRecord.objects.get(page=first.pk).index_number}")


def test_a_changed_disclosure_says_when_it_changed(town: Town, clock):
    page = price(town)
    clock.shift(3 * 24 * 3600)

    page.save_revision().publish(skip_permission_checks=True)

    fields = {each["label"]: str(each["value"]) for each in Seen(page.url).context["fields"]}
    assert "2026年11月23日" in fields["公开日期"]
    assert "2026年11月26日" in fields["更新日期"]


def test_attachments_are_listed_with_kind_and_size(town: Town):
    document = Document(title="附件", owner_organisation=Page.objects.get(pk=town.water.pk))
    document.file.save("prices.xlsx", ContentFile(b"x" * 2048))
    page = price(town)
    page.attachments.add(DisclosureAttachment(title="收费标准表", document=document))
    page.save_revision().publish(skip_permission_checks=True)

    seen = Seen(page.url)

    assert "XLSX 2.0 KB" in seen.section("附件")
    assert seen.links["收费标准表"] == document.url


def test_related_are_others_of_the_same_entry_first(town: Town):
    other_entry = make_entry("water", "B09", title="抄表", group_code="B")
    same_group = make_disclosure(town.water, other_entry, title="抄表计划")
    same_entry = price(town, title="去年水价")
    make_disclosure(town.water, town.entries["water_profile"], title="另一类")
    page = price(town)

    seen = Seen(page.url)

    assert [each["title"] for each in seen.context["related"]] == [same_entry.title, same_group.title]


def test_the_responsible_chain_and_the_services_stand_beside_it(town: Town):
    make_service_item(town.water, town.industries["waterworks"], title="缴水费")
    page = price(town)

    seen = Seen(page.url)

    assert [each["title"] for each in seen.context["chain"]] == ["示例市办事公开网", "市水务局", "示例自来水公司"]
    assert seen.links["订阅本单位的公开"] == f"{town.water.url}feed.atom"


def test_a_draft_in_preview_has_neither_number_nor_seal(town: Town):
    page = make_page(DisclosurePage, town.water, live=False, entry=town.entries["water_price"], title="草稿")

    html = page.make_preview_request(preview_mode="").content.decode()

    assert "草稿" in html
    assert "现行有效" not in html
    assert "本页地址的二维码" not in html


def test_a_draft_without_an_entry_can_be_previewed(town: Town):
    page = DisclosurePage(title="刚开始写", slug="x", live=False)
    page.set_url_path(town.water)
    page._cached_parent_obj, page.path, page.depth = town.water, f"{town.water.path}9999", town.water.depth + 1
    page.locale = town.water.locale

    assert "刚开始写" in page.make_preview_request(preview_mode="").content.decode()


def test_an_english_reader_is_told_that_there_is_no_translation(town: Town):
    page = price(town)

    seen = Seen(f"/en{page.url}")

    assert seen.status == 200
    assert seen.context["missing_translation_url"] == page.url


def test_a_translation_shows_the_record_of_its_source(town: Town):
    page = price(town)
    in_english(town.portal)
    in_english(town.water_office)
    in_english(town.water)
    copy = in_english(page, {"居民水价": "Water prices"})

    seen = Seen(copy.url)

    assert page.record.index_number in seen.main
    assert seen.context["missing_translation_url"] == ""


def test_a_long_history_costs_as_many_queries_as_a_short_one(town: Town, django_assert_max_num_queries):
    page = price(town, title="水价零")
    for number in range(12):
        page = price(town, title=f"水价{number + 1}", supersedes=page)
    Seen(page.url)

    with django_assert_max_num_queries(45):
        seen = Seen(page.url)

    assert len(seen.context["versions"]) == 13
