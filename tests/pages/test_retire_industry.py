"""A template leaves: its units become plain, its branches and content are named, nothing is lost."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail import hooks
from wagtail.models import Page, PageLogEntry, Revision

from industries.community.models import CommunityPage
from industries.education.models import SchoolPage, UniversityPage
from pages.industry_templates import HOOK, IndustryTemplate
from pages.lifecycle import UnlawfulChange, change_unit_type, plan_retirement, retire_industry
from pages.models import DisclosurePage, UnitPage
from snippets.models import CatalogueEntry
from tests.factories import make_disclosure, make_page, make_service_item, make_unit

EMPTY_SCHOOL = {"stage": "", "ownership": "", "area_served": "", "classes": None, "pupils": None, "boarding": None}


@pytest.fixture
def schools(town):
    """Give the town's school a stage and a disclosure, and set a college beside it."""
    town.school.stage = "primary"
    town.school.save_revision().publish(skip_permission_checks=True)
    make_disclosure(town.school, town.entries["school_admission"], title="2026 年招生计划")
    make_unit(town.education_office, UniversityPage, title="示例大学", industry=town.industries["primary"])
    return town


def specific(page):
    return Page.objects.get(pk=page.pk).specific


def test_units_of_every_page_type_of_the_template_become_plain(schools):
    retirement = retire_industry("education")

    assert retirement.page_types == (SchoolPage, UniversityPage)
    assert len(retirement.units) == 2
    assert not SchoolPage.objects.exists()
    assert not UniversityPage.objects.exists()
    assert type(specific(schools.school)) is UnitPage
    assert specific(schools.school).sealed_profile == {"education.SchoolPage": {**EMPTY_SCHOOL, "stage": "primary"}}


def test_no_row_of_the_template_stays_behind(schools):
    make_page(SchoolPage, schools.education_office, live=False, title="误建的小学").delete()

    retire_industry("education")

    for rows in (Page, Revision, PageLogEntry):
        assert not rows.objects.filter(content_type__app_label="education").exists()


def test_its_catalogues_are_taken_off_the_branches(schools):
    branch = schools.industries["primary"]

    retirement = retire_industry("education")

    branch.refresh_from_db()
    assert retirement.branches == (branch,)
    assert branch.catalogue == ""
    assert specific(schools.school).catalogue_code == "generic"


def test_entries_stay_for_what_was_disclosed_under_them(schools):
    retirement = retire_industry("education")

    disclosure = DisclosurePage.objects.get(title="2026 年招生计划")
    assert retirement.entries == CatalogueEntry.objects.filter(catalogue="education_school").count() == 1
    assert disclosure.entry == schools.entries["school_admission"]


def test_what_was_disclosed_can_still_be_corrected(schools):
    retire_industry("education")

    disclosure = DisclosurePage.objects.get(title="2026 年招生计划")
    disclosure.summary = "更正。"
    disclosure.full_clean()
    disclosure.save_revision().publish(skip_permission_checks=True)

    assert DisclosurePage.objects.get(pk=disclosure.pk).summary == "更正。"


def test_a_unit_can_be_given_its_type_back(schools):
    retire_industry("education")

    change_unit_type(specific(schools.school), SchoolPage)

    assert specific(schools.school).stage == "primary"


def test_a_plan_changes_nothing(schools):
    plan = plan_retirement("education")

    assert len(plan.units) == 2
    assert SchoolPage.objects.count() == 1
    assert specific(schools.school).catalogue_code == "education_school"


def test_all_or_nothing(schools, monkeypatch):
    calls = []

    def fail_at_the_second():
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        retire_industry("education", progress=fail_at_the_second)

    assert type(specific(schools.school)) is SchoolPage
    assert schools.industries["primary"].catalogue == "education_school"


def test_an_unknown_template_is_refused_with_the_installed_ones(db):
    with pytest.raises(UnlawfulChange, match=r"没有安装行业模板“library”；已安装：.*water"):
        plan_retirement("library")


def test_the_generic_template_cannot_go(db):
    with pytest.raises(UnlawfulChange, match="不能停用"):
        plan_retirement("generic")


def test_the_command_plans_then_retires(schools):
    out = StringIO()

    call_command("retire_industry", "education", dry_run=True, stdout=out)
    assert SchoolPage.objects.exists()
    call_command("retire_industry", "education", stdout=out)

    assert "改为通用单位页面：2 个" in out.getvalue()
    assert "教育 › 小学" in out.getvalue()
    assert not SchoolPage.objects.exists()


def test_the_command_refuses_in_a_sentence(db):
    with pytest.raises(CommandError, match="没有安装行业模板"):
        call_command("retire_industry", "nonsense")


def test_services_of_a_class_that_leaves_are_named(town):
    def renewals():
        return IndustryTemplate("renewals", "续借", (), service_kinds=(("renewal", "续借"), ("query", "查询")))

    with hooks.register_temporarily([(HOOK, renewals)]):
        item = make_service_item(town.hall, service_class="renewal")
        make_service_item(town.hall, service_class="query")

        assert plan_retirement("renewals").services == (item,)


def test_a_template_without_units_can_go(town):
    retirement = retire_industry("community")

    assert retirement.page_types == (CommunityPage,)
    assert retirement.units == ()
