"""Service items as links and by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from snippets.connectors import installed
from snippets.models import ServiceItem
from snippets.templates_hook import service_class_choices

from ..models import ServiceIndexPage
from . import reads
from .places import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .reader import Reader

PER_CLASS = 4
# Fewer are not done together.
AT_LEAST = 2


def service_links(reader: Reader, scope: Q, limit: int) -> list[dict[str, Any]]:
    """Return the service items of a scope as short links with their class (`lined.html`)."""
    hall = places(reader.request).first(ServiceIndexPage)
    items = list(reads.service_items(scope).order_by("industry__order", "code")[:limit]) if hall else []
    return [
        {"title": item.title, "url": f"{reader.url(hall)}{item.code}/", "tag": item.get_service_class_display()}
        for item in translated_items(reader, items)
    ]


def service_classes(reader: Reader) -> tuple[list[dict[str, Any]], int]:
    """Return the classes with their first items (`classes.html`), and how many items there are in all."""
    hall = places(reader.request).first(ServiceIndexPage)
    if hall is None:
        return [], 0
    number = Window(Count("pk"), partition_by=F("service_class"))
    place = Window(RowNumber(), partition_by=F("service_class"), order_by=["industry__order", "code"])
    found = reads.service_items(Q()).annotate(number=number, place_in_class=place)
    items = list(found.filter(place_in_class__lte=PER_CLASS).order_by("service_class", "place_in_class"))
    numbers = {item.service_class: item.number for item in items}
    base, shown = reader.url(hall), translated_items(reader, items)
    classes = [
        {
            "title": label,
            "number": numbers[code],
            "url": f"{base}?class={code}",
            "links": [
                {"title": item.title, "url": f"{base}{item.code}/"} for item in shown if item.service_class == code
            ],
        }
        for code, label in service_class_choices()
        if code in numbers
    ]
    return classes, sum(numbers.values())


def done_together() -> list[dict[str, Any]]:
    """Return where several items are done in one visit, of each connector with two or more. At most one query."""
    ways = {each.code: each.together for each in installed() if each.together}
    if not ways:
        return []
    found: Any = reads.service_items(Q(connector__in=list(ways))).order_by().values_list("connector")
    numbers = dict(found.annotate(number=Count("pk")))
    return [
        {"title": way.words, "url": reverse(way.view), "hint": way.hint}
        for code, way in ways.items()
        if numbers.get(code, 0) >= AT_LEAST
    ]


def translated_items(reader: Reader, items: Iterable[ServiceItem]) -> list[ServiceItem]:
    """Put the live translation in the place of an item, where there is one; both are done in the same way."""
    items = list(items)
    if reader.reads_source or not items:
        return items
    keys = [item.translation_key for item in items]
    translations = ServiceItem.objects.filter(
        translation_key__in=keys, locale__language_code=reader.language, live=True
    )
    by_key = {item.translation_key: item for item in translations}
    shown = [by_key.get(item.translation_key, item) for item in items]
    for source, item in zip(items, shown, strict=True):
        # A translation that lags behind would send its readers to the telephone.
        item.connector = source.connector
    return shown


def asking_item(source: ServiceItem, item: ServiceItem) -> ServiceItem:
    """Return whose inputs are asked: the translation's where it asks for the same, else the source's."""
    names = [[each["name"] for each in one.declared_inputs] for one in (item, source)]
    return item if names[0] == names[1] else source
