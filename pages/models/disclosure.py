"""公开信息: what was disclosed for one catalogue entry."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from snippets.models import CatalogueEntry

from .record_page import Attachment, RecordPage


class Keyword(TagBase):
    """关键词, shared by disclosures and notices."""

    free_tagging = True

    class Meta:
        verbose_name = _("关键词")
        verbose_name_plural = _("关键词")


class DisclosureKeyword(ItemBase):
    """A keyword of a disclosure."""

    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="disclosures")
    content_object = ParentalKey("pages.DisclosurePage", on_delete=models.CASCADE, related_name="keyword_items")


class DisclosurePage(RecordPage):
    """One disclosure. Belongs to one entry of its organisation's catalogue; carries an index number once public."""

    column_type = "信息公开目录"
    page_description = _("按公开目录公开的一条信息，公开后得到永久的索引号。")

    entry = models.ForeignKey(
        CatalogueEntry,
        on_delete=models.PROTECT,
        related_name="disclosures",
        verbose_name=_("目录事项"),
        help_text=_("本条信息履行目录中的哪一项。"),
    )
    tags = ClusterTaggableManager(through=DisclosureKeyword, blank=True, verbose_name=_("关键词"))

    content_panels = [
        *RecordPage.checklist_panels,
        *RecordPage.head_panels,
        RecordPage.body_panel,
        *RecordPage.record_panels,
    ]

    class Meta:
        verbose_name = _("公开信息")
        verbose_name_plural = _("公开信息")


class DisclosureAttachment(Attachment):
    """A file of a disclosure."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="attachments")
