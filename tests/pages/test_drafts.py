"""A version read back is what Wagtail would read back, and a page's references are what Wagtail would write."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from media.models import Document
from pages.models import DisclosureAttachment, DisclosurePage
from tests.factories import make_disclosure
from tests.town import Town


@pytest.fixture
def page(town: Town) -> DisclosurePage:
    page = make_disclosure(town.water, town.entries["water_price"], title="水价")
    for number in range(3):
        file = Document(title=f"附件{number}", owner_organisation_id=town.water.pk)
        file.file.save(f"{number}.txt", ContentFile(b"text"))
        page.attachments.add(DisclosureAttachment(document=file, title=f"附件{number}"))
    page.save_revision()
    return DisclosurePage.objects.get(pk=page.pk)


def fields_of(page: Any) -> dict[str, Any]:
    """Return the columns of a page."""
    return {each.attname: getattr(page, each.attname) for each in page._meta.concrete_fields}


def references_of(page: Any) -> set[tuple[Any, ...]]:
    """Return what the index says of a page."""
    rows = ReferenceIndex.objects.filter(base_content_type=page.get_base_content_type(), object_id=page.pk)
    return set(rows.values_list("to_content_type", "to_object_id", "model_path", "content_path"))


def cost_of(page: DisclosurePage, content: dict[str, Any]) -> int:
    """Count the queries of reading a version back."""
    with CaptureQueriesContext(connection) as queries:
        page.with_content_json(content)
    return len(queries)


def test_a_version_read_back_is_what_wagtail_reads_back(page: DisclosurePage) -> None:
    ours = page.with_content_json(page.latest_revision.content)
    stock = Page.with_content_json(page, page.latest_revision.content)

    assert fields_of(ours) == fields_of(stock) | {"live_revision_id": page.live_revision_id}
    assert [row.document_id for row in ours.attachments.all()] == [row.document_id for row in stock.attachments.all()]
    assert {row.page for row in ours.attachments.all()} == {ours}


def test_what_becomes_of_a_row_whose_file_is_gone_is_left_to_wagtail(page: DisclosurePage) -> None:
    content = page.latest_revision.content
    content["attachments"][1]["document"] = 987654

    with pytest.raises(Exception) as ours:
        page.with_content_json(content)
    with pytest.raises(Exception) as stock:
        Page.with_content_json(page, content)

    assert str(ours.value) == str(stock.value)


def test_reading_back_many_rows_costs_as_much_as_one(page: DisclosurePage) -> None:
    content = page.latest_revision.content
    page.with_content_json(content)
    one = content | {"attachments": content["attachments"][:1]}

    assert cost_of(page, content) == cost_of(page, one)


def test_the_references_of_a_published_page_are_what_wagtail_would_write(page: DisclosurePage) -> None:
    page.latest_revision.publish(skip_permission_checks=True)
    found = references_of(page)

    ReferenceIndex.create_or_update_for_object(DisclosurePage.objects.get(pk=page.pk))

    assert len(found) >= 3
    assert references_of(page) == found


def test_each_attachment_costs_a_handful_of_queries(page: DisclosurePage) -> None:
    with CaptureQueriesContext(connection) as queries:
        page.latest_revision.publish(skip_permission_checks=True)

    # Read once for the page, not once for each of its rows.
    assert len([query for query in queries if 'FROM "wagtailcore_referenceindex"' in query["sql"]]) == 1
