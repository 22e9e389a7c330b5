"""The form a clerk fills in, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.factories import make_disclosure

pytestmark = pytest.mark.django_db(transaction=True)

GONE = {"type": "gone_plugin", "value": {"菜单": ["米饭"]}, "id": "5f0c2f6e-0000-4000-8000-000000000001"}
TEXT = {"type": "text", "value": "<p>一</p>", "id": "5f0c2f6e-0000-4000-8000-000000000002"}
PASTE = """([type, text]) => {
    const event = new ClipboardEvent("paste", {clipboardData: new DataTransfer(), bubbles: true, cancelable: true});
    event.clipboardData.setData(type, text);
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def disclosure(town):
    """Write a disclosure with one block nobody can read."""
    return make_disclosure(town.water, town.entries["water_profile"], body=[TEXT, GONE])


@pytest.fixture
def form(tab, town, disclosure):
    """Open the form as the unit's editor; any error in its script fails the test."""
    errors: list[str] = []
    # Sent when the page closes: it would reach the server after the test has taken its database away.
    tab.add_init_script("navigator.sendBeacon = () => true")
    tab.on("pageerror", lambda error: errors.append(str(error)))
    editor = town.editor("water")
    tab.goto("/admin/login/")
    tab.fill("[name=username]", editor.username)
    tab.fill("[name=password]", editor.username)
    tab.click("[type=submit]")
    tab.goto(f"/admin/pages/{disclosure.pk}/edit/")
    tab.wait_for_selector("[data-contentpath=body] [data-streamfield-stream-container]")
    yield tab
    assert errors == []


def save(form):
    form.get_by_role("button", name="保存草稿").first.click()
    form.get_by_text("已被更新").wait_for()


def latest_body(disclosure):
    disclosure.refresh_from_db()
    body = disclosure.get_latest_revision_as_object().body
    return disclosure._meta.get_field("body").get_prep_value(body)


def test_the_sealed_block_is_a_box_that_names_the_missing_template(form):
    box = form.locator(".help-warning", has_text="模板缺失：gone_plugin")

    assert box.is_visible()
    assert box.locator("input:not([type=hidden]), textarea, [contenteditable]").count() == 0


def test_saving_the_form_keeps_the_sealed_block(form, disclosure):
    form.locator(".public-DraftEditor-content").first.click()
    form.keyboard.type("PVC")
    # The editor hands its text over a quarter of a second later.
    form.wait_for_function("document.querySelector('[name=body-0-value]').value.includes('PVC')")

    save(form)

    body = latest_body(disclosure)
    assert "PVC" in body[0]["value"]
    assert body[1:] == [GONE]


def test_the_sealed_block_is_not_offered_and_the_others_stand_in_groups(form):
    form.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    menu = form.locator(".w-combobox")
    menu.wait_for()

    words = menu.inner_text()
    assert "封存的内容" not in words
    assert [group for group in ("文字", "表格", "办事", "文件") if group in words] == ["文字", "表格", "办事", "文件"]


def test_a_table_copied_from_a_spreadsheet_is_pasted_in_one_go(form, disclosure):
    form.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    form.get_by_role("option", name="表格", exact=True).click()
    form.locator(".htCore td").first.click()
    form.evaluate(PASTE, ["text/plain", "册号\t日期\n001\t11月3日"])
    save(form)

    table = latest_body(disclosure)[-1]
    assert table["type"] == "table"
    assert table["value"]["table"]["data"] == [["册号", "日期"], ["001", "11月3日"]]


def test_text_pasted_from_wps_is_stored_without_indents_and_empty_lines(form, disclosure):
    form.locator(".public-DraftEditor-content").first.click()
    form.evaluate(PASTE, ["text/html", (Path(__file__).parent / "clipboard" / "wps.html").read_text("utf-8")])
    form.wait_for_function("document.querySelector('[name=body-0-value]').value.includes('2026年11月23日')")

    save(form)

    html = re.sub(r' data-block-key="[^"]*"', "", latest_body(disclosure)[0]["value"])
    assert "<p>房屋产权人或其委托人，<br/>持有效证件即可办理。</p><ul><li>身份证</li><li>不动产权证</li></ul>" in html
    assert html.endswith("<p>2026年11月23日</p>")
