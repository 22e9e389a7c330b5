"""What a bulk load writes is, table by table and field by field, what the ordinary path writes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.demo.bodies import stream
from cms.demo.generator import generate
from pages.bulk import bulk_add
from pages.bulk_contents import contents, references
from pages.bulk_rows import reserve, write
from pages.models import DisclosurePage, IndexCounter, PublicationRecord, UnitPage
from pages.register import record_many
from tests.blocks.samples import VALUES
from tests.factories import make_disclosure
from tests.town import Town

# What no two pages share, and what a draft that is published later says otherwise.
OWN = {"id", "pk", "page_ptr", "path", "slug", "url_path", "translation_key", "page", "index_number", "object_id"}
STATE = {"live", "has_unpublished_changes"}
MOMENTS = {"first_published_at", "last_published_at", "latest_revision_created_at", "created_at"}
REVISIONS = {"latest_revision", "live_revision"}
DIFFERENT = OWN | MOMENTS | REVISIONS
NASTY = ['"', "\\", "\\.", "a\n\\.\nb", "\\N", "a\tb", "a\r\nb", ",", "NULL", "𠮷 é", " 空 "]


def a_disclosure(town: Town) -> dict[str, Any]:
    """Return the fields of a disclosure whose body leads to a page."""
    text = f'<p>见<a linktype="page" id="{town.water.pk}">供水单位</a>。</p>'
    body = stream(("text", text), ("procedure", VALUES["procedure"]))
    fields = {"title": "水价（示例 1）", "summary": "水价的内容概述", "generated_on": date(2026, 1, 15), "body": body}
    return {**fields, "entry": town.entries["water_price"]}


def columns(row: Any) -> dict[str, Any]:
    """Return what a row holds, but for what must differ."""
    values = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: value for name, value in values.items() if name not in DIFFERENT}


def rows_of(page: Page) -> list[Any]:
    """Return what the reference index holds of a page."""
    names = ("content_type", "base_content_type", "to_content_type", "to_object_id", "model_path", "content_path")
    return sorted(ReferenceIndex.objects.filter(object_id=page.pk).values_list(*names, "content_path_hash"))


@pytest.fixture
def both(town: Town) -> tuple[DisclosurePage, DisclosurePage]:
    """Publish one disclosure by the ordinary path, and the same one in bulk."""
    fields = a_disclosure(town)
    ordinary = make_disclosure(town.water, **fields)
    bulk = DisclosurePage(slug="bulk", **fields)
    bulk_add(town.water, [bulk])
    record_many([(town.water, [bulk])])
    return DisclosurePage.objects.get(pk=ordinary.pk), DisclosurePage.objects.get(pk=bulk.pk)


def test_the_page(both: tuple[DisclosurePage, DisclosurePage]) -> None:
    ordinary, bulk = both

    assert columns(bulk) == columns(ordinary)
    assert bulk.first_published_at == bulk.last_published_at == bulk.latest_revision_created_at


def test_the_revision(both: tuple[DisclosurePage, DisclosurePage]) -> None:
    ordinary, bulk = (Revision.objects.get(object_id=str(page.pk)) for page in both)

    assert bulk.pk == both[1].latest_revision_id == both[1].live_revision_id
    assert {**columns(bulk), "content": None} == {**columns(ordinary), "content": None}
    assert bulk.content.keys() == ordinary.content.keys()
    differing = {name for name, value in bulk.content.items() if value != ordinary.content[name]}
    assert differing <= DIFFERENT | STATE


def test_the_references(both: tuple[DisclosurePage, DisclosurePage]) -> None:
    ordinary, bulk = both

    written = rows_of(bulk)

    assert written == rows_of(ordinary)
    assert len(written) == 2
    call_command("rebuild_references_index", verbosity=0)
    assert rows_of(bulk) == written


def test_the_search_row(both: tuple[DisclosurePage, DisclosurePage]) -> None:
    ordinary, bulk = (IndexEntry.objects.get(object_id=str(page.pk)) for page in both)

    assert columns(bulk) == columns(ordinary)
    get_search_backend().add(both[1])
    assert model_to_dict(IndexEntry.objects.get(object_id=str(both[1].pk))) == model_to_dict(bulk)


def test_the_register_row(both: tuple[DisclosurePage, DisclosurePage]) -> None:
    ordinary, bulk = (PublicationRecord.objects.get(page=page) for page in both)

    assert columns(bulk) == columns(ordinary)
    assert bulk.index_number != ordinary.index_number
    assert bulk.first_published_at == both[1].first_published_at


def test_what_pages_share_is_what_each_would_say_alone(town: Town) -> None:
    generate(40, lambda count: None)
    pages = [*DisclosurePage.objects.all(), *UnitPage.objects.all()]

    assert list(contents(pages)) == [page.serializable_data() for page in pages]
    for page, found in zip(pages, references(pages), strict=True):
        assert {each[:4] for each in found} == set(ReferenceIndex._extract_references_from_object(page))


def test_the_reference_index_is_the_one_a_rebuild_gives(town: Town) -> None:
    generate(40, lambda count: None)
    names = ("object_id", "to_content_type", "to_object_id", "model_path", "content_path", "content_path_hash")
    written = set(ReferenceIndex.objects.values_list(*names))

    call_command("rebuild_references_index", verbosity=0)

    assert set(ReferenceIndex.objects.values_list(*names)) == written


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_any_text_is_kept_as_it_is(town: Town, text: str) -> None:
    page = DisclosurePage(title=f"示例{text}", summary=text, entry=town.entries["water_price"])

    bulk_add(town.water, [page])

    stored = DisclosurePage.objects.get(pk=page.pk)
    assert (stored.title, stored.summary) == (f"示例{text}", text)
    assert stored.latest_revision.content["summary"] == text
    assert stored.generated_on is None


def test_reserved_keys_are_given_to_nobody_else(db: None) -> None:
    keys = reserve(IndexCounter, 3)
    write(IndexCounter, {"id": keys, "series": ["甲", "乙", "丙"]})

    next_one = IndexCounter.objects.create(series="丁")

    assert next_one.pk not in keys
    assert [IndexCounter.objects.get(series=each).pk for each in "甲乙丙"] == keys
    assert not any(keys[0] <= key <= keys[-1] for key in reserve(IndexCounter, 2))


def test_what_is_not_said_has_its_default_and_its_key_from_the_database(db: None) -> None:
    write(IndexCounter, {"series": ["甲", "乙"]})
    write(IndexCounter, {"series": ["丙"]}, last=7)

    assert list(IndexCounter.objects.order_by("pk").values_list("series", "last")) == [("甲", 0), ("乙", 0), ("丙", 7)]


def test_what_is_there_already_is_refused_as_django_refuses_it(db: None) -> None:
    IndexCounter.objects.create(series="甲")

    with pytest.raises(IntegrityError), transaction.atomic():
        write(IndexCounter, {"series": ["乙", "甲"]})

    assert IndexCounter.objects.count() == 1
