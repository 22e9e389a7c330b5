"""Life events: what happens to people, and the service items they need then, in that order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .face import City
from .fields import Fields, Keys
from .services import SLUG, ServiceRow
from .source import Source

COLUMNS = ("code", "name_zh", "name_en", "summary", "summary_en", "items")


@dataclass(frozen=True, slots=True)
class LifeEventRow:
    """One life event; `items` are keys of rows in `service_items`."""

    code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    items: tuple[str, ...]
    order: int


def read_life_events(source: Source, city: City, services: Iterable[ServiceRow]) -> tuple[LifeEventRow, ...]:
    """Read the life events, in the file's order."""
    if "life_events" not in city.files:
        return ()
    known = {row.item_id for row in services}
    keys = Keys(_("人生事件代码"))
    table = source.table(city.files["life_events"], COLUMNS)
    return tuple(_life_event(fields, order, known, keys) for order, fields in enumerate(table, start=1))


def _life_event(fields: Fields, order: int, known: set[str], keys: Keys) -> LifeEventRow:
    code = fields.required("code", 64)
    if code and not SLUG.fullmatch(code):
        fields.fail(_("“code”只能用英文字母、数字、连字符和下划线。"))
    elif code:
        keys.claim(code, fields)
    items = tuple(part.strip() for part in fields.text("items").replace("；", ";").split(";") if part.strip())
    for item in items:
        if item not in known:
            fields.fail(_("“items”里的服务编号“%(item)s”不在 service_items 里。") % {"item": item})
    return LifeEventRow(
        code=code,
        name=fields.required("name_zh", 40),
        name_en=fields.text("name_en", 80),
        summary=fields.text("summary", 100),
        summary_en=fields.text("summary_en", 150),
        items=tuple(dict.fromkeys(items)),
        order=order,
    )
