"""A person with hundreds of organisations: as many queries as a person with one, and no database is overtaxed.

SQLite refuses expressions deeper than 1,000; an `OR` for each organisation gets there sooner than one thinks.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.models import Appointment, Duty, User
from media.models import Document, Image
from pages.bulk import bulk_add
from pages.models import UnitPage
from snippets.models import ServiceItem
from tests.factories import appoint, make_person, make_service_item
from tests.server.database import take_statistics
from tests.town import Town, build_town

MANY = 1_100


@pytest.fixture(scope="module")
def town(module_database: None) -> Town:
    return build_town()


@pytest.fixture(scope="module")
def busy(town: Town) -> User:
    """Appoint a person to every second of many units: no two of them lie side by side."""
    units = [UnitPage(title=f"示例单位{number}") for number in range(2 * MANY)]
    bulk_add(town.street, units)
    person = make_person("busy")
    Appointment.objects.bulk_create(
        Appointment(user=person, organisation_id=unit.pk, duty=Duty.EDITOR, since=date(2020, 1, 1))
        for unit in units[::2]
    )
    take_statistics()
    return person


@pytest.fixture(scope="module")
def calm(town: Town, busy: User) -> User:
    """Appoint a person to the one office above the many units: the same lists from a single node."""
    person = make_person("calm")
    appoint(person, town.street)
    return person


pytestmark = pytest.mark.usefixtures("undone")

ADDRESSES = {
    "home": lambda town: reverse("wagtailadmin_home"),
    "explorer": lambda town: reverse("wagtailadmin_explore", args=[town.street.pk]),
    "explorer, from the top": lambda town: reverse("wagtailadmin_explore_root"),
    "explorer, searching": lambda town: reverse("wagtailadmin_explore", args=[town.street.pk]) + "?q=示例单位",
    "page search": lambda town: reverse("wagtailadmin_pages:search") + "?q=示例单位",
    "site history": lambda town: reverse("wagtailadmin_reports:site_history"),
    "workflow report": lambda town: reverse("wagtailadmin_reports:workflow"),
    "workflow task report": lambda town: reverse("wagtailadmin_reports:workflow_tasks"),
    "locked pages": lambda town: reverse("wagtailadmin_reports:locked_pages"),
    "ageing pages": lambda town: reverse("wagtailadmin_reports:aging_pages"),
    "page types": lambda town: reverse("wagtailadmin_reports:page_types_usage"),
    "admin API": lambda town: reverse("wagtailadmin_api:pages:listing"),
    "admin API, as the side bar asks": lambda town: (
        reverse("wagtailadmin_api:pages:listing") + f"?child_of={town.street.pk}&for_explorer=1"
    ),
    "admin API, images": lambda town: reverse("wagtailadmin_api:images:listing"),
    "admin API, documents": lambda town: reverse("wagtailadmin_api:documents:listing"),
    "page chooser": lambda town: reverse("wagtailadmin_choose_page"),
    "page chooser, below": lambda town: reverse("wagtailadmin_choose_page_child", args=[town.street.pk]),
    "page chooser, searching": lambda town: reverse("wagtailadmin_choose_page_search") + "?q=示例单位",
    "images": lambda town: reverse("wagtailimages:index"),
    "images, searching": lambda town: reverse("wagtailimages:index") + "?q=示例",
    "image chooser": lambda town: reverse("wagtailimages_chooser:choose"),
    "image chooser, searching": lambda town: reverse("wagtailimages_chooser:choose_results") + "?q=示例",
    "image upload": lambda town: reverse("wagtailimages:add"),
    "documents": lambda town: reverse("wagtaildocs:index"),
    "documents, searching": lambda town: reverse("wagtaildocs:index") + "?q=示例",
    "document chooser": lambda town: reverse("wagtaildocs_chooser:choose"),
    "service items": lambda town: reverse("wagtailsnippets_snippets_serviceitem:list"),
    "service items, searching": lambda town: reverse("wagtailsnippets_snippets_serviceitem:list") + "?q=示例",
    "service item chooser": lambda town: reverse("wagtailsnippetchoosers_snippets_serviceitem:choose"),
    "queue": lambda town: reverse("approval:queue"),
}


def asked(user: User, address: str) -> tuple[Any, int]:
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    return response, len(queries)


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_list_opens_at_the_same_number_of_queries(town: Town, busy: User, calm: User, name: str) -> None:
    address = ADDRESSES[name](town)
    asked(calm, address)

    _, once = asked(calm, address)
    response, queries = asked(busy, address)

    assert response.status_code in {200, 302}
    assert queries <= once + 10


def test_the_policies_answer(town: Town, busy: User) -> None:
    pages, items = (policy_registry.get_by_type(model) for model in (Page, ServiceItem))
    own = UnitPage.objects.get(title="示例单位0")
    other = UnitPage.objects.get(title="示例单位1")
    make_service_item(own), make_service_item(other)

    assert pages.instances_user_has_any_permission_for(busy, {"change"}).count() == MANY
    assert pages.explorable_instances(busy).count() == MANY + 1
    assert pages.explorable_root_instance(busy).pk == town.street.pk
    assert own.permissions_for_user(busy).can_edit()
    assert not other.permissions_for_user(busy).can_edit()
    assert [item.provider_id for item in items.instances_user_has_any_permission_for(busy, {"change"})] == [own.pk]
    for model in (Image, Document):
        assert not policy_registry.get_by_type(model).instances_user_has_any_permission_for(busy, {"change"}).exists()
