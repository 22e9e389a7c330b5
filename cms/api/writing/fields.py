"""The fields of what is written, and how each is posted to the editor's form and shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocks.base import as_json
from pages.models import DisclosurePage, PublicationRecord, RosterEntry
from snippets.connectors import LINK
from snippets.inputs import MOST_INPUTS
from snippets.models import CatalogueEntry, Industry, ServiceItem

from .blocks import Poster, chosen, post_boolean, text, words_of, written_stream
from .refusals import BadField

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
STRING: Schema = {"type": ["string", "null"]}
DATE: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
LINES: Schema = {"type": ["array", "null"], "items": {"type": "string"}}
ATTACHMENTS: Schema = {
    "type": ["array", "null"],
    "items": {
        "type": "object",
        "properties": {"title": {"type": "string"}, "document": {"type": "integer", "minimum": 1}},
        "required": ["title", "document"],
        "additionalProperties": False,
    },
}
BODY: Schema = {"anyOf": [{"$ref": "#/components/schemas/WrittenBody"}, {"type": "null"}]}
INPUTS: Schema = {"anyOf": [{"$ref": "#/components/schemas/WrittenInputs"}, {"type": "null"}]}
MOST_LINES = 200


@dataclass(frozen=True)
class Field:
    """One field: its name here, the form's name for it, how it is posted and shown, what it is."""

    name: str
    schema: Schema = field(default_factory=lambda: STRING)
    about: Any = ""
    target: str = ""
    post: Callable[[Poster, str, Any, str], None] | None = None
    show: Callable[[Any], Any] | None = None

    @property
    def form_name(self) -> str:
        """Return what the form calls it."""
        return self.target or self.name

    def put(self, poster: Poster, value: Any) -> None:
        """Post a value. Raises BadField."""
        if self.post is not None:
            self.post(poster, self.form_name, value, self.name)
        else:
            poster.data[self.form_name] = text(value, self.name)

    def shown(self, subject: Any) -> Any:
        """Return the value as it is written."""
        return as_json(self.show(subject) if self.show is not None else getattr(subject, self.form_name))


def _texts(value: Any, path: str) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST_LINES or any(not isinstance(each, str) for each in value):
        raise BadField(path, _("须是文字的数组，至多 %(most)d 项。") % {"most": MOST_LINES})
    return [each.strip() for each in value if each.strip()]


def _post_tags(poster: Poster, name: str, value: Any, path: str) -> None:
    poster.data[name] = ",".join('"{}"'.format(word.replace('"', "")) for word in _texts(value, path))


def _joined(by: str) -> Callable[[Poster, str, Any, str], None]:
    def post(poster: Poster, name: str, value: Any, path: str) -> None:
        poster.data[name] = by.join(_texts(value, path))

    return post


def _code(value: Any, path: str) -> str:
    if value is not None and not isinstance(value, str):
        raise BadField(path, _("须是代码（文字）。"))
    return value or ""


def _post_entry(poster: Poster, name: str, value: Any, path: str) -> None:
    catalogue, _colon, code = _code(value, path).partition(":")
    if not catalogue:
        poster.data[name] = ""
        return
    # Of several periods the form offers the one that holds.
    entries = CatalogueEntry.objects.filter(catalogue=catalogue, code=code).order_by("-valid_from", "-pk")
    found = entries.values_list("pk", flat=True).first()
    if found is None:
        raise BadField(path, _("没有目录事项“%(code)s”；写作“目录:编码”，例如 water:B01。") % {"code": value[:50]})
    poster.data[name] = str(found)


def _post_record(poster: Poster, name: str, value: Any, path: str) -> None:
    number = _code(value, path)
    found = PublicationRecord.objects.filter(index_number=number).values_list("page", flat=True).first()
    if number and found is None:
        raise BadField(path, _("没有索引号“%(number)s”。") % {"number": number[:50]})
    poster.data[name] = str(found or "")


def _post_industry(poster: Poster, name: str, value: Any, path: str) -> None:
    code = _code(value, path)
    found = Industry.objects.filter(code=code).values_list("pk", flat=True).first()
    if code and found is None:
        raise BadField(path, _("没有代码为“%(code)s”的行业。") % {"code": code[:50]})
    poster.data[name] = str(found or "")


