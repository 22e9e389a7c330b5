"""Files to read and forms to fill in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, TextBlock

from .base import ContentBlock, RecordBlock
from .choosers import DocumentLinkBlock
from .kinds import ContentKind
from .scalars import VerbatimBlock


def document_item(document: Any, title: str = "") -> dict[str, Any]:
    """Describe a document for components/files.html."""
    return {
        "title": title or document.title,
        "url": document.url,
        "type": document.file_extension,
        "size": document.get_file_size(),
    }


class FileBlock(RecordBlock):
    """A file under the name people look for; a file name such as 附件1.pdf tells nobody anything."""

    title = CharBlock(label=_("名称"), max_length=200, help_text=_("写清是什么文件，例如：2026年部门预算。"))
    number = VerbatimBlock(label=_("文号"), max_length=100, required=False)
    document = DocumentLinkBlock(label=_("文件"), help_text=_("PDF、OFD 等；能用网页文字说明的，请优先写成文字。"))

    class Meta:
        label = _("文件")
        icon = "doc-full-inverse"
        label_format = "{title}"


def file_title(row: Any) -> str:
    """Put the document number behind the title."""
    return "　".join(filter(None, [row["title"], row["number"]]))


class DocumentListBlock(ContentBlock):
    """Files with titles."""

    title = CharBlock(label=_("标题"), max_length=100, required=False, default="附件")
    files = ListBlock(FileBlock(), label=_("文件"), min_num=1)

    content_kinds = (ContentKind.DOCUMENT, ContentKind.REPORT)

    class Meta:
        label = _("文件列表")
        group = _("文件")
        icon = "folder-open-inverse"
        label_format = "{title}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the files that are still there."""
        context = super().get_context(value, parent_context=parent_context)
        rows = [row for row in value["files"] if row["document"]]
        return {**context, "items": [document_item(row["document"], file_title(row)) for row in rows]}


class FormBlock(ContentBlock):
    """A form to download, and how to hand it in."""

    title = CharBlock(label=_("表格名称"), max_length=200)
    document = DocumentLinkBlock(label=_("空白表格"), help_text=_("请提供可以填写的版本，例如 DOCX。"))
    sample = DocumentLinkBlock(
        label=_("填写样例"), required=False, help_text=_("样例中不得出现真实的姓名、证件号、电话。")
    )
    use = TextBlock(label=_("怎样提交"), required=False, rows=2)

    content_kinds = (ContentKind.FORM,)

    class Meta:
        label = _("表格下载")
        group = _("文件")
        icon = "download"
        label_format = "{title}"
