"""What objects are called: the whole name, short ones, and how much each counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import singledispatch
from typing import Any, NamedTuple

from wagtail.models import Page

from pages.models import OrganisationPage
from pages.models.levels import CityPortalPage, DistrictPage
from pages.models.organisation import DISTRICT_DIGITS
from rules.segmentation import Dictionary, fold
from rules.short_names import short_names
from snippets.models import CatalogueEntry, Industry, SearchWords, ServiceItem
from snippets.models.catalogue import Publicity
from snippets.models.search_words import parted

TEXT_LIMIT = 255
# What stands behind these says the same at length.
_TAIL = re.compile(r"[(（:：].*$")
SERVICE, ENTRY, WORD, OTHER_NAME = 70, 60, 10, 5
# The higher an organisation stands, the likelier it is meant; villages share their names with half the country.
OF_DEPTH = {2: 95, 3: 90, 4: 60}
BELOW = 50
VILLAGES = 30
CODE = 99
DISTRICT_DEPTH = 3


class Named(NamedTuple):
    """One name."""

    text: str
    weight: int


@singledispatch
def names_of(instance: Any, places: Collection[str]) -> Iterator[Named]:
    """Yield the names of an object that is public; nothing for what is not looked for by its name."""
    yield from ()


@names_of.register
def _(page: OrganisationPage, places: Collection[str]) -> Iterator[Named]:
    if page.live:
        weight = VILLAGES if page.industry_id and len(page.division_code) == len("210202001002") else 0
        weight = weight or OF_DEPTH.get(page.depth, BELOW)
        yield Named(fold(page.title), weight + OTHER_NAME)
        yield from (Named(code.lower(), CODE) for code in _codes_of(page) if code)
        for name in filter(None, (page.title, page.short_name)):
            yield from (Named(short, weight) for short in short_names(name, places))


@names_of.register
def _(item: ServiceItem, places: Collection[str]) -> Iterator[Named]:
    if item.live:
        code = item.code.lower()
        yield Named(code, CODE)
        # An item of a group is known by the code of the group too.
        yield Named(code.partition("-")[0], CODE)
        yield from _titled(item.title, SERVICE)


@names_of.register
def _(entry: CatalogueEntry, places: Collection[str]) -> Iterator[Named]:
    if entry.publicity != Publicity.NOT_PUBLIC:
        yield Named(entry.code.lower(), CODE)
        yield Named(f"{entry.catalogue}{entry.code}".lower(), CODE)
        yield from _titled(entry.title, ENTRY)


def _codes_of(page: OrganisationPage) -> tuple[str, ...]:
    """Return the codes that are an organisation's alone; units bear that of their district."""
    is_place = page.depth <= DISTRICT_DEPTH or len(page.division_code) > DISTRICT_DIGITS
    return page.credit_code, page.division_code if is_place else ""


def _titled(title: str, weight: int) -> Iterator[Named]:
    yield Named(fold(title), weight + OTHER_NAME)
    yield Named(fold(_TAIL.sub("", title)), weight)


def words_of(instance: Any, dictionary: Dictionary) -> set[str]:
    """Return the words in the names of an object, each of which may be typed by its sound."""
    if isinstance(instance, SearchWords):
        return {fold(word) for word in parted(instance.words)} if instance.is_active else set()
    if isinstance(instance, Industry):
        return _words_in(instance.title, dictionary)
    return {word for named in names_of(instance, ()) for word in _words_in(named.text, dictionary)}


def _words_in(title: str, dictionary: Dictionary) -> set[str]:
    runs = re.findall(r"\w+", fold(title))
    return {word for run in runs for word in dictionary.cut(run) if len(word) > 1}


def subject_of(model: type[Any]) -> str:
    """Return under what an object is kept: pages are pages, whatever they are beside."""
    return "page" if issubclass(model, Page) else str(model._meta.model_name)


def is_named(model: type[Any]) -> bool:
    """Do objects of this kind have names one asks for, or words to be typed?"""
    return issubclass(model, OrganisationPage | ServiceItem | CatalogueEntry | Industry | SearchWords)


def places_of_the_city() -> list[str]:
    """Return the names people leave out or shorten: of the city and its districts. Two queries."""
    return [
        title for model in (CityPortalPage, DistrictPage) for title in model.objects.values_list("title", flat=True)
    ]