def _post_provider(poster: Poster, name: str, value: Any, path: str) -> None:
    code = _code(value, path)
    poster.data[name] = str(place_of(code, path)) if code else ""


def place_of(code: str, path: str) -> int:
    """Return the number of the organisation with a roster code. Raises BadField."""
    found = RosterEntry.objects.filter(code=code).values_list("organisation", flat=True).first()
    if found is None:
        raise BadField(path, _("没有机构代码为“%(code)s”的单位。") % {"code": code[:50]})
    return int(found)


def code_of(page: Any) -> str | None:
    """Return the roster code of an organisation."""
    if page is None:
        return None
    keys = Q(organisation=page.pk) | Q(organisation__translation_key=page.translation_key)
    found = RosterEntry.objects.filter(keys).values_list("code", flat=True).first()
    return str(found) if found else None


def _post_body(poster: Poster, name: str, value: Any, path: str) -> None:
    block: Any = DisclosurePage._meta.get_field("body")
    poster.post(block.stream_block, value if value is not None else [], name, path)


def _show_body(page: Any) -> Any:
    block = page.body.stream_block
    return written_stream(block, block.get_prep_value(page.body))


def _post_attachments(poster: Poster, name: str, value: Any, path: str) -> None:
    rows = value if value is not None else []
    if not isinstance(rows, list) or len(rows) > MOST_LINES:
        raise BadField(path, _("须是一个数组，至多 %(most)d 项。") % {"most": MOST_LINES})
    wanted = [_attachment(row, f"{path}[{number}]") for number, row in enumerate(rows)]
    poster.attachments = wanted


def _attachment(row: Any, path: str) -> tuple[str, int]:
    if not isinstance(row, dict):
        raise BadField(path, words_of("object"))
    if extra := row.keys() - {"title", "document"}:
        raise BadField(f"{path}.{min(extra)}", words_of("extra"))
    document = chosen(row.get("document"), f"{path}.document")
    if document is None:
        raise BadField(f"{path}.document", _("请写明文件的编号。"))
    return text(row.get("title"), f"{path}.title"), document


def _index_number(name: str) -> Callable[[Any], Any]:
    def show(page: Any) -> Any:
        other = getattr(page, f"{name}_id")
        return PublicationRecord.objects.filter(page=other).values_list("index_number", flat=True).first()

    return show


def _show_entry(page: Any) -> str | None:
    return f"{page.entry.catalogue}:{page.entry.code}" if page.entry_id else None


def _rows(fields: Iterable[tuple[str, Schema, Any]]) -> Iterator[Field]:
    for name, schema, about in fields:
        yield Field(name, schema, about)


RECORD_FIELDS = (
    Field("entry", STRING, gettext_lazy("目录事项，“目录:编码”，例如 water:B01。"), post=_post_entry, show=_show_entry),
    *_rows(
        [
            ("title", {"type": "string"}, gettext_lazy("标题。")),
            ("summary", STRING, gettext_lazy("内容概述，不超过 100 字。")),
            ("generated_on", DATE, gettext_lazy("文件形成或变更的日期。")),
            ("document_number", STRING, gettext_lazy("文号。")),
            ("publicity", STRING, gettext_lazy("公开方式；不写为主动公开。")),
            ("late_reason", STRING, gettext_lazy("延迟公告的原因，不对外公开。")),
            ("go_live_at", MOMENT, gettext_lazy("批准后定时公开的时间；不写为批准即公开。")),
            ("expire_at", MOMENT, gettext_lazy("到期撤下的时间。")),
        ]
    ),
    Field("keywords", LINES, gettext_lazy("关键词。"), "tags", _post_tags, lambda page: list(page.keywords)),
    Field(
        "body",
        BODY,
        gettext_lazy("正文，逐块。"),
        "",
        _post_body,
        _show_body,
    ),
    Field(
        "attachments",
        ATTACHMENTS,
        gettext_lazy("附件：标题和文件编号（先上传）。"),
        "",
        _post_attachments,
        lambda page: [{"title": row.title, "document": row.document_id} for row in page.attachments.all()],
    ),
    Field("supersedes", STRING, gettext_lazy("替代的信息，索引号。"), "", _post_record, _index_number("supersedes")),
    Field("repeals", STRING, gettext_lazy("废止的信息，索引号。"), "", _post_record, _index_number("repeals")),
)
NOTICE_FIELDS = (
    *RECORD_FIELDS,
    *_rows(
        [
            ("kind", STRING, gettext_lazy("公告类别；不写为一般公告。")),
            ("starts_at", MOMENT, gettext_lazy("开始时间。")),
            ("ends_at", MOMENT, gettext_lazy("结束时间。")),
            ("area", STRING, gettext_lazy("影响范围。")),
            ("reason", STRING, gettext_lazy("原因。")),
            ("contact_phone", STRING, gettext_lazy("咨询电话。")),
            ("division_codes", STRING, gettext_lazy("涉及的行政区划代码，用分号隔开。")),
        ]
    ),
)


