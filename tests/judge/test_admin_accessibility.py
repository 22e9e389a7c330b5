"""axe finds nothing on our own screens in the admin, and in our parts of Wagtail's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.connectors.test_connections import terms
from tests.editing.test_importing import GOOD, sheet
from tests.standing import undo
from tests.workflows.acts import signed_in

from .axe import complaints
from .office import SCREENS, STOCK_SCREENS, build_office, screens, stock_screens

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.judge

# What Wagtail puts around our screens is Wagtail's.
OURS = ".gk-admin"
# The field of its tags, which has no label.
WAGTAILS = "ui-autocomplete-input"
WIDE = """
selector => [...document.querySelectorAll(selector + ' *')]
  .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('.scroll'))
  .map(it => it.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def office(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Build a town in which something waits at every desk."""
    with django_db_blocker.unblock(), undo():
        yield build_office()


@pytest.mark.parametrize("name", SCREENS)
def test_our_screens_are_open_to_everybody(office, name, reading):
    user, address = screens(office)[name]

    tab = reading.open(address, client=signed_in(user))
    tab.locator(OURS).first.wait_for()
    found = complaints(tab, OURS)

    assert found == []


@pytest.mark.parametrize("name", SCREENS)
def test_our_screens_fit_a_phone(office, name, reading):
    user, address = screens(office)[name]

    tab = reading.open(address, client=signed_in(user), width=390)
    tab.locator(OURS).first.wait_for()

    assert tab.evaluate(WIDE, OURS) == []


@pytest.mark.parametrize("row", [GOOD, ["X99", "", "", "昨天", "", "", ""]], ids=["sound", "faulty"])
def test_the_report_of_an_import_is_open_to_everybody(office, row, reading):
    tab = reading.open(reverse("editing:import", args=[office.water.pk]), client=signed_in(office.editor("water")))

    file = {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": sheet(row).read()}
    tab.locator("[type=file]").set_input_files(file)
    tab.get_by_role("button", name="上传并核对").click()
    tab.get_by_role("table").first.wait_for()

    assert complaints(tab, OURS) == []


@pytest.mark.parametrize("wrong", [{}, {"base_url": "http://example.org/", "operations": []}], ids=["made", "wrong"])
def test_the_secret_of_a_provider_and_what_is_wrong_are_open_to_everybody(office, wrong, reading):
    address, client = reverse("connections:add"), signed_in(office.administrator("water"))
    sent = {**terms("https://provider.example.org/", organisation=office.water.title), **wrong}

    with undo():
        tab = reading.open(address, client=client, instead=client.post(address, sent))

    tab.locator(".webhook-secret, .error").first.wait_for()
    assert complaints(tab, OURS) == []


@pytest.mark.parametrize("name", STOCK_SCREENS)
def test_what_wagtail_shows_of_our_rows_is_open_to_everybody(office, name, reading):
    user, address = stock_screens(office)[name]

    tab = reading.open(address, client=signed_in(user))
    tab.locator("main").first.wait_for()

    assert [found for found in complaints(tab, "main") if WAGTAILS not in found] == []
