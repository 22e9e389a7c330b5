"""By number, by time, by place: what every list understands, and refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.log_actions import log

from pages.models import ServiceOutlet
from snippets.models import CatalogueEntry, Industry
from tests.api.asking import ENDPOINTS
from tests.api.showcase import build_showcase
from tests.factories import make_service_item
from tests.town import Town

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
BOX = "121.5,38.9,121.7,39.0"


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_rows_are_asked_for_by_number(api, crowded, endpoint: str):
    keys = [item["id"] for item in api.list(endpoint, fields="_,id", limit=100)]
    wanted = keys[:2]

    shown = api.answer(f"{endpoint}/", id=",".join(map(str, [*wanted, 999_999]))).json()

    assert {item["id"] for item in shown["items"]} == set(wanted)
    assert shown["meta"]["total_count"] == len(wanted)


@pytest.mark.parametrize("value", ["x", "0", "-1", "1,,2", "1.5", "99999999999", ",".join(["1"] * 101), "1 2"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_what_is_no_number_is_refused(api, db, endpoint: str, value: str):
    assert api.refusal(f"{endpoint}/", id=value)["parameter"] == "id"


def test_a_hundred_numbers_are_accepted(api, db):
    assert api.list("organisations", id=",".join(str(n) for n in range(1, 101))) == []


@pytest.mark.parametrize(("endpoint", "model"), [("industries", Industry), ("catalogue", CatalogueEntry)])
def test_what_changed_since_then_is_found(api, town: Town, endpoint: str, model: Any):
    before = timezone.now() - timedelta(days=2)
    model.objects.update(updated_at=before)
    row = model.objects.order_by("pk").first()

    row.save()

    at = (timezone.now() - timedelta(days=1)).isoformat()
    assert [item["id"] for item in api.list(endpoint, updated_after=at)] == [row.pk]
    others = model.objects.exclude(pk=row.pk).values_list("pk", flat=True)
    assert {item["id"] for item in api.list(endpoint, updated_before=at, limit=100)} == set(others)
    assert api.list(endpoint, order="-updated_at")[0]["id"] == row.pk


def test_a_picture_that_was_edited_since_then_is_found(api, town: Town):
    image = build_showcase(town).image
    type(image).objects.update(created_at=timezone.now() - timedelta(days=2))
    at = (timezone.now() - timedelta(days=1)).isoformat()
    assert api.list("images", updated_after=at) == []
    assert len(api.list("images", updated_before=at)) == 1

    log(instance=image, action="wagtail.edit")

    assert [item["id"] for item in api.list("images", updated_after=at)] == [image.pk]
    assert api.list("images", updated_before=at) == []


def test_service_items_are_found_where_their_provider_or_its_counters_are(api, town: Town):
    type(town.water).objects.filter(pk=town.water.pk).update(longitude="121.600000", latitude="38.950000")
    ServiceOutlet.objects.create(page=town.school, name="窗口", longitude="121.600000", latitude="38.950000")
    ServiceOutlet.objects.create(page=town.school, name="另一窗口", longitude="121.610000", latitude="38.950000")
    make_service_item(town.water, town.industries["waterworks"], title="水费查询", code="W")
    make_service_item(town.school, town.industries["primary"], title="学籍查询", code="S")
    make_service_item(town.hall, town.industries["hall"], title="别处", code="H")
    make_service_item(None, town.industries["primary"], title="无提供单位", code="N")

    assert api.titles("service-items", bbox=BOX) == {"水费查询", "学籍查询"}
    assert api.answer("service-items/", bbox=BOX).json()["meta"]["total_count"] == 2
    assert api.refusal("service-items/", bbox="1,2,3")["parameter"] == "bbox"
