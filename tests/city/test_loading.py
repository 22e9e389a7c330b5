"""Packs written to the database: the counts, a second time, one changed row, and nothing at all when it fails."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision, Site

from cms.city import packs
from cms.city.loading import Report, load
from pages.models import (
    CityPortalPage,
    DepartmentPage,
    DistrictPage,
    IndustryPage,
    OrganisationPage,
    RosterEntry,
    RosterState,
    UnitPage,
)
from snippets.models import CatalogueEntry, Industry, PortalSettings, ServiceItem
from tests.shared_data import REAL_CITY

from . import count_pack
from .conftest import PackFolder


def loaded(pack: PackFolder) -> Report:
    """Load a small pack."""
    return load(pack.plan()[0])


def reached() -> dict[str, int]:
    """Count what stands in the database, in the words of the independent count."""
    three, four = 4, 5
    villages = UnitPage.objects.filter(roster__pack_key__startswith="village:")
    others = UnitPage.objects.exclude(pk__in=villages.values("pk"))
    return {
        "portal": CityPortalPage.objects.count(),
        "district": DistrictPage.objects.count(),
        "department": DepartmentPage.objects.count(),
        "unit": UnitPage.objects.count(),
        "street": DepartmentPage.objects.filter(roster__pack_key__startswith="street:").count(),
        "village": villages.count(),
        "industry": Industry.objects.sectors().count(),
        "branch": Industry.objects.branches().count(),
        "catalogue": CatalogueEntry.objects.values("catalogue").distinct().count(),
        "entry": CatalogueEntry.objects.count(),
        "service": ServiceItem.objects.count(),
        "three storeys": others.filter(depth=three).count(),
        "four storeys": others.filter(depth=four).count(),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("folder", [packs.SAMPLE, REAL_CITY], ids=["sample", "real"])
def test_the_database_reaches_the_numbers_counted_from_the_files(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"No pack of a real city in {folder}.")
    expected = count_pack.count(folder)

    call_command("load_city", folder, quiet_warnings=True, stdout=StringIO())

    found = reached()
    assert found == {name: expected[name] for name in found}


@pytest.mark.django_db
def test_a_second_load_changes_nothing(pack: PackFolder) -> None:
    loaded(pack)
    before = Revision.objects.count(), Page.objects.count()

    report = loaded(pack)

    assert report.changed == 0
    assert (Revision.objects.count(), Page.objects.count()) == before


@pytest.mark.django_db
def test_a_changed_row_updates_one_page(pack: PackFolder) -> None:
    loaded(pack)
    pack.replace("units.csv", "海滨路1号", "海滨路2号")

    report = loaded(pack)

    assert report.updated == {"unit": 1}
    hospital = OrganisationPage.objects.get(title="东海市中心医院")
    assert hospital.address == "海滨路2号"
    assert hospital.revisions.count() == 2


@pytest.mark.django_db
def test_a_changed_superior_moves_the_unit(pack: PackFolder) -> None:
    loaded(pack)
    pack.replace("units.csv", "district,城东区教育局", "city,东海市教育局")

    report = loaded(pack)

    school = OrganisationPage.objects.get(title="城东区第一小学")
    assert report.moved == {"unit": 1}
    assert school.get_parent().title == "东海市教育局"
    assert not any(Page.find_problems())


@pytest.mark.django_db
def test_a_vanished_unit_is_reported_and_stays(pack: PackFolder) -> None:
    loaded(pack)
    pack.replace("units.csv", "U2,城东区第一小学,education,primary-school,990102,district,城东区教育局,,,,,\n", "")

    report = loaded(pack)

    assert any("城东区第一小学" in remark for remark in report.remarks)
    assert OrganisationPage.objects.filter(title="城东区第一小学").exists()


@pytest.mark.django_db
def test_what_was_edited_here_is_not_undone(pack: PackFolder) -> None:
    loaded(pack)
    hospital = OrganisationPage.objects.get(title="东海市中心医院").specific
    hospital.address = "海滨路99号"
    hospital.save_revision().publish(skip_permission_checks=True)

    loaded(pack)

    hospital.refresh_from_db()
    assert hospital.address == "海滨路99号"


@pytest.mark.django_db
def test_units_of_doubtful_superior_are_proposed_only(pack: PackFolder) -> None:
    loaded(pack)

    university = RosterEntry.objects.get(pack_key="unit:U3")
    hospital = RosterEntry.objects.get(pack_key="unit:U1")
    assert (university.state, hospital.state) == (RosterState.PROPOSED, RosterState.INCLUDED)
    assert university.organisation.get_parent().title == "东海市办事公开办公室"
    assert university.remark


@pytest.mark.django_db
def test_each_unit_gets_the_page_type_of_its_branch(pack: PackFolder) -> None:
    loaded(pack)

    types = {page.title: type(page.specific).__name__ for page in UnitPage.objects.all()}

    assert types["城东区第一小学"] == "SchoolPage"
    assert types["东海大学"] == "UniversityPage"


@pytest.mark.django_db
def test_the_portal_becomes_the_root_of_the_site(pack: PackFolder) -> None:
    loaded(pack)

    portal = CityPortalPage.objects.get()
    assert Site.objects.get(is_default_site=True).root_page_id == portal.pk
    assert Page.objects.filter(depth=2).count() == 1
    assert IndustryPage.objects.child_of(portal).count() == 3
    assert PortalSettings.objects.get().host_name == "东海市办事公开办公室"


@pytest.mark.django_db
def test_a_pack_with_an_error_writes_nothing_and_names_every_one(pack: PackFolder) -> None:
    pack.replace("units.csv", "general-hospital", "no-such-branch")
    pack.replace("services.csv", "appointment,health", "appointment,no-such-industry")
    said = StringIO()

    with pytest.raises(CommandError, match="2 处错误"):
        call_command("load_city", pack.folder, stderr=said)

    assert "units.csv:2" in said.getvalue()
    assert "services.csv:2" in said.getvalue()
    assert not Industry.objects.exists()
    assert not OrganisationPage.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_shows_the_plan_and_writes_nothing(pack: PackFolder) -> None:
    said = StringIO()

    call_command("load_city", pack.folder, dry_run=True, stdout=said)

    assert "单位 5" in said.getvalue()
    assert not OrganisationPage.objects.exists()


@pytest.mark.django_db
def test_more_units_cost_no_more_queries(pack: PackFolder) -> None:
    loaded(pack)

    def queries(first: int, count: int) -> int:
        for number in range(first, first + count):
            row = f"X{number},城东区第{number}中学,education,primary-school,990102,district,城东区教育局,,,,,"
            pack.append("units.csv", row)
        with CaptureQueriesContext(connection) as captured:
            loaded(pack)
        return len(captured)

    few, many = queries(100, 5), queries(200, 40)
    assert many <= few + 2
