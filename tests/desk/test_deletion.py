"""What is not deleted by accident."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from pages.deletion import refusal_to_delete
from pages.models import DepartmentPage, UnitPage
from tests.factories import appoint, make_department, make_disclosure, make_page, make_person, make_service_item
from tests.town import Town
from tests.workflows.acts import signed_in, told


def delete(user: Any, page: Any) -> Any:
    return signed_in(user).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def boss() -> Any:
    return make_person("boss", is_superuser=True)


def test_a_department_with_units_stays_with_a_sentence(town: Town) -> None:
    delete(boss(), town.water_office)

    assert "之下还有 1 个页面" in str(refusal_to_delete(town.water_office))
    assert DepartmentPage.objects.filter(pk=town.water_office.pk).exists()


def test_a_unit_in_the_roster_stays_with_a_sentence(town: Town) -> None:
    delete(boss(), town.water)

    assert "名录" in str(refusal_to_delete(town.water))
    assert UnitPage.objects.filter(pk=town.water.pk).exists()


def test_a_unit_with_people_stays_with_a_sentence(town: Town) -> None:
    unit = make_page(UnitPage, town.water_office, live=False)
    appoint(make_person("somebody"), unit)

    assert "任命" in str(refusal_to_delete(unit))


def test_a_unit_with_service_items_stays_with_a_sentence(town: Town) -> None:
    unit = make_page(UnitPage, town.water_office, live=False)
    make_service_item(unit, title="水费查询")

    assert "水费查询" in str(refusal_to_delete(unit))


def test_what_a_later_disclosure_names_stays_with_a_sentence(town: Town) -> None:
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价")
    make_disclosure(town.water, town.entries["water_price"], title="新水价", supersedes=old.page_ptr)

    assert "新水价" in str(refusal_to_delete(old))


def test_in_bulk_one_that_must_stay_keeps_all(town: Town) -> None:
    empty, busy = (make_department(town.portal, live=False) for _ in range(2))
    make_page(UnitPage, busy, live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    response = signed_in(boss()).post(f"{address}?id={empty.pk}&id={busy.pk}")

    assert told(response)
    assert DepartmentPage.objects.filter(pk__in=[empty.pk, busy.pk]).count() == 2


def test_what_nothing_rests_on_may_go(town: Town) -> None:
    empty = make_department(town.portal, live=False)

    delete(boss(), empty)

    assert not DepartmentPage.objects.filter(pk=empty.pk).exists()
