"""An article: text with its source, author and date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DateBlock

from .base import ContentBlock
from .kinds import ContentKind
from .text import ProseBlock


class ArticleBlock(ContentBlock):
    """Popular science, safety advice, a report in words."""

    title = CharBlock(label=_("标题"), max_length=200)
    source = CharBlock(label=_("来源"), max_length=100, required=False, help_text=_("转载的，写原发布单位。"))
    author = CharBlock(label=_("作者"), max_length=50, required=False)
    written = DateBlock(label=_("日期"), required=False)
    body = ProseBlock(label=_("正文"))

    content_kinds = (ContentKind.ARTICLE, ContentKind.REPORT)

    class Meta:
        label = _("文章")
        group = _("文字")
        icon = "doc-full"
        label_format = "{title}"
