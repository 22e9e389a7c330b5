"""Loading a pack again neither publishes nor buries what somebody is working on."""

from __future__ import annotations

from accounts.models import Duty
from cms.city.loading import load
from pages.models import UnitPage
from snippets.models import ServiceItem
from tests.factories import appoint, make_person

from .conftest import PackFolder


def test_a_draft_of_a_service_item_is_not_published_by_a_load(pack: PackFolder, db: None) -> None:
    load(pack.plan()[0])
    item = ServiceItem.objects.get(code="S1")
    item.phone = "未经审核的电话"
    item.save_revision(user=make_person("clerk"))
    pack.replace("services.csv", "预约挂号", "网上预约挂号")

    report = load(pack.plan()[0])

    item = ServiceItem.objects.get(code="S1")
    assert (item.phone, item.title) == ("", "预约挂号")
    assert any("预约挂号" in remark and "没有更新" in remark for remark in report.remarks)


def test_a_unit_in_review_stays_as_it_was_submitted(pack: PackFolder, db: None) -> None:
    load(pack.plan()[0])
    unit = UnitPage.objects.get(title="城东区第一小学").specific
    clerk, reviewer = make_person("clerk"), make_person("reviewer")
    appoint(clerk, unit)
    appoint(reviewer, unit.get_parent(), Duty.REVIEWER)
    unit.introduction = "<p>待审的介绍。</p>"
    submitted = unit.save_revision(user=clerk)
    unit.submit_for_approval(clerk)
    pack.replace("units.csv", "district,城东区教育局,,", "district,城东区教育局,新址1号,")

    load(pack.plan()[0])

    unit = UnitPage.objects.get(pk=unit.pk)
    assert unit.address == ""
    assert unit.latest_revision == submitted
    assert unit.workflow_in_progress


def test_what_people_have_published_is_not_loaded_over_either(pack: PackFolder, db: None) -> None:
    load(pack.plan()[0])
    unit = UnitPage.objects.get(title="城东区第一小学").specific
    unit.address = "旧址2号"
    unit.save_revision(user=make_person("clerk"), changed=True).publish(skip_permission_checks=True)
    pack.replace("units.csv", "district,城东区教育局,,", "district,城东区教育局,新址1号,")

    report = load(pack.plan()[0])

    assert UnitPage.objects.get(pk=unit.pk).address == "旧址2号"
    assert any("城东区第一小学" in remark for remark in report.remarks)
