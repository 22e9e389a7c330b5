"""The small town with positions: a waterworks with two counters, a school, a hall in a street."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pages.models import OrganisationPage, ServiceOutlet
from tests.town import Town

POSITIONS = {"water": ("121.60", "38.90"), "school": ("121.64", "38.92"), "hall": ("121.70", "38.95")}


def put(page: Any, longitude: str, latitude: str, **values: Any) -> None:
    """Give an organisation a position, as a loaded city pack does."""
    values = {"longitude": Decimal(longitude), "latitude": Decimal(latitude), "address": "示例路 1 号", **values}
    OrganisationPage.objects.filter(pk=page.pk).update(**values)


def add_outlet(page: Any, name: str, longitude: str | None, latitude: str | None, **values: Any) -> ServiceOutlet:
    """Add a counter."""
    values = {"address": "示例街 2 号", "hours": "工作日 8:30–17:00", "services": "咨询；缴费", **values}
    position = {"longitude": longitude and Decimal(longitude), "latitude": latitude and Decimal(latitude)}
    outlet: ServiceOutlet = ServiceOutlet.objects.create(
        page=page, name=name, locale_id=page.locale_id, **position, **values
    )
    return outlet


@pytest.fixture
def placed(town: Town) -> Town:
    """Give the town its positions."""
    for name, position in POSITIONS.items():
        put(getattr(town, name), *position)
    add_outlet(town.water, "示例营业厅一", "121.65", "38.92")
    add_outlet(town.water, "示例营业厅二", None, None, services="咨询", hours="")
    return town
