"""Online service items (DB21/T 2175.5 §4.1.2): the public enters personal data and is answered or served."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .face import City
from .fields import Fields, Keys
from .industries import IndustryRow
from .source import Source

COLUMNS = ("item_id", "name_zh", "service_class", "industry", "provider", "personal_input", "output")
SERVICE_CLASSES = ("query", "appointment", "payment", "registration")
NOTHING = ("无", "—", "－", "-")
SLUG = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service as its row says it; `personal_input` is empty where nothing personal is asked."""

    item_id: str
    name: str
    name_en: str
    service_class: str
    industry: str
    provider: str
    personal_input: tuple[str, ...]
    output: str
    channel: str
    url: str
    line: int


def read_services(
    source: Source, city: City, industries: tuple[IndustryRow, ...], classes: Iterable[str]
) -> tuple[ServiceRow, ...]:
    """Read the service items, in the file's order."""
    if "service_items" not in city.files:
        return ()
    codes = {row.code for row in industries}
    known = set(classes)
    keys = Keys(_("服务编号"))
    table = source.table(city.files["service_items"], COLUMNS)
    return tuple(_service(fields, codes, known, keys) for fields in table)


def _service(fields: Fields, industries: set[str], classes: set[str], keys: Keys) -> ServiceRow:
    item_id = fields.required("item_id", 32)
    if item_id and not SLUG.fullmatch(item_id):
        fields.fail(_("“item_id”只能用英文字母、数字、连字符和下划线。"))
    elif item_id:
        keys.claim(item_id, fields)
    return ServiceRow(
        item_id=item_id,
        name=fields.required("name_zh", 150),
        name_en=fields.text("name_en", 150),
        service_class=fields.code("service_class", classes),
        industry=fields.code("industry", industries),
        provider=fields.text("provider", 100),
        personal_input=_inputs(fields.text("personal_input")),
        # Half-width in the file, as between the inputs; it is read as a sentence.
        output=fields.text("output").replace(";", "；"),
        channel=fields.text("channel", 50),
        url=fields.link("url"),
        line=fields.place.line,
    )


def _inputs(text: str) -> tuple[str, ...]:
    if text.startswith(NOTHING):
        return ()
    return tuple(part.strip() for part in text.replace("；", ";").split(";") if part.strip())
