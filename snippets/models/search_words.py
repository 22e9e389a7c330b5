"""检索用词: words that mean the same to who searches, and words that are to be kept whole."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

MOST = 20
_PARTING = re.compile(r"[；;，,、\n]+")


class SearchWords(index.Indexed, models.Model):
    """One group: asked for one of its words, the search looks for all of them. A word alone is only kept whole."""

    words = models.CharField(
        _("词"),
        max_length=255,
        unique=True,
        help_text=_("意思相同的词，用分号隔开，例如：采暖费；暖气费；取暖费。只写一个词，就只作为不可拆开的专名。"),
    )
    note = models.CharField(_("说明"), max_length=255, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    # Of a group that a city pack brought: its key there, and what the pack said last (see `cms.city`).
    pack_key = models.CharField(max_length=64, blank=True, editable=False)
    pack_words = models.CharField(max_length=255, blank=True, editable=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    search_fields = [
        index.SearchField("words"),
        index.AutocompleteField("words"),
        index.SearchField("note"),
        index.FilterField("id"),
        index.FilterField("is_active"),
    ]

    class Meta:
        verbose_name = _("检索用词")
        verbose_name_plural = _("检索用词")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Write the group in one way; refuse an empty one and one that would make everything the same."""
        self.words = "；".join(parted(self.words))
        if not self.words:
            raise ValidationError({"words": _("请写至少一个词。")})
        if len(parted(self.words)) > MOST:
            raise ValidationError({"words": _("一组最多 %(most)d 个词。") % {"most": MOST}})


def parted(words: str) -> list[str]:
    """Return the words of a group, each once, in their order."""
    return list(dict.fromkeys(word for each in _PARTING.split(words) if (word := each.strip())))
