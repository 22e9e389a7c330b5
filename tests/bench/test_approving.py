"""How long submitting a long file, deciding, and a desk with much waiting take. Printed, never judged."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as WordDocument

from media.models import Document
from pages.models import DisclosureAttachment
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PAGES, PARAGRAPHS, TIMES = 20, 12, 5
WORDS = (
    "居民生活用水价格按照阶梯计量，每户每年用水量在规定范围以内的部分执行第一档价格，超出部分依次执行第二档和第三档。"
)
WAITING = 300


def long_file() -> bytes:
    """Write about twenty pages of text and a table on each."""
    document = WordDocument()
    for page in range(PAGES):
        for _each in range(PARAGRAPHS):
            document.add_paragraph(WORDS)
        table = document.add_table(rows=5, cols=4)
        for row in table.rows:
            for cell in row.cells:
                cell.text = f"第 {page} 页 3.20 元"
        document.add_page_break()
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def timed(label: str, act: Callable[[], Any]) -> Any:
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        result = act()
        seconds = time.perf_counter() - started
    print(f"{seconds * 1000:7.0f} ms, {len(queries):3} queries  {label}")
    return result


def test_submitting_and_deciding(town: Town) -> None:
    first, second = town.reviewer("water"), town.reviewer("water_office")
    content = long_file()
    print(f"\n{connection.vendor}: a file of {PAGES} pages, {len(content) // 1024} KB")
    for number in range(TIMES):
        file = Document(title="长文件", file=ContentFile(content, f"long{number}.docx"))
        file.owner_organisation_id = town.water.pk
        file.save()
        page = draft(town, attachments=[DisclosureAttachment(title="附件", document=file)])
        state = timed("submit, with screening", lambda page=page: submit(page, town.editor("water")))  # type: ignore[misc]
        timed("first tier", lambda state=state: decide(first, state))  # type: ignore[misc]
        last = page.current_workflow_task_state
        timed("last tier, published", lambda last=last: decide(second, last))  # type: ignore[misc]


def test_the_desk_with_much_waiting(town: Town) -> None:
    reviewer = town.reviewer("water")
    for number in range(WAITING):
        submit(draft(town, title=f"待审{number}"), town.editor("water"))
    client = signed_in(reviewer)

    print(f"\n{connection.vendor}: {WAITING} waiting, median of {TIMES}")
    for name in ("wagtailadmin_home", "approval:queue", "approval:bulk"):
        seconds = []
        for _each in range(TIMES):
            started = time.perf_counter()
            client.get(reverse(name))
            seconds.append(time.perf_counter() - started)
        print(f"{median(seconds) * 1000:7.0f} ms  {name}")
