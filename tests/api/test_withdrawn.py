"""What the API answers for something that was withdrawn, by kind."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from accounts.withdrawable import Leaving, WithdrawalKind, public_revision
from media.models import Document
from pages.models import DisclosureAttachment, StandardPage
from tests.api.test_visibility import make_document
from tests.factories import make_disclosure, make_notice, make_page, make_service_item

pytestmark = pytest.mark.usefixtures("clock")


def withdraw(subject: Any, kind: str, **how: Any) -> None:
    """Take something out of the public."""
    subject.leave_public(Leaving(kind, "内容有误。", revision=public_revision(subject), **how))


@pytest.fixture
def paper(town):
    return make_disclosure(town.water, town.entries["water_price"], title="水价")


def test_gone_says_when_why_and_by_whom(api, town, paper):
    withdraw(paper, WithdrawalKind.GONE, by=town.water_office)

    answer = api.answer(f"disclosures/{paper.pk}/")

    assert answer.status_code == 410
    assert answer.json()["withdrawal"] == {
        "kind": "gone",
        "kind_label": "撤下，不再提供",
        "reason": "内容有误。",
        "at": "2026-11-23T09:30:00+08:00",
        "by": "市水务局",
        "to": None,
    }


@pytest.mark.parametrize("kind", ["redirected", "superseded"])
def test_what_leads_on_redirects_to_the_same_kind_of_answer(api, town, paper, kind):
    other = make_disclosure(town.water, town.entries["water_price"], title="新水价")
    withdraw(paper, kind, to=other)

    answer = api.answer(f"disclosures/{paper.pk}/", fields="title")

    assert answer.status_code == 308
    assert answer["Location"] == f"http://testserver/api/v2/disclosures/{other.pk}/?fields=title"
    assert answer.json()["withdrawal"]["to"].endswith(other.url)


def test_with_notice_the_text_is_there_and_the_files_are_not(api, town, paper):
    document: Document = make_document("附件")
    paper.attachments = [DisclosureAttachment(title="附件", document=document)]
    paper.save_revision().publish(skip_permission_checks=True)
    paper.refresh_from_db()

    withdraw(paper, WithdrawalKind.NOTICE, by=town.water)
    shown = api.detail("disclosures", paper)

    assert (shown["withdrawal"]["kind"], shown["withdrawal"]["by"]) == ("notice", "示例自来水公司")
    assert shown["body_text"] == "示例正文。"
    assert shown["attachments"] == []
    assert api.list("documents") == []


def test_no_list_shows_what_was_withdrawn(api, town, paper):
    notice = make_notice(town.water, title="公告")
    item = make_service_item(town.water, town.industries["waterworks"])
    for each in (paper, notice, item):
        withdraw(each, WithdrawalKind.NOTICE)

    assert api.list("disclosures") == api.list("notices") == api.list("service-items") == []
    assert not {"水价", "公告"} & api.titles("pages")
    for endpoint, row in (("notices", notice), ("service-items", item), ("pages", paper)):
        assert api.detail(endpoint, row)["withdrawal"]["kind"] == "notice"


def test_a_standard_page_answers_too(api, town):
    text = make_page(StandardPage, town.water, title="公开指南", body=[("text", "<p>原文。</p>")])

    withdraw(text, WithdrawalKind.NOTICE)

    assert api.detail("pages", text)["body_text"] == "原文。"


def test_a_withdrawn_item_offers_nothing_to_be_done_online(api, town):
    item = make_service_item(town.water, town.industries["waterworks"], link="https://example.org/")

    withdraw(item, WithdrawalKind.NOTICE)

    assert api.detail("service-items", item)["link"] == ""


def test_what_was_withdrawn_under_a_restriction_says_nothing(api, town, paper):
    withdraw(paper, WithdrawalKind.NOTICE)

    PageViewRestriction.objects.create(page=town.water_office, restriction_type="password", password="x")

    assert api.answer(f"disclosures/{paper.pk}/").status_code == 404
