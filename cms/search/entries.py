"""Where the entries of the catalogues stand on the public site: on the page of an industry that has them."""

from __future__ import annotations

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
    """The pages on which catalogues are shown, by the code of the catalogue. Two queries."""

    def __init__(self, reader: Reader) -> None:
        pages = {
            page.industry_id: page
            for page in IndustryPage.objects.live().public().filter(locale_id=source_locale_id()).order_by("-path")
        }
        self.bases: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        for industry in Industry.objects.exclude(catalogue="").select_related("parent").order_by("order", "code"):
            page = pages.get(industry.sector.pk) or pages.get(industry.pk)
            if page and industry.catalogue not in self.bases:
                self.bases[industry.catalogue] = f"{reader.url(page)}catalogue/"
                self.titles[industry.catalogue] = industry.sector.display_title

    def url(self, entry: Any) -> str:
        """Return the address of an entry."""
        return f"{self.bases[entry.catalogue]}?{urlencode({'catalogue': entry.catalogue, 'entry': entry.code})}"

    def entries(self) -> QuerySet[CatalogueEntry]:
        """Return the entries in force that have a place."""
        valid = CatalogueEntry.objects.valid(timezone.localdate())
        return valid.filter(~Q(publicity=Publicity.NOT_PUBLIC), catalogue__in=list(self.bases))