def _post_connector(poster: Poster, name: str, value: Any, path: str) -> None:
    poster.data[name] = text(value, path) or LINK


def _post_inputs(poster: Poster, name: str, value: Any, path: str) -> None:
    block: Any = ServiceItem._meta.get_field("inputs")
    rows = value if value is not None else []
    if not isinstance(rows, list):
        raise BadField(path, _("须是一个数组，至多 %(most)d 项。") % {"most": MOST_INPUTS})
    poster.post(block.stream_block, [{"type": "input", "value": each} for each in rows], name, path)


ITEM_FIELDS = (
    *_rows(
        [
            ("code", STRING, gettext_lazy("服务编码，字母、数字、连字符。")),
            ("title", {"type": "string"}, gettext_lazy("名称。")),
        ]
    ),
    Field("class", STRING, gettext_lazy("服务类别。"), "service_class"),
    Field(
        "industry",
        STRING,
        gettext_lazy("行业代码。"),
        "",
        _post_industry,
        lambda item: item.industry.code if item.industry_id else None,
    ),
    Field(
        "provider",
        STRING,
        gettext_lazy("提供单位的机构代码。"),
        "",
        _post_provider,
        lambda item: code_of(item.provider),
    ),
    Field("link", STRING, gettext_lazy("办理链接。")),
    Field("connector", STRING, gettext_lazy("办理方式；不写为 link（链接到提供单位的网站）。"), "", _post_connector),
    Field(
        "inputs",
        INPUTS,
        gettext_lazy("在本站办理时要填的各项。"),
        "",
        _post_inputs,
        lambda item: [{**each} for each in item.declared_inputs],
    ),
    Field(
        "personal_input",
        LINES,
        gettext_lazy("须录入的个人信息，逐项。"),
        "",
        _joined("；"),
        lambda item: item.input_list,
    ),
    Field("materials", LINES, gettext_lazy("所需材料，逐项。"), "", _joined("\n"), lambda item: item.material_list),
    Field("steps", LINES, gettext_lazy("办理步骤，逐步。"), "", _joined("\n"), lambda item: item.step_list),
    *_rows(
        [
            ("output", STRING, gettext_lazy("办理结果。")),
            ("fee", STRING, gettext_lazy("费用。")),
            ("hours", STRING, gettext_lazy("受理时间。")),
            ("time_limit", STRING, gettext_lazy("办理时限。")),
            ("help_text", STRING, gettext_lazy("说明。")),
            ("place", STRING, gettext_lazy("现场办理地点。")),
            ("phone", STRING, gettext_lazy("电话渠道。")),
        ]
    ),
)
# What its author answers to findings; kept with the version.
ANSWERS = (
    Field(
        "confirm_findings",
        {"type": ["boolean", "null"]},
        gettext_lazy("审查提示的各处已逐一核对，可以公开。"),
        "",
        post_boolean,
        lambda subject: False,
    ),
    Field("exception_reason", STRING, gettext_lazy("申请例外公开的理由；须经三级审核。"), "", None, lambda subject: ""),
)
