"""Every text of an object that will be public, with its field and its place in words.

Worked out from the model, so that a field that a plugin adds tomorrow is read, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page, ReferenceIndex

from blocks.base import plain_text_of
from blocks.kinds import ContentKind
from media.models import Document

# Where the numbers of an organisation belong.
OFFICIAL_BLOCKS = {ContentKind.PHONE_LIST, ContentKind.OUTLET_LIST}
OFFICIAL_FIELD = re.compile(r"(^|_)(phones?|hotline)$|^number$")
# Of what every page has, the public reads these only.
PAGE_FIELDS = {"title", "seo_title", "search_description"}
NOT_WORDS = (models.URLField, models.SlugField, models.UUIDField)


@dataclass(frozen=True)
class Text:
    """A text, the form's field it stands in, and the place in words; `official` where an office's numbers belong."""

    field: str
    where: str
    text: str
    official: bool = False


def texts_of(obj: Any) -> Iterator[Text]:
    """Yield the texts of an object: its fields, its blocks one by one, its rows, its keywords."""
    for field in _word_fields(type(obj)):
        yield Text(field.name, str(field.verbose_name), getattr(obj, field.name) or "", is_official(field.name))
    for field in obj._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _of_stream(field, getattr(obj, field.name))
    for relation in get_all_child_relations(type(obj)):
        yield from _of_rows(obj, relation)
    yield Text("tags", _("关键词"), "、".join(getattr(obj, "keywords", ())))


def _word_fields(model: Any) -> Iterator[Any]:
    inherited = {field.name for field in Page._meta.get_fields()} - PAGE_FIELDS if issubclass(model, Page) else set()
    for field in model._meta.get_fields():
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_WORDS)
        if is_text and field.editable and not field.choices and field.name not in inherited:
            yield field


def is_official(name: str) -> bool:
    """Do the numbers of an office stand in a field of this name?"""
    return bool(OFFICIAL_FIELD.search(name))


def mark_of_block(number: int, block: Any, name: str = "") -> str:
    """Name a block by its number and its label."""
    names = {"name": name or _("正文"), "number": number, "label": block.block.label}
    return _("%(name)s第 %(number)d 块“%(label)s”") % names


def _of_stream(field: Any, value: Any) -> Iterator[Text]:
    for number, block in enumerate(value, 1):
        text = plain_text_of(block.block, block.value)
        where = mark_of_block(number, block, str(field.verbose_name))
        yield Text(field.name, where, text, block.block_type in OFFICIAL_BLOCKS)


def _of_rows(obj: Any, relation: Any) -> Iterator[Text]:
    name = relation.get_accessor_name()
    if name == COMMENTS_RELATION_NAME or not hasattr(obj, name):
        return
    fields = [field for field in _word_fields(relation.related_model) if field.name != "sort_order"]
    kind = _("附件") if name == "attachments" else str(relation.related_model._meta.verbose_name)
    for number, row in enumerate(getattr(obj, name).all() if fields else (), 1):
        for field in fields:
            names = {"kind": kind, "number": number, "label": field.verbose_name}
            where = _("%(kind)s第 %(number)d 行的“%(label)s”") % names
            yield Text(name, where, getattr(row, field.name) or "", is_official(field.name))


def documents_of(obj: Any) -> list[tuple[str, Document]]:
    """Return the files of an object with the field each is in: rows of attachments, blocks, links in a text."""
    kind = ContentType.objects.get_for_model(Document).pk
    found: dict[str, str] = {}
    for content_type, number, model_path, _path in ReferenceIndex._extract_references_from_object(obj):
        if content_type == kind:
            found.setdefault(str(number), model_path.split(".")[0])
    rows = Document.objects.filter(pk__in=found).order_by("pk")
    return [(found[str(document.pk)], document) for document in rows]
