"""敏感词: words that must not, or not without a second look, stand in what is published."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from rules.forbidden_words import WordList
from rules.screening import Severity


class WordSeverity(models.TextChoices):
    """What a word means for the submission (see `rules.screening.Severity`)."""

    BLOCK = Severity.BLOCK.value, _("禁止：删去才能提交")
    WARN = Severity.WARN.value, _("提醒：编辑员确认后才能提交")
    INFO = Severity.INFO.value, _("提示：只给出建议")


class WordCategory(models.TextChoices):
    """Why a word is on the list."""

    ABSOLUTE = "absolute", _("绝对化用语")
    MISSPELT = "misspelt", _("错别字")
    DISRESPECTFUL = "disrespectful", _("不当称谓")
    OUTDATED = "outdated", _("过时的名称")
    INTERNAL = "internal", _("内部用语")
    OTHER = "other", _("其他")


class SensitiveWord(index.Indexed, models.Model):
    """One word of the list, kept by the portal's administrators."""

    word = models.CharField(
        _("词"), max_length=50, unique=True, help_text=_("全角半角、繁简、大小写、夹在中间的空格和符号都不影响查找。")
    )
    severity = models.CharField(_("处理"), max_length=8, choices=WordSeverity.choices, default=WordSeverity.WARN)
    category = models.CharField(_("类别"), max_length=16, choices=WordCategory.choices, default=WordCategory.OTHER)
    replacement = models.CharField(_("建议改为"), max_length=100, blank=True)
    note = models.CharField(_("依据或说明"), max_length=255, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    search_fields = [
        index.SearchField("word", boost=2),
        index.AutocompleteField("word"),
        index.SearchField("note"),
        index.FilterField("id"),
        index.FilterField("severity"),
        index.FilterField("category"),
        index.FilterField("is_active"),
    ]

    class Meta:
        verbose_name = _("敏感词")
        verbose_name_plural = _("敏感词")
        ordering = ["category", "word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Refuse a word that would be found everywhere."""
        self.word = self.word.strip()
        if len(self.word) < 2 and not self.word.isascii():
            raise ValidationError({"word": _("单个汉字会处处命中；请写完整的词。")})


class Listed(NamedTuple):
    """What is told about a word that was found."""

    word: str
    severity: str
    category: str
    replacement: str
    note: str

    @property
    def category_label(self) -> str:
        """Return why the word is on the list."""
        return str(dict(WordCategory.choices).get(self.category, self.category))


class Words:
    """The active words, ready to be looked for together."""

    def __init__(self, rows: tuple[Listed, ...]) -> None:
        self._rows = {row.word: row for row in rows}
        self._list = WordList(self._rows)

    def find(self, text: str) -> list[Listed]:
        """Return the words in a text, each once, in the order of the text."""
        return [self._rows[word] for word in dict.fromkeys(hit.word for hit in self._list.find(text))]


def words() -> Words:
    """Return the list as it is now; it is compiled again only when a row has changed. One query."""
    rows = SensitiveWord.objects.filter(is_active=True).order_by("pk").values_list(*Listed._fields)
    return _compiled(tuple(Listed(*row) for row in rows))


@lru_cache(maxsize=4)
def _compiled(rows: tuple[Listed, ...]) -> Words:
    return Words(rows)
