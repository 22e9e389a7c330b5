"""A pack may say which divisions a unit serves; what it does not say stays as it is."""

from __future__ import annotations

import pytest

from cms.city.loading import load
from pages.models import UnitPage

from .conftest import PackFolder

pytestmark = pytest.mark.django_db
HOSPITAL = "东海市中心医院"


def with_column(pack: PackFolder, value: str) -> None:
    """Add the column, with a value for the hospital."""
    header, *rows = (pack.folder / "units.csv").read_text().splitlines()
    values = [value if HOSPITAL in row else "" for row in rows]
    lines = [f"{header},service_divisions", *(f"{row},{each}" for row, each in zip(rows, values, strict=True))]
    pack.write("units.csv", "\n".join(lines) + "\n")


def hospital() -> UnitPage:
    return UnitPage.objects.get(title=HOSPITAL)


def test_the_column_is_loaded(pack: PackFolder) -> None:
    with_column(pack, "990102;990103001 990102")

    load(pack.plan()[0])

    assert hospital().service_divisions == "990102；990103001"


@pytest.mark.parametrize("value", ["99010", "城东区", "110101", "990102;110101"])
def test_what_is_no_division_of_the_city_is_an_error(pack: PackFolder, value: str) -> None:
    with_column(pack, value)

    errors = pack.errors()

    assert len(errors) == 1
    assert errors[0].startswith("units.csv:2 错误")
    assert "不是本市的区划代码" in errors[0]


def test_a_new_column_reaches_only_the_units_that_have_a_value(pack: PackFolder) -> None:
    load(pack.plan()[0])
    with_column(pack, "990100")

    report = load(pack.plan()[0])

    assert hospital().service_divisions == "990100"
    assert (report.updated["unit"], report.unchanged["unit"]) == (1, 4)


def test_a_pack_without_the_column_takes_nothing_away(pack: PackFolder) -> None:
    load(pack.plan()[0])
    page = hospital().specific
    page.service_divisions = "990102"
    page.save_revision().publish()
    pack.replace("units.csv", "海滨路1号", "海滨路2号")

    load(pack.plan()[0])

    assert (hospital().address, hospital().service_divisions) == ("海滨路2号", "990102")
