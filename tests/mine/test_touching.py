"""Whom an outage touches is answered alike for one choice by the database, and for all choices without it."""

from __future__ import annotations

import pytest
from django.db.models import F
from django.http import QueryDict

from cms.mine.choice import chosen
from cms.mine.reading import records_of
from cms.mine.touching import Meanings, Outage
from pages.models import NoticeKind, PublicationRecord
from tests.factories import make_department, make_district, make_notice, make_unit
from tests.town import Town

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

CHOICES = (
    "",
    "industry=water",
    "industry=waterworks",
    "industry=education",
    "industry=nothing",
    "district=210202",
    "district=210203",
    "district=210202&district=210203",
    "industry=water&district=210202",
    "industry=water&district=210203",
    "industry=education&district=210202",
    "industry=water&district=999999",
    "district=999999",
    "unit={water}",
    "unit={school}",
    "industry=education&unit={water}",
    "unit=nobody",
)
NAMED = ("", "210202", "210203", "210202008", "210202008001", "210200", "210000", "210202；210203008", "210211")


@pytest.fixture
def notices(town: Town) -> list[PublicationRecord]:
    """Publish an outage of each publisher with each list of divisions."""
    other = make_district(town.portal, title="另一区", division_code="210203")
    office = make_department(other, title="另一区水务局", division_code="210203")
    elsewhere = make_unit(office, title="另一区水厂", industry=town.industries["waterworks"])
    for publisher in (town.water, town.school, elsewhere):
        for number, codes in enumerate(NAMED):
            make_notice(publisher, title=f"停水{number}", kind=NoticeKind.PLANNED_OUTAGE, division_codes=codes)
    found = PublicationRecord.objects.filter(page__noticepage__isnull=False)
    return list(found.select_related("organisation__roster").annotate(named=F("page__noticepage__division_codes")))


def test_both_answers_agree(town: Town, notices):
    choices = [each.format(water=town.water.roster.code, school=town.school.roster.code) for each in CHOICES]
    every = PublicationRecord.objects.filter(page__noticepage__isnull=False)
    meanings = Meanings()

    differing = {}
    for choice in choices:
        at_once = {record.pk for record in notices if meanings.touches(choice, Outage.of(record))}
        by_database = set(every.filter(records_of(chosen(QueryDict(choice)))).values_list("pk", flat=True))
        if at_once != by_database:
            differing[choice] = at_once ^ by_database

    assert differing == {}


@pytest.mark.parametrize(("named", "is_touched"), [("210200", True), ("210202008", True), ("210203", False)])
def test_what_is_off_in_the_whole_city_is_off_in_each_district(town: Town, named, is_touched):
    outage = Outage("x", town.industries["waterworks"].pk, "somewhere", named)

    assert Meanings().touches("industry=water&district=210202", outage) is is_touched
    assert Meanings().touches("district=210202", outage) is is_touched
