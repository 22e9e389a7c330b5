"""Make the content of our site, and write it down for the stock site: python -m tests.bench.content <act> <folder>.

Runs in a process of its own, with our production settings.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

UNITS = 4_000
# One unit holds so much of everything: lists that are filtered by it are long.
LARGEST_UNIT = 0.025
# How far down the list a deep page is.
DEPTH = 0.9
RECORDS = """
COPY (
    SELECT record.organisation_id, record.entry_id, page.title, disclosure.summary,
           (record.first_published_at AT TIME ZONE 'Asia/Shanghai')::date, record.index_number
    FROM pages_disclosurepage disclosure
    JOIN wagtailcore_page page ON page.id = disclosure.page_ptr_id
    JOIN pages_publicationrecord record ON record.page_id = page.id
    WHERE page.live ORDER BY page.path
) TO STDOUT CSV
"""


def city(folder: Path) -> None:
    """Load the sample city, grown to thousands of units."""
    from cms.city import packs

    pack = folder / "pack"
    shutil.copytree(packs.SAMPLE, pack)
    with (pack / "units.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    with (pack / "units.csv").open("a", newline="") as file:
        out = csv.writer(file)
        for number in range(UNITS - len(rows)):
            like = dict(zip(header, rows[number % len(rows)], strict=True))
            like |= {"row_id": f"B{number:05}", "name": f"示例单位{number:05}", "name_en": "", "lat": "", "lng": ""}
            out.writerow([like[name] for name in header])
    call_command("migrate", verbosity=0)
    call_command("load_city", pack, quiet_warnings=True)


def disclosures(folder: Path, count: int) -> None:
    """Generate disclosures, a part of them in one unit; write down how long it took, and what there is."""
    from cms.demo.generator import generate
    from pages.models import UnitPage

    largest = UnitPage.objects.filter(title__startswith="示例单位").order_by("path").first()
    in_one = max(40, int(count * LARGEST_UNIT))
    started, cpu = time.monotonic(), time.process_time()
    done = generate(in_one, lambda step: None, within=UnitPage.objects.filter(pk=largest.pk)) + generate(
        count - in_one, lambda step: None
    )
    seconds = time.monotonic() - started
    (folder / "made.json").write_text(
        json.dumps({"count": done, "seconds": seconds, "cpu": time.process_time() - cpu, "unit": largest.pk})
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write_down(folder: Path) -> None:
    """Write the content for the stock site, and where the chosen rows are in ours."""
    from blocks.kinds import ContentKind
    from blocks.story import plain_text
    from pages.models import DisclosurePage, PublicationRecord, UnitPage
    from snippets.models import Industry

    unit = UnitPage.objects.get(pk=json.loads((folder / "made.json").read_text())["unit"])
    records = PublicationRecord.objects.filter(organisation=unit).order_by("first_published_at")
    # A list of names is shown for a while: what the clock changes is never put at the edge.
    lasting = records.exclude(entry__content_kind=ContentKind.NAME_LIST)
    chosen = lasting[lasting.count() // 2]
    with (folder / "records.csv").open("wb") as file, connection.cursor() as cursor:
        cursor.copy_expert(RECORDS, file)
    first: dict[int, Any] = {}
    for page in DisclosurePage.objects.order_by("entry_id", "pk").distinct("entry_id"):
        first[page.entry_id] = [page.entry.title, *filter(None, plain_text(page.body).splitlines())]
    sector = {each.pk: each.parent_id or each.pk for each in Industry.objects.all()}
    content = {
        "chosen": chosen.index_number,
        "sections": [{"id": each.pk, "title": each.title} for each in Industry.objects.filter(pk__in=sector.values())],
        "units": [
            {"id": each.pk, "section": sector[each.industry_id], "title": each.title, "address": each.address}
            for each in UnitPage.objects.order_by("path")
        ],
        "categories": [{"id": pk, "title": said[0], "paragraphs": said} for pk, said in first.items()],
    }
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False))
    (folder / "ours.json").write_text(json.dumps(facts(chosen, unit), ensure_ascii=False))


def facts(chosen: Any, unit: Any) -> dict[str, Any]:
    """Say where the chosen disclosure and its unit are, and where nine tenths of the list are over."""
    from pages.models import PublicationRecord
    from tests.deep import cursor_behind

    page = chosen.page.specific
    return {
        "disclosure": page.pk,
        "title": page.title,
        "index_number": chosen.index_number,
        "disclosure_path": page.relative_url(page.get_site()),
        "unit": unit.pk,
        "unit_path": unit.relative_url(unit.get_site()),
        "organisation": unit.roster.code,
        "entry": f"{page.entry.catalogue}:{page.entry.code}",
        "industry": unit.industry.code,
        "cursor": cursor_behind(int(PublicationRecord.objects.count() * DEPTH)),
    }


if __name__ == "__main__":
    django.setup()
    act, place, *rest = sys.argv[1:]
    {"city": city, "disclosures": disclosures, "write_down": write_down}[act](Path(place), *map(int, rest))
