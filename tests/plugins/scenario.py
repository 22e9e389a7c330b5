"""The life of a plugin in a city, step by step.

Each step is a process of its own (python -m tests.plugins.scenario founded), with or without the plugin as its
environment says, and prints what it found as JSON in its last line.
"""

from __future__ import annotations

import json
import sys
import warnings
from io import StringIO
from typing import Any

import django

django.setup()

from django.core.checks import run_checks  # noqa: E402 (apps are ready only now)
from django.core.exceptions import ValidationError  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.management.base import SystemCheckError  # noqa: E402
from django.db.models import TextField  # noqa: E402
from django.db.models.functions import Cast  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from accounts.models import User  # noqa: E402
from cms.checks import refuse_to_start  # noqa: E402
from pages.industry_templates import industry_findings, page_type_for  # noqa: E402
from pages.models import DepartmentPage, DisclosurePage, UnitPage  # noqa: E402
from snippets.models import CatalogueEntry, Industry  # noqa: E402
from tests.factories import make_disclosure, make_notice, make_unit  # noqa: E402

LIBRARY, HOLDINGS = "示例市图书馆", "2026 年馆藏概况"
# A disclosure of another unit, of no library, in which the plugin's block stands too.
ELSEWHERE = "乡镇图书室馆藏"
PACK = "cms/city/packs/sample"
STORED = {"counted_on": "2026-12-31", "holdings": [{"kind": "图书", "volumes": 1_200_000}]}


def unit() -> Any:
    """Return the library, in whatever type it has now."""
    return Page.objects.get(title=LIBRARY).specific


def disclosure(title: str = HOLDINGS) -> DisclosurePage:
    """Return what was disclosed."""
    page: DisclosurePage = DisclosurePage.objects.get(title=title)
    return page


def stored(title: str = HOLDINGS) -> list[dict[str, Any]]:
    """Return the blocks as the database holds them, whoever can read them."""
    column = DisclosurePage.objects.annotate(words=Cast("body", TextField())).get(title=title).words
    return [{"type": block["type"], "value": block["value"]} for block in json.loads(column)]


def save_again(title: str, summary: str) -> str:
    """Edit and publish a disclosure; return why not, if it is refused."""
    page = disclosure(title).get_latest_revision_as_object()
    page.summary = summary
    try:
        page.save_revision().publish(skip_permission_checks=True)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


def read(address: str) -> Any:
    """Ask the site like anybody; a page as text, the API as what it says."""
    response = Client(SERVER_NAME="localhost").get(address)
    assert response.status_code == 200, f"{address}: {response.status_code} {response.content[:500]!r}"
    is_json = response["Content-Type"].startswith("application/json")
    return response.json() if is_json else response.content.decode()


def path_of(page: Page) -> str:
    """Return a page's address within the site."""
    return str(page.get_url_parts()[2])


def complaints() -> list[str]:
    """Return what the checks of the database say."""
    return [f"{message.id} {message.msg}" for message in run_checks(tags=["database"], databases=["default"])]


def founded() -> dict[str, Any]:
    """Install, assign to a branch, found a unit, disclose, read."""
    call_command("migrate", verbosity=0)
    call_command("load_city", PACK, quiet_warnings=True, stdout=StringIO())
    branch = Industry.objects.get(code="library")
    branch.catalogue = "library"
    branch.full_clean()
    branch.save()
    library = make_unit(
        DepartmentPage.objects.filter(depth=3).first(),
        page_type_for("library"),
        title=LIBRARY,
        industry=branch,
        kind="general",
        seats=800,
        volumes="120.50",
        opens_on_holidays=True,
    )
    library.reading_rooms = [library.reading_rooms.model(name="报刊阅览室", floor="二层")]
    library.save_revision().publish(skip_permission_checks=True)
    entries = {entry.code: entry for entry in CatalogueEntry.objects.filter(catalogue="library")}
    holdings = make_disclosure(library, entries["B01"], title=HOLDINGS, body=[("library_holdings", STORED)])
    make_disclosure(
        UnitPage.objects.exact_type(UnitPage).filter(live=True, industry__catalogue="generic").first(),
        CatalogueEntry.objects.filter(catalogue="generic").first(),
        title=ELSEWHERE,
        body=[("library_holdings", STORED)],
    )
    notice = make_notice(library, entry=entries["A02"], title="闭馆公告")
    return {
        "type": library._meta.label,
        "entries": sorted(entries),
        "unit": read(path_of(library)),
        "unit_json": read(f"/api/v2/organisations/{library.pk}/"),
        "disclosure": read(path_of(holdings)),
        "disclosure_json": read(f"/api/v2/disclosures/{holdings.pk}/"),
        "findings": [(each.code, each.severity, each.field, each.sentence) for each in industry_findings(notice)],
        "stops": [each.code for each in notice.screen().stopping],
        "stored": [stored(ELSEWHERE), stored(HOLDINGS)],
        "complaints": complaints(),
    }


def removed() -> dict[str, Any]:
    """Take the plugin away without retiring its template."""
    warnings.simplefilter("ignore", RuntimeWarning)  # Wagtail's, about the missing page type
    found: dict[str, Any] = {"complaints": complaints(), "start": ""}
    try:
        refuse_to_start()
    except SystemCheckError as error:
        found["start"] = str(error)
    return {
        **found,
        "saved": save_again(ELSEWHERE, "没有插件时保存。"),
        "refused": save_again(HOLDINGS, "没有插件时保存。"),
        "summary": disclosure(ELSEWHERE).summary,
        "stored": [stored(ELSEWHERE), stored(HOLDINGS)],
        "shown": read(path_of(disclosure(ELSEWHERE))),
    }


def retired() -> dict[str, Any]:
    """Bring the plugin back, read, then retire its template."""
    shown = read(path_of(disclosure()))
    out = StringIO()
    call_command("retire_industry", "library", stdout=out)
    return {"shown": shown, "out": out.getvalue(), "type": unit()._meta.label, "sealed": unit().sealed_profile}


def gone() -> dict[str, Any]:
    """Take the plugin away for good: everything works."""
    admin = Client(SERVER_NAME="localhost")
    admin.force_login(User.objects.create_superuser("root", "root@example.org", "root"))
    refuse_to_start()
    library, holdings = unit(), disclosure()
    screens = [
        f"/admin/pages/{page.pk}/{view}/" for page in (library, holdings) for view in ("edit", "history", "copy")
    ]
    library.save_revision().publish(skip_permission_checks=True)
    return {
        "complaints": complaints(),
        "catalogue": Industry.objects.get(code="library").catalogue,
        "unit": read(path_of(library)),
        "disclosure": read(path_of(holdings)),
        "blocks": read(f"/api/v2/disclosures/{holdings.pk}/")["body"],
        "screens": {address: admin.get(address).status_code for address in screens},
        "saved": save_again(HOLDINGS, "插件卸载后保存。"),
        "stored": stored(HOLDINGS),
        "revisions": sorted({type(revision.as_object())._meta.label for revision in library.revisions.all()}),
    }


def returned() -> dict[str, Any]:
    """Install the plugin again and give the unit its type back."""
    call_command("change_unit_type", str(unit().pk), "gongkai_library.LibraryPage", stdout=StringIO())
    library = unit()
    return {
        "profile": {name: str(value) for name, value in library.profile.items()},
        "rooms": [str(room) for room in library.reading_rooms.all()],
        "sealed": library.sealed_profile,
        "disclosure": read(path_of(disclosure())),
    }


STEPS = {step.__name__: step for step in (founded, removed, retired, gone, returned)}

if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(STEPS[sys.argv[1]](), ensure_ascii=False)}\n")
