"""A unit changes its page type and stays what it is."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, PageLogEntry, ReferenceIndex
from wagtail_localize.models import TranslationSource

from industries.education.models import SchoolPage
from industries.heating.models import HeatingPage
from industries.water.models import WaterPage
from pages.lifecycle import UnlawfulChange, change_unit_type, find_unit, page_type_named, plan_change
from pages.lifecycle.change import strangers
from pages.lifecycle.sealing import Steps
from pages.models import (
    OrganisationPage,
    OrganisationPhone,
    PublicationRecord,
    RosterEntry,
    ServiceOutlet,
    UnitPage,
)
from tests.factories import make_disclosure, make_unit


@pytest.fixture
def water(town):
    """Give the waterworks typed values, a draft with others, and a child."""
    page = town.water
    page.hotline, page.households, page.daily_capacity = "0411-96101", 120_000, "12.50"
    page.save_revision().publish(skip_permission_checks=True)
    make_disclosure(page, town.entries["water_price"], title="水价")
    page.hotline = "0411-96102"
    page.save_revision()
    return WaterPage.objects.get(pk=page.pk)


def specific(page):
    return Page.objects.get(pk=page.pk).specific


def translated(page):
    """Copy a page with all above it into English, and return the locale."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    for each in [*page.get_ancestors().filter(depth__gt=1), page]:
        each.specific.copy_for_translation(english)
    return english


def test_the_unit_keeps_its_number_place_children_and_roster_code(water):
    before = (water.pk, water.path, water.translation_key, water.roster.code, water.get_children().count())

    change_unit_type(water, HeatingPage)

    page = specific(water)
    assert type(page) is HeatingPage
    assert (page.pk, page.path, page.translation_key, page.roster.code, page.get_children().count()) == before
    assert not WaterPage.objects.filter(pk=page.pk).exists()
    assert OrganisationPage.objects.get(pk=page.pk).title == water.title
    assert PublicationRecord.objects.filter(organisation=page.pk).exists()


def test_typed_values_are_sealed_and_come_back_with_the_type(water):
    change_unit_type(water, HeatingPage)
    sealed = specific(water)
    assert sealed.hotline == ""
    assert sealed.sealed_profile["water.WaterPage"]["hotline"] == "0411-96101"

    sealed.hotline = "0411-82000000"
    sealed.save_revision().publish(skip_permission_checks=True)
    change_unit_type(specific(water), WaterPage)

    page = specific(water)
    assert (page.hotline, page.households, str(page.daily_capacity)) == ("0411-96101", 120_000, "12.50")
    assert list(page.sealed_profile) == ["heating.HeatingPage"]


def test_what_has_no_values_leaves_no_seal(town):
    change_unit_type(town.school, UnitPage)

    assert specific(town.school).sealed_profile is None


def test_every_revision_can_be_read_and_published_afterwards(water):
    before = list(water.revisions.order_by("pk").values_list("pk", flat=True))

    change_unit_type(water, UnitPage)

    page = specific(water)
    assert list(page.revisions.order_by("pk").values_list("pk", flat=True)) == before
    assert {type(revision.as_object()) for revision in page.revisions.all()} == {UnitPage}
    page.latest_revision.publish(skip_permission_checks=True)
    assert specific(water).sealed_profile["water.WaterPage"]["hotline"] == "0411-96102"


def test_a_draft_keeps_its_own_values_through_both_changes(water):
    change_unit_type(water, UnitPage)
    change_unit_type(specific(water), WaterPage)

    page = specific(water)
    assert page.hotline == "0411-96101"
    assert page.get_latest_revision_as_object().hotline == "0411-96102"
    assert page.get_latest_revision_as_object().sealed_profile is None


def test_history_and_references_are_those_of_the_new_type(water):
    change_unit_type(water, SchoolPage)

    page = specific(water)
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert {entry.content_type.model_class() for entry in entries} == {SchoolPage}
    assert entries.order_by("-pk").first().message == "页面类型由 water.WaterPage 改为 education.SchoolPage"
    references = ReferenceIndex.objects.filter(object_id=str(page.pk), base_content_type__model="page")
    assert {reference.content_type.model_class() for reference in references} == {SchoolPage}
    assert "industry" in {reference.model_path for reference in references}


