"""Fill the stock site from what `tests.bench.content` wrote: python -m tests.bench.stock <folder>.

Pages, disclosures and search rows as Wagtail would write them, by COPY and one statement for the index.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from wagtail.models import Locale, Page, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PAGE_COLUMNS = (
    "id, path, depth, numchild, title, draft_title, slug, url_path, content_type_id, locale_id, translation_key, "
    "live, has_unpublished_changes, show_in_menus, seo_title, search_description, expired, locked, "
    "first_published_at, last_published_at"
)
# As Wagtail's own backend writes them.
INDEX = """
WITH texts AS (
    SELECT page.id, page.title, to_tsvector('simple', page.title) AS words,
           concat_ws(' ', disclosure.summary, category.title, disclosure.body::text) AS rest
    FROM wagtailcore_page page
    JOIN stock_disclosurepage disclosure ON disclosure.page_ptr_id = page.id
    JOIN stock_category category ON category.id = disclosure.category_id
), average AS (SELECT avg(length(words)) AS words FROM texts)
INSERT INTO wagtailsearch_indexentry
    (object_id, content_type_id, title, autocomplete, body, title_norm, title_text, body_text)
SELECT id, %s, setweight(texts.words, 'A'), texts.words, to_tsvector('simple', rest),
       average.words / greatest(length(texts.words), 1), title, rest
FROM texts, average
"""

CHILDREN = """
UPDATE wagtailcore_page page SET numchild = below.number
FROM (SELECT left(path, -4) AS path, count(*) AS number FROM wagtailcore_page GROUP BY 1) below
WHERE below.path = page.path
"""


def main(folder: Path) -> None:
    """Migrate, fill the tables, and say where things are."""
    call_command("migrate", verbosity=0)
    content = json.loads((folder / "content.json").read_text())
    tree = Tree(content)
    copy("stock_category", "id, title", ([each["id"], each["title"]] for each in content["categories"]))
    for model, rows in (("homepage", tree.home()), ("sectionpage", tree.sections()), ("unitpage", tree.units())):
        write(model, rows)
    with (folder / "records.csv").open(newline="") as records:
        write("disclosurepage", tree.disclosures(csv.reader(records)))
    finish(tree.types["disclosurepage"])
    (folder / "stock.json").write_text(json.dumps(facts(content["chosen"])))


class Tree:
    """Gives every page its place: home, sections, units, disclosures."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.locale = Locale.objects.get()
        self.types = {
            each.model: each.pk for each in ContentType.objects.filter(app_label="stock") if each.model != "category"
        }
        self.last = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.places: dict[Any, tuple[str, str]] = {}
        self.children: dict[Any, int] = {}

    def page(self, model: str, parent: Any, key: Any, **said: Any) -> list[Any]:
        """Write the row of a page below another."""
        self.last += 1
        above, url = self.places[parent]
        number = self.children[parent] = self.children.get(parent, 0) + 1
        slug = f"{model.removesuffix('page')}-{number}"
        path, url = Page._get_path(above, len(above) // Page.steplen + 1, number), f"{url}{slug}/"
        self.places[key] = path, url
        at = said.get("at", "2026-01-15 01:00:00+00")
        title, in_menus = said["title"], said.get("in_menus", False)
        return [
            *(self.last, path, len(path) // Page.steplen, 0, title, title, slug, url),
            *(self.types[model], self.locale.pk, uuid4(), True, False, in_menus, "", "", False, False, at, at),
        ]

    def home(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Put the home page in the place of the welcome page."""
        Site.objects.all().delete()
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        self.places["root"] = root.path, "/"
        yield self.page("homepage", "root", "home", title="首页"), []

    def sections(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Put the sections below the home page, in the menu."""
        for each in self.content["sections"]:
            yield self.page("sectionpage", "home", ("section", each["id"]), in_menus=True, **each), [""]

    def units(self) -> Iterator[tuple[list[Any], list[Any]]]:
        """Put the units below their sections."""
        for each in self.content["units"]:
            yield self.page("unitpage", ("section", each["section"]), ("unit", each["id"]), **each), [each["address"]]

    def disclosures(self, records: Iterable[list[str]]) -> Iterator[tuple[list[Any], list[Any]]]:
        """Put the disclosures below their units."""
        bodies = {each["id"]: body(each["paragraphs"]) for each in self.content["categories"]}
        for unit, category, title, summary, day, number in records:
            row = self.page("disclosurepage", ("unit", int(unit)), "last", title=title, at=f"{day} 09:00:00+08")
            yield row, [day, number, category, summary, bodies[int(category)]]


def body(paragraphs: list[str]) -> str:
    """Write the value of the body."""
    heading = {"type": "heading", "value": paragraphs[0], "id": str(uuid4())}
    text = "".join(f"<p>{each}</p>" for each in paragraphs[1:])
    return json.dumps([heading, {"type": "paragraph", "value": text, "id": str(uuid4())}], ensure_ascii=False)


def write(model: str, rows: Iterable[tuple[list[Any], list[Any]]]) -> None:
    """Copy pages, and what their own table says."""
    columns = {
        "homepage": "page_ptr_id",
        "sectionpage": "page_ptr_id, introduction",
        "unitpage": "page_ptr_id, address",
        "disclosurepage": "page_ptr_id, date, index_number, category_id, summary, body",
    }
    pairs = list(rows)
    copy("wagtailcore_page", PAGE_COLUMNS, (page for page, _own in pairs))
    copy(f"stock_{model}", columns[model], ([page[0], *own] for page, own in pairs))


def copy(table: str, columns: str, rows: Iterable[list[Any]]) -> None:
    """Copy rows into a table."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN CSV", text)


def finish(disclosure_type: int) -> None:
    """Write the search rows, and let the database know what is there."""
    home = Page.objects.get(depth=2)
    Site.objects.create(hostname="127.0.0.1", port=80, root_page=home, is_default_site=True)
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN)
        cursor.execute(INDEX, [disclosure_type])
        for table in ("wagtailcore_page", "stock_category"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("VACUUM ANALYZE")


def facts(chosen: str) -> dict[str, Any]:
    """Say where the chosen disclosure and its unit are."""
    model = apps.get_model("stock", "DisclosurePage")
    page = model.objects.get(index_number=chosen)
    unit = page.get_parent()
    return {
        "disclosure": page.pk,
        "category": page.category_id,
        "unit": unit.pk,
        "disclosure_path": page.url_path.removeprefix("/home-1"),
        "unit_path": unit.url_path.removeprefix("/home-1"),
        "disclosures": model.objects.count(),
    }
