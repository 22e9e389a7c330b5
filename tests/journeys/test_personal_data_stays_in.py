"""An identity number in a table and one in a file stop a submission; without them it goes to the first tier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from media.models import Document
from pages.models import DisclosureAttachment
from tests.media.samples import docx
from tests.workflows.acts import draft

from .clerk import sign_in, submit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# The sample number of GB 11643.
IDENTITY = "11010519491231002X"
TABLE = {"table_caption": "名单", "data": [["编号", "号码"], ["1", IDENTITY]], "first_row_is_table_header": True}


def with_numbers(town: Town) -> Any:
    file = Document(title="附表", file=ContentFile(docx(IDENTITY), "list.docx"), owner_organisation_id=town.water.pk)
    file.save()
    return draft(
        town,
        entry="water_profile",
        summary="一句话。",
        generated_on="2026-11-20",
        body=[("text", "<p>示例正文。</p>"), ("table", {"table": TABLE, "note": ""})],
        attachments=[DisclosureAttachment(title="附表", document=file)],
    )


def test_numbers_in_a_table_and_in_a_file_stop_it_until_they_are_gone(town: Town, desk: Page):
    town.reviewer("water")
    page = with_numbers(town)
    sign_in(desk, town.editor("water"))
    desk.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    submit(desk)
    desk.get_by_text("正文第 2 块“表格”中有疑似居民身份证号").first.wait_for()
    assert desk.get_by_text("附件“附表”中有疑似居民身份证号").first.is_visible()
    assert IDENTITY not in desk.locator(".desk-checklist").inner_text()
    assert page.current_workflow_state is None

    desk.locator("[data-contentpath=body] [data-streamfield-action=DELETE]").last.click()
    desk.locator("#id_attachments-0-DELETE-button").click()
    submit(desk)
    desk.get_by_text(re.compile("已经提交进行审核")).first.wait_for()
    assert page.current_workflow_task_state.approver.title == town.water.title