def test_a_draft_in_approval_stays_in_approval(town, water):
    state = water.submit_for_approval(town.editor("water"))

    change_unit_type(water, UnitPage)

    page = specific(water)
    assert page.current_workflow_state == state
    page.current_workflow_task_state.specific.approve(user=town.reviewer("water"))
    assert page.current_workflow_state.content_object.specific == page


def test_search_finds_the_unit_under_its_new_type_only(water):
    change_unit_type(water, HeatingPage)

    assert [page.pk for page in HeatingPage.objects.all().search("自来水公司")] == [water.pk]
    assert list(WaterPage.objects.all().search("自来水公司")) == []
    assert [page.pk for page in Page.objects.all().search("自来水公司")] == [water.pk]


def test_translations_change_with_their_source(water):
    english = translated(water)
    TranslationSource.update_or_create_from_instance(water)

    change = change_unit_type(water, UnitPage)

    copy = specific(water).get_translation(english)
    assert change.copies == 1
    assert type(copy.specific) is UnitPage
    source = TranslationSource.objects.get(object_id=water.translation_key)
    assert type(source.get_source_instance()) is UnitPage
    assert type(source.as_instance()) is UnitPage
    assert "hotline" not in {segment.context.path for segment in source.stringsegment_set.all()}


def test_naming_a_translation_changes_the_whole_group(water):
    english = translated(water)

    change_unit_type(water.get_translation(english).specific, UnitPage)

    assert type(specific(water)) is UnitPage


def test_a_plan_changes_nothing(water):
    plan = plan_change(water, UnitPage)

    assert plan.sealed == ("water.WaterPage",)
    assert plan.revisions == water.revisions.count()
    assert type(specific(water)) is WaterPage


def test_a_failure_leaves_everything_as_it_was(water, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("pages.lifecycle.change.log", fail)

    with pytest.raises(RuntimeError):
        change_unit_type(water, UnitPage)

    page = specific(water)
    assert (type(page), page.hotline) == (WaterPage, "0411-96101")
    assert {type(revision.as_object()) for revision in page.revisions.all()} == {WaterPage}


def test_the_same_type_is_no_change(water):
    with pytest.raises(UnlawfulChange, match="已经是供水企业"):
        change_unit_type(water, WaterPage)


def test_an_office_is_no_unit(town):
    with pytest.raises(UnlawfulChange, match="“市水务局”是行业主管部门，不是公共企事业单位"):
        find_unit(str(town.water_office.pk))


@pytest.mark.parametrize("reference", ["99999999", "no-such-code", "", "9" * 40, "-1", "²"])
def test_an_unknown_unit_is_named(db, reference):
    with pytest.raises(UnlawfulChange, match="没有编号或名录编码"):
        find_unit(reference)


@pytest.mark.parametrize("label", ["pages.DepartmentPage", "water", "water.Nothing", "snippets.Industry", ""])
def test_a_target_that_no_unit_can_be_is_refused_with_the_lawful_ones(label):
    with pytest.raises(UnlawfulChange, match=r"不是单位的页面类型；可选：.*water\.WaterPage"):
        page_type_named(label)


def test_a_unit_is_found_by_roster_code(town):
    assert find_unit(town.water.roster.code) == town.water


def test_rows_that_are_no_part_of_the_page_are_strangers_its_own_rows_are_not():
    found = {relation.related_model for relation in strangers(Steps((OrganisationPage,), ()))}

    assert {RosterEntry, PublicationRecord} <= found
    assert not {OrganisationPhone, ServiceOutlet} & found


def test_the_command_plans_then_changes(town):
    out = StringIO()
    unit = make_unit(town.water_office, UnitPage, title="示例供热公司")

    call_command("change_unit_type", unit.roster.code, "heating.HeatingPage", dry_run=True, stdout=out)
    assert type(specific(unit)) is UnitPage
    assert "没有写入" in out.getvalue()
    call_command("change_unit_type", str(unit.pk), "heating.heatingpage", stdout=out)

    assert type(specific(unit)) is HeatingPage
    assert "“示例供热公司”：公共企事业单位（pages.UnitPage） → 供热企业（heating.HeatingPage）" in out.getvalue()


def test_the_command_refuses_in_a_sentence(town):
    with pytest.raises(CommandError, match=r"^“nonsense”不是单位的页面类型"):
        call_command("change_unit_type", str(town.water.pk), "nonsense")
