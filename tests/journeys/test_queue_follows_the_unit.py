"""What is pending goes along: to whoever takes a reviewer's work over, and with a unit to its new superior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from accounts.models import Duty
from tests.factories import appoint, make_department, make_person
from tests.workflows.acts import decide as decide_at_once
from tests.workflows.acts import submitted

from .clerk import decide, press, sign_in, waiting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "2027年水价"


def test_a_reviewers_successor_sees_what_was_pending_and_decides_it(town: Town, desk: Page) -> None:
    giver, above = town.reviewer("water"), town.reviewer("water_office")
    taker = make_person("taker", first_name="接手人")
    state = submitted(town, title=TITLE)
    assert waiting(desk, giver).get_by_role("link", name=TITLE).is_visible()

    sign_in(desk, town.administrator("water_office"))
    desk.goto(reverse("people:handover", args=[giver.pk]))
    desk.get_by_label("接收人用户名").fill("taker")
    press(desk, "先看将移交什么")
    assert desk.get_by_text("只有移交人能审的待审件（1）").is_visible()
    press(desk, "确认移交")
    desk.get_by_text("工作移交记录").first.wait_for()

    assert waiting(desk, giver).count() == 0
    decide(desk, taker, TITLE, "批准", "接手办理，同意。")
    decide(desk, above, TITLE, "批准并公开")
    state.refresh_from_db()
    assert (state.status, state.finished_by) == ("approved", taker)


def test_a_unit_goes_to_another_superior_with_its_queue(town: Town, desk: Page) -> None:
    town.reviewer("water"), town.reviewer("portal")
    before = town.reviewer("water_office")
    office = make_department(town.portal, title="市城市管理局", industry=town.industries["water"])
    after, operator = make_person("after"), make_person("operator", is_superuser=True, is_staff=True)
    appoint(after, office, Duty.REVIEWER)
    state = submitted(town, title=TITLE)
    decide_at_once(town.reviewer("water"), state)
    assert waiting(desk, before).get_by_role("link", name=TITLE).is_visible()

    sign_in(desk, operator)
    desk.goto(reverse("wagtailadmin_pages:move", args=[town.water.pk]))
    desk.locator(".chooser [data-w-dropdown-target=toggle]").click()
    desk.locator("[data-chooser-action-choose]:visible").click()
    desk.get_by_role("dialog").get_by_role("link", name="市城市管理局").first.click()
    desk.locator("[data-chooser-title]").get_by_text("市城市管理局").wait_for()
    press(desk, "确认")
    press(desk, "确认移动")

    assert waiting(desk, before).get_by_role("link", name=TITLE).count() == 0
    decide(desk, after, TITLE, "批准并公开")
    assert desk.goto(state.revision.content_object.url).status == 200
