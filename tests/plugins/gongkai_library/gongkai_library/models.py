"""A public library: what its readers ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from pages.models import UnitPage
from pages.profiles import amount_field, count_field, profile_panel


class LibraryKind(models.TextChoices):
    """馆别."""

    GENERAL = "general", _("综合性公共图书馆")
    CHILDREN = "children", _("少年儿童图书馆")
    BRANCH = "branch", _("分馆")


class LibraryPage(UnitPage):
    """公共图书馆. Opening hours and lending rules are disclosures, closures notices, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = ("kind", "seats", "volumes", "opens_on_holidays")

    kind = models.CharField(_("馆别"), max_length=16, choices=LibraryKind.choices, blank=True)
    seats = count_field(_("阅览座位（个）"), most=20_000)
    volumes = amount_field(_("藏书（万册）"), most=10_000)
    opens_on_holidays = models.BooleanField(_("节假日开放"), null=True, blank=True)

    content_panels = [
        *UnitPage.content_panels,
        profile_panel(_("图书馆情况"), profile_fields),
        InlinePanel("reading_rooms", heading=_("阅览室"), label=_("阅览室")),
    ]

    class Meta:
        verbose_name = _("公共图书馆")
        verbose_name_plural = _("公共图书馆")


class ReadingRoom(Orderable):
    """One reading room of a library."""

    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="reading_rooms")
    name = models.CharField(_("名称"), max_length=50)
    floor = models.CharField(_("楼层"), max_length=20, blank=True)

    panels = [FieldPanel("name"), FieldPanel("floor")]

    class Meta(Orderable.Meta):
        verbose_name = _("阅览室")
        verbose_name_plural = _("阅览室")

    def __str__(self) -> str:
        return self.name
