"""Pages with a title and a text, as plain as Wagtail has them: what is searched is declared here."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.transaction import Atomic
from wagtail.models import Page
from wagtail.search import index

from snippets.models import SearchWords
from tests.factories import make_disclosure, make_notice, make_service_item

from .engine import stub_engine, use

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


@pytest.fixture
def commits(db, monkeypatch):
    """What is called on commit is called when the test's own transaction is all that is still open."""
    outside, leave, on_commit = len(connection.savepoint_ids), Atomic.__exit__, connection.on_commit

    def commit():
        while connection.run_on_commit and len(connection.savepoint_ids) == outside:
            connection.run_on_commit.pop(0)[1]()

    def leave_and_commit(block, *raised):
        leave(block, *raised)
        commit()

    def on_commit_or_now(*args, **options):
        on_commit(*args, **options)
        commit()

    monkeypatch.setattr(Atomic, "__exit__", leave_and_commit)
    monkeypatch.setattr(connection, "on_commit", on_commit_or_now)


@pytest.fixture(params=["elasticsearch", "opensearch"])
def engine(request, settings, commits, town):
    """A town whose texts an engine holds."""
    town.water.title = "滨海市自来水集团有限公司"
    town.water.save()
    SearchWords.objects.create(words="阶梯水价；累进水价")
    make_disclosure(town.water, town.entries["water_price"], title="累进水价办法", summary="居民用水")
    make_notice(town.water, title="計劃停水公告", area="示例街道")
    make_notice(town.water, title="示例街道施工", summary="施工期间停水")
    make_service_item(town.water, town.industries["waterworks"], title="水费缴纳", code="S002")
    with stub_engine() as stub:
        use(settings, request.param, stub.url)
        call_command("update_index", verbosity=0)
        yield stub


def titles(found) -> list[str]:
    """Read the titles of what was found, in order."""
    return [page.title for page in found]
