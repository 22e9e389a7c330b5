"""Where the entries of the catalogues stand on the public site: on the page of an industry that has them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from pages.identity import source_locale_id
from pages.models import IndustryPage
from snippets.models import CatalogueEntry, Industry
from snippets.models.catalogue import Publicity

if TYPE_CHECKING:
    from pages.presentation import Reader


class EntryPlaces:
    """The pages on which catalogues are shown, by the code of the catalogue. Two queries, when first asked."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @cached_property
    def pages(self) -> dict[str, tuple[IndustryPage, str]]:
        """Return the page of each catalogue, and what its industry is called."""
        industries = list(Industry.objects.exclude(catalogue="").select_related("parent").order_by("order", "code"))
        keys = {key for industry in industries for key in (industry.sector.pk, industry.pk)}
        pages = {
            page.industry_id: page
            for page in IndustryPage.objects.live()
            .public()
            .filter(locale_id=source_locale_id(), industry__in=keys)
            .order_by("-path")
        }
        found: dict[str, tuple[IndustryPage, str]] = {}
        for industry in industries:
            page = pages.get(industry.sector.pk) or pages.get(industry.pk)
            if page and industry.catalogue not in found:
                found[industry.catalogue] = (page, industry.sector.display_title)
        return found

    def title(self, entry: Any) -> str:
        """Return what the industry is called on whose page an entry stands."""
        return self.pages[entry.catalogue][1]

    def url(self, entry: Any) -> str:
        """Return the address of an entry."""
        base = self.reader.url(self.pages[entry.catalogue][0])
        return f"{base}catalogue/?{urlencode({'catalogue': entry.catalogue, 'entry': entry.code})}"

    def entries(self) -> QuerySet[CatalogueEntry]:
        """Return the entries in force that have a place."""
        valid = CatalogueEntry.objects.valid(timezone.localdate())
        return valid.filter(~Q(publicity=Publicity.NOT_PUBLIC), catalogue__in=list(self.pages))
