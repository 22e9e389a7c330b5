"""Deep links: engines that have no interface we may use are opened by the reader, and asked nothing by us."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..addresses import check_template, filled
from ..kinds import Question, SourceKind


def link(question: Question) -> str:
    """Return the address with the words in it."""
    return filled(question.address, question.words)


KIND = SourceKind(
    code="link",
    title=_("只给链接（公共搜索引擎等）"),
    about=_("填带 {searchTerms} 的地址，例如 https://www.example.com/s?wd={searchTerms}；本站不代问，读者自己打开。"),
    check=check_template,
    link=link,
)
