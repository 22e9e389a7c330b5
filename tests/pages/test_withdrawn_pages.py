"""The address of a page that was withdrawn answers as the kind says, in every language; everything else forgets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client

from accounts.withdrawable import Leaving, WithdrawalKind, public_revision
from media.models import Document
from media.privacy import may_read
from pages.models import DisclosureAttachment, PageWithdrawal, StandardPage, Validity
from tests.factories import make_disclosure, make_notice, make_page
from tests.languages.acts import in_english
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")
LANGUAGES = ("", "/en", "/zh-hant")


def withdraw(page: Any, kind: str, **how: Any) -> dict[str, Any]:
    """Take a page out of the public as a superior does."""
    return page.leave_public(Leaving(kind, how.pop("reason", "内容有误。"), revision=public_revision(page), **how))


@pytest.fixture
def page(town: Town):
    return make_disclosure(town.water, town.entries["water_price"], title="水价表")


@pytest.fixture
def other(town: Town):
    return make_disclosure(town.water, town.entries["water_price"], title="新水价表")


@pytest.mark.parametrize("language", LANGUAGES)
def test_gone_answers_410_under_address_and_number(page, language: str) -> None:
    number, address = page.record.index_number, page.url

    withdraw(page, WithdrawalKind.GONE)

    assert Client().get(f"{language}{address}").status_code == 410
    assert Client().get(f"{language}/i/{number}").status_code == 410


def test_a_withdrawn_notice_goes_on_no_more(town: Town) -> None:
    notice = make_notice(town.water, title="停水", kind="planned_outage")
    running = Client().get(notice.url).content.decode()

    withdraw(notice, WithdrawalKind.NOTICE)
    answer = Client().get(notice.url).content.decode()

    assert ("进行中" in running, "进行中" in answer, "已撤下" in answer) == (True, False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_notice_the_text_stays_readable_under_a_banner(page, language: str) -> None:
    number, address = page.record.index_number, page.url

    withdraw(page, WithdrawalKind.NOTICE)
    by_number = Client().get(f"{language}/i/{number}")
    by_address = Client().get(f"{language}{address}")

    for answer in (by_number, by_address):
        assert answer.status_code == 200
        assert 'content="noindex"' in answer.content.decode()
    assert "示例正文。" in by_address.content.decode() or language == "/zh-hant"


def test_the_banner_says_when_why_and_who(town: Town, page) -> None:
    withdraw(page, WithdrawalKind.NOTICE, by=town.water_office)

    seen = Seen(page.url)

    assert "本信息已于2026年11月23日撤下，不再作为办事依据" in seen.main
    assert "原因：内容有误。" in seen.main
    assert "撤下单位：市水务局" in seen.main
    assert "现行有效" not in seen.main


@pytest.mark.parametrize("kind", [WithdrawalKind.REDIRECTED, WithdrawalKind.SUPERSEDED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_points_readers_are_led_in_their_language(page, other, kind: str, language: str) -> None:
    number, address = page.record.index_number, page.url

    withdraw(page, kind, to=other)

    for answer in (Client().get(f"{language}{address}"), Client().get(f"{language}/i/{number}")):
        assert (answer.status_code, answer["Location"]) == (301, f"{language}{other.url}")
        assert answer["Cache-Control"] == "no-cache"


def test_where_it_points_having_left_too_it_is_gone(page, other) -> None:
    withdraw(page, WithdrawalKind.REDIRECTED, to=other)

    other.unpublish()

    assert Client().get(page.url).status_code == 410


def test_what_replaced_it_ends_its_validity_until_it_returns(page, other) -> None:
    revision = public_revision(page)

    memory = withdraw(page, WithdrawalKind.SUPERSEDED, to=other)
    page.record.refresh_from_db()
    replaced = page.record.validity, page.record.ended_by
    other.save_revision().publish(skip_permission_checks=True)
    page.record.refresh_from_db()
    still = page.record.validity
    page.return_to_public(revision, memory)
    page.record.refresh_from_db()

    assert replaced == (Validity.SUPERSEDED, other.record)
    assert still == Validity.SUPERSEDED
    assert (page.record.validity, page.record.ended_by) == (Validity.IN_FORCE, None)


def test_what_returns_is_what_was_public_with_its_dates(page, clock) -> None:
    revision, number = public_revision(page), page.record.index_number
    last = page.record.last_published_at
    clock.shift(3600)
    memory = withdraw(page, WithdrawalKind.GONE)
    page.title = "草稿中的新标题"
    page.save_revision()

    page.return_to_public(revision, memory)

    page.refresh_from_db()
    page.record.refresh_from_db()
    assert (page.live, page.title, page.has_unpublished_changes) == (True, "水价表", True)
    assert (page.record.index_number, page.record.last_published_at, page.last_published_at) == (number, last, last)
    assert page.record.withdrawal_kind == ""
    assert Client().get(page.url).status_code == 200


def test_its_files_leave_with_it(page) -> None:
    document = Document.objects.create(title="附件", file=ContentFile(b"x", "file.txt"))
    page.attachments = [DisclosureAttachment(title="附件", document=document)]
    page.body = [("document_list", {"title": "文件", "files": [{"title": "价目", "number": "", "document": document}]})]
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    before = may_read(AnonymousUser(), document)

    withdraw(page, WithdrawalKind.NOTICE)

    seen = Client().get(page.url).content.decode()
    assert (before, may_read(AnonymousUser(), document)) == (True, False)
    assert document.url not in seen
    assert "价目" in seen


def test_a_translation_leaves_with_its_source_and_answers_the_same(town: Town, page) -> None:
    for each in (town.portal, town.water_office, town.water):
        in_english(each)
    copy = in_english(page, {"水价表": "Water prices"})

    withdraw(page, WithdrawalKind.GONE)

    copy.refresh_from_db()
    assert not copy.live
    assert Client().get(copy.url).status_code == 410


def test_notices_and_standard_pages_answer_too(town: Town) -> None:
    notice = make_notice(town.water, title="停水公告")
    text = make_page(StandardPage, town.water, title="公开指南")

    withdraw(notice, WithdrawalKind.GONE)
    withdraw(text, WithdrawalKind.NOTICE)

    assert Seen(notice.url).status == 410
    assert "原因：内容有误。" in Seen(text.url).main
    text.save_revision().publish(skip_permission_checks=True)
    text.refresh_from_db()
    assert text.withdrawal is None


def test_a_draft_that_never_was_public_stays_unknown(town: Town) -> None:
    draft = make_disclosure(town.water, town.entries["water_price"], live=False)

    assert Client().get(draft.url).status_code == 404


def test_a_preview_shows_the_draft_of_what_was_withdrawn(page) -> None:
    withdraw(page, WithdrawalKind.GONE)

    answer = page.make_preview_request(preview_mode="")

    assert answer.status_code == 200


def test_what_expired_says_so(page) -> None:
    page.unpublish(set_expired=True)

    seen = Seen(page.url)

    assert seen.status == 410
    assert "公开期限已满" in seen.main


@pytest.mark.django_db(transaction=True)
def test_a_public_page_that_is_deleted_leaves_nothing_behind(town: Town) -> None:
    page = make_page(StandardPage, town.portal, title="关于本站")

    StandardPage.objects.get(pk=page.pk).delete()

    assert not StandardPage.objects.filter(pk=page.pk).exists()
    assert not PageWithdrawal.objects.exists()
