"""Redirects say where what stood under an address is now, or that it is gone; never that something secret exists."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from accounts.withdrawable import Leaving, WithdrawalKind
from pages.models import StandardPage
from tests.factories import make_disclosure, make_page
from tests.town import Town

HOST = "http://testserver"


def shown(api: Any, old_path: str) -> dict[str, Any] | None:
    return next(iter(api.list("redirects", old_path=old_path)), None)


def lead(to: Any, old_path: str = "/old", **fields: Any) -> Redirect:
    return Redirect.add_redirect(old_path, redirect_to=to, **fields)


def test_a_redirect_to_a_public_page_is_told(api, town: Town, client):
    row = lead(town.water)

    told = api.detail("redirects", row)

    assert (told["from_url"], told["to_url"]) == (f"{HOST}/old", f"{HOST}{town.water.url}")
    assert (told["status"], told["page"]["id"], told["page_withdrawal"]) == (301, town.water.pk, None)
    answer = client.get("/old/")
    assert (answer.status_code, answer["Location"]) == (301, town.water.url)


def test_a_temporary_one_and_one_to_another_site(api, town: Town):
    lead("https://example.org/x", is_permanent=False)

    told = shown(api, "/old")

    assert told is not None
    assert (told["to_url"], told["status"], told["page"]) == ("https://example.org/x", 302, None)


def test_a_page_that_moved_leads_from_where_it_was(api, town: Town, django_capture_on_commit_callbacks):
    old = town.water.url.rstrip("/")

    with django_capture_on_commit_callbacks(execute=True):
        town.water.move(town.street, pos="last-child")
    town.water.refresh_from_db()

    told = shown(api, old)
    assert told is not None
    assert told["to_url"] == f"{HOST}{town.water.url}"


def test_what_was_withdrawn_is_told_as_gone_with_the_reason(api, town: Town):
    page = make_disclosure(town.water, town.entries["water_price"])
    lead(page)
    page.leave_public(Leaving(WithdrawalKind.GONE, "内容有误", by=town.water_office))

    told = shown(api, "/old")

    assert told is not None
    assert (told["status"], told["to_url"], told["page"]) == (410, None, None)
    assert told["page_withdrawal"]["reason"] == "内容有误"


@pytest.mark.parametrize("secret", [False, True])
def test_what_was_withdrawn_leads_on_while_that_is_public(api, town: Town, secret: bool):
    page = make_page(StandardPage, town.portal, title="旧说明", kind="guide")
    lead(page)
    page.leave_public(Leaving(WithdrawalKind.REDIRECTED, "已合并", to=town.school))
    if secret:
        PageViewRestriction.objects.create(page=town.school, restriction_type=PageViewRestriction.LOGIN)

    told = shown(api, "/old")

    assert told is not None
    expected = (410, None, None) if secret else (301, f"{HOST}{town.school.url}", f"{HOST}{town.school.url}")
    assert (told["status"], told["to_url"], told["page_withdrawal"]["to"]) == expected


def test_what_stays_readable_under_a_notice_is_led_to(api, town: Town):
    page = make_disclosure(town.water, town.entries["water_price"])
    lead(page)
    page.save_revision().publish(skip_permission_checks=True)
    page.refresh_from_db()
    page.leave_public(Leaving(WithdrawalKind.NOTICE, "有更正", revision=page.live_revision))

    told = shown(api, "/old")

    assert told is not None
    assert (told["status"], told["to_url"]) == (301, f"{HOST}{page.url}")
    assert told["page_withdrawal"]["kind"] == "notice"


def test_a_redirect_to_what_never_was_public_is_not_told(api, town: Town):
    draft = make_disclosure(town.water, town.entries["water_price"], title="草稿", live=False)
    row = lead(draft)

    assert shown(api, "/old") is None
    assert api.answer(f"redirects/{row.pk}/").status_code == 404


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_redirect_to_what_not_everybody_may_see_is_not_told(api, town: Town, withdrawn: bool):
    page = make_disclosure(town.water, town.entries["water_price"], title="内部")
    row = lead(page)
    PageViewRestriction.objects.create(page=town.water_office, restriction_type=PageViewRestriction.LOGIN)
    if withdrawn:
        page.leave_public(Leaving(WithdrawalKind.GONE, "内部原因"))

    assert shown(api, "/old") is None
    assert api.answer(f"redirects/{row.pk}/").status_code == 404


def test_old_paths_in_chinese_are_addresses(api, town: Town):
    lead(town.water, "/旧页面")

    told = shown(api, "/旧页面")

    assert told is not None
    assert told["from_url"] == f"{HOST}/%E6%97%A7%E9%A1%B5%E9%9D%A2"
