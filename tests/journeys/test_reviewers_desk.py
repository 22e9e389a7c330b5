"""The reviewer's desk by click: many at once, a bundle, a kept view of the queue, passing on, putting off."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.models import DisclosurePage
from snippets.models import CatalogueEntry
from tests.workflows.acts import draft, submitted
from workflows.decisions import recall

from .clerk import open_waiting, press, sign_in, waiting

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

QUEUE = reverse("approval:queue")
TITLE = "2027年水价"


def public(prefix: str) -> set[str]:
    return set(DisclosurePage.objects.filter(live=True, title__startswith=prefix).values_list("title", flat=True))


def test_many_at_once_and_the_list_says_why_one_was_not(town: Town, desk: Page) -> None:
    CatalogueEntry.objects.filter(pk=town.entries["water_profile"].pk).update(is_routine=True)
    reviewer = town.reviewer("water")
    states = [submitted(town, entry="water_profile", title=f"概况{number}") for number in range(3)]
    sign_in(desk, reviewer)
    desk.goto(QUEUE)
    desk.get_by_role("button", name="全选本页例行事项").click()
    press(desk, "核对所选")
    desk.get_by_role("heading", name="核对 3 件例行事项").wait_for()

    # Meanwhile the author takes one back.
    recall(workflow_state_id=states[1].workflow_state_id, user=town.editor("water"))
    desk.get_by_label(re.compile("审核意见")).fill("无误。")
    press(desk, "批准勾选的各件")

    desk.get_by_role("heading", name="已批准 2 件，1 件没有批准").wait_for()
    row = desk.get_by_role("listitem").filter(has_text="概况1")
    assert row.get_by_text("已由他人处理，或已撤回。").is_visible()
    assert public("概况") == {"概况0", "概况2"}


def test_a_bundle_is_submitted_and_approved_as_one(town: Town, desk: Page) -> None:
    reviewer = town.reviewer("water")
    for number in range(2):
        draft(town, entry="water_profile", title=f"概况{number}", summary="一句话。", generated_on="2026-11-20")
    sign_in(desk, town.editor("water"))
    desk.goto(reverse("editing:bundle", args=[town.water.pk]))
    for number in range(2):
        desk.get_by_label(re.compile(f"概况{number}")).check()
    desk.get_by_label("批次名称").fill("机构调整")
    desk.get_by_label("为什么要一起公开").fill("同时生效。")
    press(desk, "成批提交审核")

    waiting(desk, reviewer).get_by_role("link", name=re.compile("机构调整")).first.click()
    assert public("概况") == set()
    press(desk, "批准这 2 件")

    assert public("概况") == {"概况0", "概况1"}


def test_a_view_of_the_queue_is_kept_under_a_name(town: Town, desk: Page) -> None:
    reviewer = town.reviewer("water")
    for title in ("年度概况", TITLE):
        submitted(town, entry="water_profile", title=title)
    sign_in(desk, reviewer)
    desk.goto(QUEUE)

    desk.get_by_text("筛选与排序").click()
    desk.get_by_label("标题中的字词").fill("水价")
    press(desk, "筛选")
    desk.get_by_label("把现在的筛选与排序存为").fill("只看水价")
    press(desk, "保存")

    desk.goto(f"{QUEUE}?all=1")
    assert desk.get_by_role("link", name="年度概况").is_visible()
    desk.get_by_role("link", name="只看水价").click()
    desk.get_by_role("link", name=TITLE).wait_for()
    assert desk.get_by_role("link", name="年度概况").count() == 0


def handle(tab: Page, user: Any, act: str, **labels: str) -> None:
    """Open what waits, and the form of an act beside the decision; fill it and send it."""
    open_waiting(tab, user, TITLE)
    part = tab.locator("#handling details").filter(has_text=act)
    part.locator("summary").click()
    for label, value in labels.items():
        field = part.get_by_label(label)
        if label == "转给":
            field.select_option(label=value)
        else:
            field.fill(value)
    with tab.expect_navigation():
        part.get_by_role("button", name=act).click()


def test_what_is_put_off_and_passed_on_is_decided_above(town: Town, desk: Page) -> None:
    reviewer, above = town.reviewer("water"), town.reviewer("water_office")
    state = submitted(town, entry="water_profile", title=TITLE)
    day = (timezone.localdate() + timedelta(days=5)).isoformat()

    handle(desk, reviewer, "暂缓", 恢复日期=day, 原因="等检测报告。")
    state.refresh_from_db()
    assert state.held_until is not None
    open_waiting(desk, reviewer, TITLE)
    press(desk, "恢复办理")

    handle(desk, reviewer, "转办", 转给=town.water_office.title, 原因="涉及全市口径。")
    assert waiting(desk, reviewer).get_by_role("link", name=TITLE).count() == 0
    desk.goto(reverse("approval:item", args=[state.pk]))
    desk.get_by_text("已转由其他单位审核").wait_for()

    open_waiting(desk, above, TITLE)
    desk.get_by_text("涉及全市口径。").wait_for()
    press(desk, "批准并公开")
    assert public(TITLE) == {TITLE}
