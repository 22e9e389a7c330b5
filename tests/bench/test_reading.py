"""How long a page and a list take to be read. Printed, never judged."""

from __future__ import annotations

import time
from io import StringIO
from statistics import median

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.city import packs
from pages.models import DisclosurePage, IndustryPage, UnitPage
from tests.shared_data import REAL_CITY

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

DISCLOSURES = 5_000
TIMES = 7


def addresses() -> list[str]:
    """Return one address of each kind that is read most."""
    unit = UnitPage.objects.live().order_by("-numchild").first()
    assert unit is not None
    disclosure = DisclosurePage.objects.live().descendant_of(unit).first()
    industry = IndustryPage.objects.live().first()
    return [
        "/",
        industry.url,
        unit.url,
        f"{unit.url}catalogue/",
        disclosure.url,
        "/services/",
        "/notices/",
        "/roster/",
        "/search/?q=%E4%BE%9B%E6%B0%B4",
        f"/zh-hant{unit.url}",
        *(f"/api/v2/{name}/?limit=20&fields=*" for name in ("organisations", "disclosures", "notices")),
    ]


def test_reading() -> None:
    call_command("load_city", REAL_CITY if REAL_CITY.is_dir() else packs.SAMPLE, stdout=StringIO(), quiet_warnings=True)
    call_command("generate_content", disclosures=DISCLOSURES, stdout=StringIO())
    client = Client()

    print(f"\n{connection.vendor}, {DISCLOSURES} disclosures: median of {TIMES}, the first read apart")
    for address in addresses():
        seconds = []
        for _each in range(TIMES + 1):
            with CaptureQueriesContext(connection) as queries:
                started = time.perf_counter()
                response = client.get(address)
                seconds.append(time.perf_counter() - started)
        assert response.status_code == 200, address
        usual, first = median(seconds[1:]) * 1000, seconds[0] * 1000
        print(f"{usual:7.0f} ms, first {first:5.0f} ms, {len(queries):3} queries  {address}")
