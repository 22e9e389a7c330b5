"""Pages with a title and a text, as plain as Wagtail has them: what is searched is declared here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from wagtail.models import Page
from wagtail.search import index

AddPage = Callable[..., Page]


@pytest.fixture
def add_page(db, monkeypatch) -> AddPage:
    """Give a function that adds a page with a title and, if wanted, a text and an author."""
    fields = [
        *Page.search_fields,
        index.SearchField("search_description"),
        index.SearchField("seo_title"),
        index.AutocompleteField("seo_title"),
        index.RelatedFields("owner", [index.SearchField("first_name")]),
        index.FilterField("latest_revision_created_at"),
    ]
    monkeypatch.setattr(Page, "search_fields", fields)

    serial = count()

    def add(title: str, text: str = "", **values) -> Page:
        page = Page(title=title, slug=f"page-{next(serial)}", search_description=text, **values)
        Page.objects.get(depth=1).add_child(instance=page)
        return page

    return add


def titles(found) -> list[str]:
    """Read the titles of what was found, in order."""
    return [page.title for page in found]
