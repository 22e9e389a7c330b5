"""Home, sections, units, disclosures; a snippet for the category. Indexes where the tutorial would put them."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet


@register_snippet
class Category(models.Model):
    title = models.CharField(max_length=255)

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.title


class HomePage(Page):
    class Meta:
        app_label = "stock"


class SectionPage(Page):
    introduction = models.CharField(max_length=255, blank=True)

    class Meta:
        app_label = "stock"


class UnitPage(Page):
    address = models.CharField(max_length=255, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("address")]
    api_fields = [APIField("address")]

    class Meta:
        app_label = "stock"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        latest = DisclosurePage.objects.live().child_of(self).order_by("-date", "-pk")[:20]
        return super().get_context(request, *args, **kwargs) | {"latest": latest}


class DisclosurePage(Page):
    date = models.DateField(db_index=True)
    index_number = models.CharField(max_length=100, db_index=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(max_length=500, blank=True)
    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())], blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("index_number"),
        FieldPanel("category"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("category"),
    ]
    api_fields = [
        APIField("date"),
        APIField("index_number"),
        APIField("category"),
        APIField("summary"),
        APIField("body"),
    ]

    class Meta:
        app_label = "stock"
