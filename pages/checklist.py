"""What a draft still lacks before it can be submitted: pure questions about a page, asked again at the submission.

Drafts may be incomplete; what is submitted may not. What the screening finds is told here as well; the workflow screens
again, whichever way a draft is submitted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocks.kinds import BY_NOTICE_PAGE, BY_UNIT_ROWS, GENERATED, ContentKind
from blocks.story import block_names_for, content_stream_block
from rules.screening import Answer, Screening
from snippets.screening import screened_at_once
from snippets.screening.files import UNREAD

# Kinds that a file fulfils as well as a block.
BY_ATTACHMENT = {ContentKind.DOCUMENT, ContentKind.FORM, ContentKind.REPORT, ContentKind.ANNUAL_REPORT}
# Kinds whose paper bears a number.
NUMBERED = {ContentKind.DOCUMENT}
# Notices that say from when to when, and where.
BOUND_IN_TIME = {"planned_outage", "traffic", "display", "enrolment", "recruitment"}
BOUND_IN_SPACE = {"planned_outage", "emergency", "traffic"}

EMPTY = "empty"


@dataclass(frozen=True)
class Gap:
    """Something missing: the form's field, a sentence, and whether it stands in the way of submitting."""

    field: str
    sentence: str
    blocking: bool = True
    # Set where the form knows better than the stored page: files may come along with the submission.
    code: str = ""


def gaps(page: Any, screening: Screening | None = None) -> list[Gap]:
    """Return what a record page lacks, what blocks first. `page` may be a draft with anything missing.

    Who has screened it already gives the result along.
    """
    found = [gap for ask in (*COMMON, *_of_type(page)) for gap in ask(page)]
    found += _of_screening(screening if screening is not None else screened_at_once(page))
    return sorted(found, key=lambda gap: not gap.blocking)


def blocking_gaps(page: Any, screening: Screening | None = None) -> list[Gap]:
    """Return what stands in the way of submitting."""
    return [gap for gap in gaps(page, screening) if gap.blocking]


def _of_screening(screening: Screening) -> list[Gap]:
    """Return the findings an author has to do something about; what is only counted is for the approvers."""
    return [
        Gap(finding.field, finding.sentence, finding.stops)
        for finding in screening.findings
        if finding.field and finding.answer == Answer.NONE and finding.code != UNREAD
    ]


def is_notice(page: Any) -> bool:
    """Is this a notice, with time and area of its own?"""
    return hasattr(page, "starts_at")


def _entry(page: Any) -> Any:
    return page.entry if page.entry_id else None


def _kind(page: Any) -> str:
    entry = _entry(page)
    return entry.content_kind if entry else ""


def _head(page: Any) -> Iterator[Gap]:
    if not page.entry_id and page.entry_is_required:
        yield Gap("entry", _("请选择本条信息履行目录中的哪一项。"))
    if not (page.title or "").strip():
        yield Gap("title", _("请填写标题。"))
    if not page.summary.strip():
        yield Gap("summary", _("请用一句话写明内容概述，它显示在列表和记录表中。"))


def _record(page: Any) -> Iterator[Gap]:
    if not page.generated_on and not is_notice(page):
        yield Gap("generated_on", _("请填写生成日期，即文件形成或变更的日期。"))
    if _kind(page) in NUMBERED and not page.document_number.strip():
        yield Gap("document_number", _("本事项要求公开文件；文件有文号的，请填写文号。"), blocking=False)


def _attachments(page: Any) -> Iterator[Gap]:
    for number, row in enumerate(page.attachments.all(), 1):
        if not row.title.strip():
            yield Gap("attachments", _("第 %(number)d 个附件没有标题。") % {"number": number})
        if not row.document_id:
            yield Gap("attachments", _("第 %(number)d 个附件没有选择文件。") % {"number": number})


def _has_files(page: Any) -> bool:
    return any(row.document_id for row in page.attachments.all())


def _content(page: Any) -> Iterator[Gap]:
    """Ask whether there is content, and whether it has the shape the entry asks for."""
    if not page.body and not _has_files(page):
        yield Gap("body", _("正文还是空的。"), code=EMPTY)
    elif gap := _shape(page):
        yield gap


def _shape(page: Any) -> Gap | None:
    kind = _kind(page)
    names = block_names_for(kind) if kind else ()
    if not names or kind in GENERATED or (is_notice(page) and kind in BY_NOTICE_PAGE):
        return None
    if kind in BY_ATTACHMENT and _has_files(page):
        return None
    if any(block.block_type in names for block in page.body):
        return None
    labels = [str(content_stream_block().child_blocks[name].label) for name in names]
    sentence = _("目录要求以“%(kind)s”公开，请在正文中添加“%(blocks)s”。") % {
        "kind": ContentKind(kind).label,
        "blocks": _("”或“").join(labels),
    }
    return Gap("body", sentence, blocking=False)


def _rows(page: Any) -> Iterator[Gap]:
    if _kind(page) in BY_UNIT_ROWS:
        yield Gap(
            "entry",
            _("本事项由单位页面上的电话或网点直接公开，在单位页面上维护即可，不必另写。"),
            blocking=False,
        )


def _unfinished(page: Any) -> Iterator[Gap]:
    """Name the blocks whose required values are missing; a draft may be saved with them."""
    for number, block in enumerate(page.body, 1):
        try:
            block.block.clean(block.value)
        except ValidationError:
            names = {"number": number, "label": block.block.label}
            yield Gap("body", _("正文第 %(number)d 块“%(label)s”没有填完。") % names)


def _displays(page: Any) -> Iterator[Gap]:
    """Ask for the end of a list of names: without one it would stay for ever."""
    for number, block in enumerate(page.body, 1):
        if block.block_type != "name_list":
            continue
        end = block.value.get("display_to")
        if end is None:
            sentence = _("正文第 %(number)d 块“名单公示”没有写公示结束日期；名单不能无限期公开。")
            yield Gap("body", sentence % {"number": number})
        elif end < timezone.localdate():
            sentence = _("正文第 %(number)d 块“名单公示”的公示期已过，不能再公开。")
            yield Gap("body", sentence % {"number": number})


def _pictures(page: Any) -> Iterator[Gap]:
    """Ask for alternative text (无障碍环境建设法第三十二条: information for those who do not see)."""
    for block in page.body:
        if block.block_type != "image":
            continue
        picture = block.value.get("picture")
        if picture is not None and not picture.decorative and not picture.contextual_alt_text:
            yield Gap(
                "body", _("正文中的图片“%(title)s”没有替代文字，看不见图的人无法了解。") % {"title": picture.title}
            )


def _notice(page: Any) -> Iterator[Gap]:
    if not page.contact_phone.strip():
        yield Gap("contact_phone", _("请填写咨询电话，公众看到公告后能找到人问。"))
    if page.kind in BOUND_IN_TIME and not page.starts_at:
        yield Gap("starts_at", _("请填写开始时间。"))
    if page.kind in BOUND_IN_TIME and not page.ends_at:
        yield Gap("ends_at", _("请填写结束时间；还不能确定的，写预计时间并在正文中说明。"))
    if page.kind in BOUND_IN_SPACE and not page.area.strip():
        yield Gap("area", _("请填写影响范围：街道、小区或线路。"))


Question = Callable[[Any], Iterator[Gap]]
COMMON: tuple[Question, ...] = (
    _head,
    _content,
    _rows,
    _displays,
    _unfinished,
    _pictures,
    _record,
    _attachments,
)


def _of_type(page: Any) -> tuple[Question, ...]:
    return (_notice,) if is_notice(page) else ()
