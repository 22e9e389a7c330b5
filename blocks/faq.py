"""Questions people ask, answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock

from .base import ContentBlock, RecordBlock
from .kinds import ContentKind
from .text import ProseBlock


class QuestionBlock(RecordBlock):
    """One question and its answer."""

    question = CharBlock(label=_("问题"), max_length=200, help_text=_("用群众的话来问，例如：缴错户号了怎么办？"))
    answer = ProseBlock(label=_("回答"))

    class Meta:
        label = _("问答")
        icon = "help"
        label_format = "{question}"


class FaqBlock(ContentBlock):
    """Frequent questions."""

    title = CharBlock(label=_("标题"), max_length=100, required=False, default="常见问题")
    questions = ListBlock(QuestionBlock(), label=_("问答"), min_num=1)

    content_kinds = (ContentKind.FAQ,)

    class Meta:
        label = _("常见问题")
        group = _("文字")
        icon = "help"
        label_format = "{title}"
