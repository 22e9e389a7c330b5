"""What readers read is counted, whoever answers; machines, our own people and those who decline are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.connectors.models import JointOrder
from cms.demand.counting import count_all
from cms.demand.models import Views
from cms.demand.readers import MACHINES
from pages.models import ServiceIndexPage
from tests.factories import make_disclosure, make_page, make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import BROWSER, folder, lines, numbers, reader

__all__ = ["folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder", "clock")]


@pytest.fixture
def price(town: Town) -> Any:
    return make_disclosure(town.water, town.entries["water_price"], title="水价")


def test_a_page_is_counted_for_its_unit_its_entry_and_its_industry(town: Town, price: Any):
    reader().get(price.url)
    reader().get(price.url)

    assert numbers() == {("web", "page", price.pk): 2}
    row = Views.objects.get()
    assert (row.organisation_id, row.entry_id) == (town.water.pk, town.entries["water_price"].pk)
    assert row.industry_id == town.water.industry_id
    assert str(row.day) == "2026-11-23"


def test_every_language_counts_for_the_source(price: Any):
    for prefix in ("", "/zh-hant", "/en"):
        reader().get(f"{prefix}{price.url}")

    assert numbers() == {("web", "page", price.pk): 3}


def test_a_reader_who_has_the_page_already_reads_it_again(price: Any):
    known = reader().get(price.url)["ETag"]

    again = reader().get(price.url, headers={"if-none-match": known})

    assert again.status_code == 304
    assert numbers() == {("web", "page", price.pk): 2}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"user-agent": "curl/8.5"},
        {"dnt": "1"},
        {"sec-gpc": "1"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
    ids=str,
)
def test_machines_and_those_who_decline_are_not_counted(price: Any, folder: Path, headers: dict[str, str]):
    reader(**headers).get(price.url)

    assert not lines(folder)


def test_our_own_people_are_not_counted(town: Town, price: Any, folder: Path):
    signed_in(town.editor("water")).get(price.url, headers={"user-agent": BROWSER})

    assert not lines(folder)


def test_only_what_was_read_is_counted(price: Any, folder: Path):
    client = reader()
    client.head(price.url)
    client.get("/nothing/")
    client.get(f"{price.url}?page=2")
    client.get("/admin/login/")
    client.get("/robots.txt")

    assert not lines(folder)


def test_the_address_of_a_payment_is_written_nowhere(town: Town, folder: Path):
    token = JointOrder.objects.create().token
    for prefix in ("", "/zh-hant", "/en"):
        assert reader().get(f"{prefix}/pay/{token}/").status_code == 200

    assert not lines(folder)


def test_nothing_is_counted_when_it_is_switched_off(price: Any, folder: Path, settings: Any):
    settings.COUNT_DEMAND = False

    reader().get(price.url)

    assert not lines(folder)


def test_programs_that_read_the_api_are_counted_apart(price: Any, town: Town):
    program = Client(headers={"user-agent": "python-requests/2.32"})
    item = make_service_item(town.water, title="水费查询", live=True)
    program.get(f"/api/v2/disclosures/{price.pk}/")
    program.get(f"/zh-hant/api/v2/service-items/{item.pk}/")
    program.get(f"/api/v2/catalogue/{town.entries['water_price'].pk}/")
    program.get("/api/v2/disclosures/")

    assert numbers() == {
        ("api", "page", price.pk): 1,
        ("api", "item", item.pk): 1,
        ("api", "entry", town.entries["water_price"].pk): 1,
    }


def test_guides_and_catalogues_are_counted_though_they_are_no_pages(town: Town):
    hall = make_page(ServiceIndexPage, town.portal, title="服务大厅")
    item = make_service_item(town.water, title="水费查询", live=True)
    client = reader()
    client.get(f"{hall.url}{item.code}/")
    client.get(f"{town.water.url}catalogue/")
    client.get(hall.url)

    assert numbers() == {
        ("web", "item", item.pk): 1,
        ("web", "page", town.water.pk): 1,
        ("web", "page", hall.pk): 1,
    }


def test_a_line_names_no_reader(price: Any, folder: Path):
    reader().get(price.url, REMOTE_ADDR="203.0.113.7")

    (line,) = lines(folder)
    word, day, kind, _path = line.split(" ")
    assert (len(word), day, kind) == (16, "2026-11-23", "web")
    assert "203.0.113.7" not in line
    assert "Firefox" not in line


def test_reading_writes_nothing_to_the_database_and_asks_it_nothing_more(price: Any, settings: Any):
    reader().get(price.url)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        reader().get(price.url)
    settings.COUNT_DEMAND = False
    with CaptureQueriesContext(connection) as plain:
        reader().get(price.url)

    assert len(counted) == len(plain)
    assert not [each for each in counted.captured_queries if not each["sql"].startswith("SELECT")]


def test_nobody_who_reads_learns_that_the_disk_is_gone(price: Any, settings: Any, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.DEMAND_ROOT = str(tmp_path / "file" / "below")

    assert reader().get(price.url).status_code == 200


def test_counting_asks_as_much_for_many_pages_as_for_one(town: Town, price: Any, django_assert_max_num_queries: Any):
    others = [make_disclosure(town.water, town.entries["water_price"], title=f"水价{number}") for number in range(5)]
    for page in (price, *others, town.water, town.school):
        reader().get(page.url)

    with django_assert_max_num_queries(24):
        count_all()

    assert Views.objects.count() == 8


def test_nginx_knows_the_same_machines():
    text = Path(django_settings.BASE_DIR, "deploy", "nginx", "gongkai.conf").read_text()

    assert f'"~*{MACHINES}" machine;' in text
    assert "$cookie_sessionid" in text
    assert django_settings.SESSION_COOKIE_NAME == "sessionid"
