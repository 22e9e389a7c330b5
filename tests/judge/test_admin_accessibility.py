"""axe finds nothing on our own screens in the admin, and in our parts of Wagtail's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoDbBlocker

from cms.demand.models import Query, Searches, Subject, Views, Way
from snippets.models import ItemHealth
from tests.editing.test_importing import GOOD, sheet
from tests.factories import make_service_item
from tests.standing import undo
from tests.town import Town, build_town
from tests.workflows.acts import draft, signed_in, submitted

from .axe import complaints

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.judge

# What Wagtail puts around our screens is Wagtail's.
OURS = ".gk-admin"


@pytest.fixture(scope="module")
def office(chromium: Browser, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Build a town in which something waits at every desk."""
    with django_db_blocker.unblock(), undo():
        town = build_town()
        for place in ("water", "water_office"):
            town.reviewer(place)
        town.state = submitted(town)
        submitted(town, title="另一件")
        town.draft = draft(town, title="草稿", body=[])
        read_and_searched(town)
        town.service = make_service_item(
            town.water, town.industries["waterworks"], title="缴纳水费", link="https://example.org/"
        )
        ItemHealth.objects.create(item=town.service, state="down", since=now(), checked_at=now(), reason="timeout")
        yield town


def read_and_searched(town: Any) -> None:
    """Let something have been read, and searched in vain."""
    today = localdate()
    values = {"day": today, "way": Way.WEB, "subject": Subject.PAGE, "organisation_id": town.water.pk}
    Views.objects.create(**values, key=town.water.pk, industry_id=town.water.industry_id, number=90)
    Searches.objects.create(query=Query.objects.create(text="暖气不热"), day=today, number=9, missed=9, found=0)


def screens(town: Any) -> dict[str, tuple[Any, str]]:
    """Return who sees what where."""
    editor, reviewer = town.editor("water"), town.reviewer("water")
    administrator = town.administrator("education_office")
    return {
        "start page of an editor": (editor, reverse("wagtailadmin_home")),
        "start page of a reviewer": (reviewer, reverse("wagtailadmin_home")),
        "queue": (reviewer, reverse("approval:queue")),
        "empty queue": (town.reviewer("school"), reverse("approval:queue")),
        "approval": (reviewer, reverse("approval:item", args=[town.state.pk])),
        "recall": (editor, reverse("approval:recall", args=[town.state.workflow_state_id])),
        "checklist": (editor, reverse("wagtailadmin_pages:edit", args=[town.draft.pk])),
        "import": (editor, reverse("editing:import", args=[town.water.pk])),
        "what was read": (editor, reverse("demand:reads")),
        "what was searched": (editor, reverse("demand:searches")),
        "what was searched in vain": (town.administrator("portal"), f"{reverse('demand:searches')}?show=missed"),
        "services running": (editor, reverse("service_health:list")),
        "maintenance of a service": (editor, reverse("service_health:maintenance", args=[town.service.pk])),
        "founding": (administrator, reverse("editing:found", args=[town.education_office.pk])),
    }


NAMES = (
    "start page of an editor",
    "start page of a reviewer",
    "queue",
    "empty queue",
    "approval",
    "recall",
    "checklist",
    "import",
    "services running",
    "maintenance of a service",
    "what was read",
    "what was searched",
    "what was searched in vain",
    "founding",
)


@pytest.mark.parametrize("name", NAMES)
def test_our_screens_are_open_to_everybody(office, name, reading):
    user, address = screens(office)[name]

    tab = reading.open(address, client=signed_in(user))
    tab.locator(OURS).first.wait_for()
    found = complaints(tab, OURS)

    assert found == []


@pytest.mark.parametrize("name", NAMES)
def test_our_screens_fit_a_phone(office, name, reading):
    user, address = screens(office)[name]

    tab = reading.open(address, client=signed_in(user), width=390)
    tab.locator(OURS).first.wait_for()
    wide = tab.evaluate(
        """selector => [...document.querySelectorAll(selector + ' *')]
        .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('.scroll'))
        .map(it => it.outerHTML.slice(0, 120))""",
        OURS,
    )

    assert wide == []


@pytest.mark.parametrize("row", [GOOD, ["X99", "", "", "昨天", "", "", ""]], ids=["sound", "faulty"])
def test_the_report_of_an_import_is_open_to_everybody(office, row, reading):
    tab = reading.open(reverse("editing:import", args=[office.water.pk]), client=signed_in(office.editor("water")))

    file = {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": sheet(row).read()}
    tab.locator("[type=file]").set_input_files(file)
    tab.get_by_role("button", name="上传并核对").click()
    tab.get_by_role("table").first.wait_for()

    assert complaints(tab, OURS) == []
