"""The spreadsheet of sensitive words: its columns, and what stands in its rows."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ledger.events import record
from snippets.models import SensitiveWord
from snippets.models.sensitive_word import WordCategory, WordSeverity

MAX_ROWS = 5_000
MAX_BYTES = 2_000_000
# More would fill the screen; the next try tells the rest.
MOST_LINES = 20
COLUMNS = {
    "词": "word",
    "处理": "severity",
    "类别": "category",
    "建议改为": "replacement",
    "依据或说明": "note",
    "启用": "is_active",
}
SEVERITIES = {"禁止": WordSeverity.BLOCK, "提醒": WordSeverity.WARN, "提示": WordSeverity.INFO}
YES, NO = "是", "否"


def sheet() -> bytes:
    """Return the whole list as XLSX."""
    book = Workbook()
    page = book.active
    page.title = "敏感词"
    page.append(list(COLUMNS))
    for cell in page[1]:
        cell.font = Font(bold=True)
    names = {str(severity): name for name, severity in SEVERITIES.items()}
    for row in SensitiveWord.objects.all():
        values = (row.word, names[row.severity], row.get_category_display(), row.replacement, row.note)
        page.append([*map(_harmless, map(str, values)), YES if row.is_active else NO])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _harmless(text: str) -> str:
    """Write nothing a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in "=+-@" and text else text


@transaction.atomic
def read_in(file: IO[bytes]) -> int:
    """Write the words of a sheet into the list, by the word; return how many. All or none.

    Raises ValidationError with a line for each row that is wrong. Words that are not in the sheet stay.
    """
    rows = _rows(file)
    problems: list[str] = []
    for number, values in rows:
        try:
            _write(values)
        except ValidationError as error:
            problems.append(_("第 %(number)d 行：%(text)s") % {"number": number, "text": " ".join(error.messages)})
    if problems:
        raise ValidationError([_("什么也没有写入，请在表格中改好后重新上传。"), *problems[:MOST_LINES]])
    record("words.imported", count=len(rows))
    return len(rows)


def _rows(file: IO[bytes]) -> list[tuple[int, dict[str, str]]]:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(_("文件超过 2 MB，请分几次导入。"))
    try:
        cells = iter(load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0].values)
        heading = [_text(value) for value in next(cells, ())]
    except Exception as error:  # openpyxl raises a dozen unrelated types on what is no workbook
        raise ValidationError(_("无法读取：请上传 XLSX 文件（WPS 中可“另存为”）。")) from error
    if "词" not in heading:
        raise ValidationError(_("第 1 行缺少列：词。"))
    found = [(number, dict(zip(heading, map(_text, row), strict=False))) for number, row in enumerate(cells, 2)]
    rows = [(number, values) for number, values in found if any(values.values())]
    if not rows or len(rows) > MAX_ROWS:
        raise ValidationError(_("表中须有 1 到 %(max)d 行数据。") % {"max": MAX_ROWS})
    return rows


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\x00", "").strip().removeprefix("'")


def _write(values: dict[str, str]) -> None:
    row = SensitiveWord.objects.filter(word=values.get("词", "")).first() or SensitiveWord(word=values.get("词", ""))
    row.severity = _chosen(SEVERITIES, values.get("处理") or "提醒", _("处理"))
    categories = {str(category.label): category for category in WordCategory}
    row.category = _chosen(categories, values.get("类别") or str(WordCategory.OTHER.label), _("类别"))
    row.is_active = _chosen({YES: True, NO: False}, values.get("启用") or YES, _("启用"))
    row.replacement, row.note = values.get("建议改为", ""), values.get("依据或说明", "")
    row.full_clean()
    row.save()


def _chosen(options: dict[str, Any], value: str, name: str) -> Any:
    if value not in options:
        names = {"name": name, "value": value, "options": "、".join(options)}
        raise ValidationError(_("“%(name)s”应为 %(options)s 之一，现为“%(value)s”。") % names)
    return options[value]
