"""How long a city takes to load, and how fast content is generated. Printed, never judged."""

from __future__ import annotations

import resource
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cms.city import packs
from pages.models import OrganisationPage
from tests.shared_data import REAL_CITY

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


def timed(name: str, *arguments: object, **options: object) -> float:
    """Run a command and print what it cost."""
    started = time.monotonic()
    call_command(name, *arguments, stdout=StringIO(), **options)
    seconds = time.monotonic() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{connection.vendor}: {name} {seconds:.1f} s, at most {megabytes} MB")
    return seconds


def test_a_whole_city() -> None:
    folder = REAL_CITY if REAL_CITY.is_dir() else packs.SAMPLE

    first = timed("load_city", folder, quiet_warnings=True)
    second = timed("load_city", folder, quiet_warnings=True)

    print(f"{OrganisationPage.objects.count()} organisations; first {first:.1f} s, again {second:.1f} s")


def test_generated_content() -> None:
    timed("load_city", packs.SAMPLE, quiet_warnings=True)

    seconds = timed("generate_content", disclosures=5_000)

    print(f"{5_000 / seconds:.0f} disclosures a second")
