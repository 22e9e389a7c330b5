"""Where the entries of the catalogues stand on the public site: on the page of an industry that has them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone
from wagtail.models import Page

from pages.identity import source_locale_id
from snippets.models import Industry

from .open_rows import catalogue_entries, industry_pages

if TYPE_CHECKING:
    from cms.api.public import PublicView
    from pages.presentation import Reader

    from .backends.among import Among


class EntryPlaces:
    """The pages on which catalogues are shown, by the code of the catalogue. Three queries, when first asked."""

    def __init__(self, reader: Reader, public: PublicView) -> None:
        self.reader, self.public = reader, public

    @cached_property
    def pages(self) -> dict[str, tuple[Page, str]]:
        """Return the page of each catalogue, and what its industry is called."""
        industries = list(Industry.objects.exclude(catalogue="").select_related("parent").order_by("order", "code"))
        shown = industry_pages(source_locale_id(), self.public.restricted).order_by("-path")
        by_industry = dict(shown.values_list("industry_id", "pk"))
        chosen: dict[str, tuple[int, str]] = {}
        for industry in industries:
            key = by_industry.get(industry.sector.pk) or by_industry.get(industry.pk)
            if key and industry.catalogue not in chosen:
                chosen[industry.catalogue] = (key, industry.sector.display_title)
        pages = Page.objects.in_bulk({key for key, _title in chosen.values()})
        return {catalogue: (pages[key], title) for catalogue, (key, title) in chosen.items() if key in pages}

    def title(self, entry: Any) -> str:
        """Return what the industry is called on whose page an entry stands."""
        return self.pages[entry.catalogue][1]

    def url(self, entry: Any) -> str:
        """Return the address of an entry."""
        base = self.reader.url(self.pages[entry.catalogue][0])
        return f"{base}catalogue/?{urlencode({'catalogue': entry.catalogue, 'entry': entry.code})}"

    def entries(self) -> Among:
        """Return the entries in force that have a place."""
        return catalogue_entries(source_locale_id(), self.public.restricted, timezone.localdate())
