"""Service items, industries, the catalogue, files and pages are filtered by what they are."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.base import ContentFile

from media.models import Document
from pages.models import StandardPage
from snippets.models import ItemHealth, LifeEvent, LifeEventItem
from tests.case_names import case_name
from tests.factories import make_disclosure, make_entry, make_page, make_service_item


@pytest.fixture
def services(town):
    """Offer two services of the water works and one of the schools as such."""
    for code, title, kind in [("W1", "水费查询", "query"), ("W2", "水费缴纳", "payment")]:
        item = make_service_item(town.water, town.industries["waterworks"], code=code, title=title, service_class=kind)
        ItemHealth.objects.create(item=item, confirmed_on=date(2026, 6, 1))
    moving = LifeEvent.objects.create(code="moving", title="搬家")
    LifeEventItem.objects.create(event=moving, item=item)
    make_service_item(None, town.industries["primary"], code="E1", title="学籍查询", service_class="query")
    return town


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"class": "query"}, {"水费查询", "学籍查询"}),
        ({"industry": "water"}, {"水费查询", "水费缴纳"}),
        ({"branch": "primary-school"}, {"学籍查询"}),
        ({"division": "2102"}, {"水费查询", "水费缴纳"}),
        ({"code": "W2,E1"}, {"水费缴纳", "学籍查询"}),
        ({"checked_after": "2026-06-01"}, {"水费查询", "水费缴纳"}),
        ({"checked_before": "2026-06-01"}, set()),
        ({"life_event": "moving"}, {"水费缴纳"}),
    ],
    ids=case_name,
)
def test_a_filter_of_service_items_keeps_what_fits(api, services, parameters, titles):
    assert api.titles("service-items", **parameters) == titles


def test_service_items_are_found_by_provider_and_by_its_superior(api, services):
    assert api.titles("service-items", provider=services.water.roster.code) == {"水费查询", "水费缴纳"}
    assert api.titles("service-items", descendant_of=services.water_office.pk) == {"水费查询", "水费缴纳"}
    assert api.titles("service-items", child_of=services.portal.pk) == set()


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"level": "sector"}, {"供水", "教育", "政务服务"}),
        ({"parent": "water"}, {"自来水"}),
        ({"statutory": "true"}, {"供水", "教育"}),
        ({"catalogue": "generic"}, {"政务服务"}),
        ({"code": "water,service-hall"}, {"供水", "便民服务"}),
    ],
    ids=case_name,
)
def test_a_filter_of_industries_keeps_what_fits(api, town, parameters, titles):
    assert api.titles("industries", **parameters) == titles


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"catalogue": "water"}, {"企业概况", "水价", "抢修停水"}),
        ({"industry": "primary-school"}, {"招生计划"}),
        ({"industry": "water"}, {"企业概况", "水价", "抢修停水"}),
        ({"group": "B"}, {"水价", "抢修停水"}),
        ({"code": "C01"}, {"招生计划"}),
        ({"kind": "fee_table,announcement"}, {"水价", "抢修停水"}),
        ({"cycle": "yearly"}, {"招生计划"}),
        ({"tiers": "3"}, {"抢修停水", "招生计划"}),
        ({"mandatory": "false"}, set()),
    ],
    ids=case_name,
)
def test_a_filter_of_the_catalogue_keeps_what_fits(api, town, parameters, titles):
    assert api.titles("catalogue", **parameters) == titles


def test_the_catalogue_is_that_of_a_day_by_default_of_today(api, town):
    make_entry("water", "B09", title="旧事项", valid_to=date(2020, 12, 31))

    assert "旧事项" not in api.titles("catalogue")
    assert "旧事项" in api.titles("catalogue", valid_on="2020-12-31")


def test_documents_are_filtered_by_type_owner_and_content(api, town):
    for name in ("a.pdf", "b.XLSX"):
        document = Document.objects.create(
            title=name, file=ContentFile(b"x", name), file_hash=name[0] * 40, file_size=1, owner_organisation=town.water
        )
        paper = make_disclosure(town.water, town.entries["water_price"])
        paper.attachments.create(title=name, document=document)
        paper.save_revision().publish(skip_permission_checks=True)

    assert api.titles("documents", type="pdf") == {"a.pdf"}
    assert api.titles("documents", type="pdf,xlsx") == {"a.pdf", "b.XLSX"}
    assert api.titles("documents", sha1="B" * 40) == {"b.XLSX"}
    assert api.titles("documents", owner=town.water.roster.code) == {"a.pdf", "b.XLSX"}
    assert api.titles("documents", owner=town.school.roster.code) == set()
    assert api.titles("documents", descendant_of=town.water_office.pk) == {"a.pdf", "b.XLSX"}


def test_pages_are_filtered_by_type_and_place(api, town):
    make_page(StandardPage, town.portal, title="公开指南", slug="guide")

    assert api.titles("pages", type="pages.StandardPage") == {"公开指南"}
    assert api.titles("pages", slug="guide") == {"公开指南"}
    assert api.titles("pages", child_of=town.portal.pk) == {"公开指南", "市水务局", "示例区"}
