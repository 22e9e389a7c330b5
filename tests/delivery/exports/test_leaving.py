"""What leaves the public is gone from the files at once, and they are written anew without it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.delivery.exports.workshop import workshop
from cms.management.commands.export_public import is_due
from ledger.models import Event
from tests.factories import make_disclosure, make_notice, make_service_item

from .acts import export, json_of, served

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
OF_RECORDS = {f"{name}.{kind}" for name in ("pages", "images", "documents", "redirects") for kind in ("csv", "xlsx")}


def names() -> set[str]:
    """Return the files that are announced."""
    return {each["name"] for each in json_of("index.json")["files"]}


def status(name: str) -> int:
    answer = Client().get(f"/exports/files/{name}")
    b"".join(answer)
    return answer.status_code


def test_what_was_withdrawn_is_gone_at_once_from_nightly_files_and_tables_of_the_moment(town):
    page = make_disclosure(town.water, town.entries["water_price"], title="后来撤下")
    export()
    before = names()

    page.unpublish()

    assert before - names() == {"disclosures.csv", "disclosures.xlsx", *OF_RECORDS}
    assert {status(name) for name in before - names()} == {503}
    assert status("organisations.csv") == 200
    assert "后来撤下" not in served("disclosures.csv").decode()


def test_a_file_that_is_written_anew_says_when_to_come_back_and_is_not_called_unchanged(town):
    page = make_disclosure(town.water, town.entries["water_price"], title="后来撤下")
    export("csv")
    etag = f'"{next(each["sha256"] for each in json_of("index.json")["files"] if each["name"] == "disclosures.csv")}"'

    page.unpublish()

    answer = Client().get("/exports/files/disclosures.csv", headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (503, "rewritten")
    assert int(answer["Retry-After"]) > 0
    assert "正在重新生成" in served("").decode()


def test_the_worker_writes_them_anew_and_serves_them_again(town, root):
    page = make_disclosure(town.water, town.entries["water_price"], title="后来撤下")
    item = make_service_item(town.water, title="后来停办")
    export()
    before = names()
    assert not is_due(root)
    page.unpublish()
    item.unpublish()
    assert is_due(root)

    call_command("export_public", "--due", verbosity=0)

    assert names() == before
    assert not is_due(root)
    found = "".join(served(f"files/{name}").decode() for name in names() if not name.endswith(".xlsx"))
    assert "后来撤下" not in found
    assert "后来停办" not in found


def test_a_withdrawn_service_takes_its_files_along(town):
    item = make_service_item(town.water, title="后来停办")
    export()
    before = names()

    item.unpublish()

    assert before - names() == {
        "service-items.csv",
        "service-items.xlsx",
        "services.jsonld",
        "hsds-organizations.json",
        "hsds-services.json",
        "hsds-locations.json",
    }


@pytest.mark.parametrize("act", ["restrict", "withdraw"])
def test_an_organisation_takes_all_files_along_but_the_list_of_them(town, act):
    make_disclosure(town.school, town.entries["school_admission"])
    export()

    if act == "restrict":
        PageViewRestriction.objects.create(page=Page.objects.get(pk=town.school.pk), restriction_type="login")
    else:
        town.school.unpublish()

    assert names() == {"dcat.jsonld"}


def test_a_withdrawal_that_was_begun_before_the_run_and_committed_after_it_counts(town):
    make_notice(town.water, title="后来撤下").unpublish()
    export("csv")
    assert "notices.csv" in names()

    # As if its transaction had been open while the files were written.
    last = Event.objects.filter(kind="public.withdrawn").get()
    last.pk, last.at = None, last.at - timedelta(seconds=30)
    last.save(force_insert=True)

    assert "notices.csv" not in names()


def test_what_is_published_or_changed_takes_no_file_away(town):
    page = make_disclosure(town.water, town.entries["water_price"])
    export("csv")
    before = names()

    make_disclosure(town.water, town.entries["water_price"], title="新")
    page.title = "改过"
    page.save_revision().publish()

    assert names() == before


def test_files_of_an_earlier_edition_are_not_served_until_they_are_written_anew(town, root):
    export("csv")
    manifest = root / "current" / "index.json"
    manifest.write_text(manifest.read_text().replace('"as_of"', '"written_at"'))

    assert names() == {"dcat.jsonld"}
    assert is_due(root)


def test_asking_costs_one_query(town):
    export()

    with CaptureQueriesContext(connection) as asked:
        assert status("disclosures.csv") == 200

    assert len([query for query in asked if "ledger_event" in query["sql"]]) == 1


def test_a_run_that_is_due_leaves_the_work_to_the_one_at_it(town, root):
    with workshop(root, set(), print):
        call_command("export_public", "--due")
