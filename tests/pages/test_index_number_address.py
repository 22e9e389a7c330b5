"""The permanent address of an index number: it leads to the page, or says why not."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.withdrawable import Leaving, WithdrawalKind
from pages.models import PublicationRecord
from tests.factories import make_disclosure
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def page(town: Town):
    return make_disclosure(town.water, town.entries["water_price"], title="水价表")


def test_it_leads_to_the_page_in_the_language_that_is_read(town: Town, page):
    number = page.record.index_number

    assert Client().get(f"/i/{number}")["Location"] == page.url
    assert Client().get(f"/zh-hant/i/{number}")["Location"] == f"/zh-hant{page.url}"
    assert Client().get(f"/en/i/{number}")["Location"] == f"/en{page.url}"


def test_it_leads_to_the_translation_where_there_is_one(town: Town, page):
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    copy = in_english(page, {"水价表": "Water prices"})

    assert Client().get(f"/en/i/{page.record.index_number}")["Location"] == copy.url


def test_after_withdrawal_it_says_when_and_why(town: Town, page):
    number = page.record.index_number
    page.leave_public(Leaving(WithdrawalKind.GONE, "内容有误。", by=town.water_office))

    seen = Seen(f"/i/{number}")

    assert seen.status == 410
    assert "已撤下" in seen.main
    assert "原因：内容有误。" in seen.main
    assert "2026年11月23日撤下" in seen.main
    assert "撤下单位：市水务局" in seen.main
    assert seen.crumbs == ["首页", "市水务局", "示例自来水公司", "水价表"]


def test_it_outlives_its_page(town: Town, page):
    number = page.record.index_number
    page.unpublish()
    page.delete()

    assert Seen(f"/i/{number}").status == 410
    assert PublicationRecord.objects.filter(index_number=number).exists()


@pytest.mark.parametrize("number", ["nothing", "%00", "x" * 4000, "../../etc", "2026'--"])
def test_what_is_no_index_number_is_not_found(town: Town, number):
    assert Seen(f"/i/{number}").status == 404
