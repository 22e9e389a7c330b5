"""系统运维、人员管理、审计: three powers, three persons, where it is switched on."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Duty
from accounts.separation import conflicts
from tests.factories import appoint, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def separated(settings):
    settings.SEPARATE_DUTIES = True


def test_an_administrator_does_not_become_an_auditor(town, separated):
    with pytest.raises(ValidationError, match="已担任人员管理，不能兼任审计"):
        appoint(town.administrator("water"), town.portal, Duty.AUDITOR)


def test_an_auditor_does_not_become_an_administrator(town, separated):
    with pytest.raises(ValidationError, match="已担任审计，不能兼任人员管理"):
        appoint(town.auditor("water"), town.hall, Duty.ADMINISTRATOR)


@pytest.mark.parametrize("duty", [Duty.AUDITOR, Duty.ADMINISTRATOR])
def test_the_operator_holds_neither(town, separated, duty):
    with pytest.raises(ValidationError, match="已担任系统运维"):
        appoint(make_person("root", is_superuser=True), town.portal, duty)


def test_who_was_relieved_may_become_something_else(town, separated):
    person = make_person("former")
    appoint(person, town.portal, Duty.ADMINISTRATOR, until=date(2021, 1, 1))

    appoint(person, town.portal, Duty.AUDITOR)


def test_one_power_at_two_places_is_one(town, separated):
    appoint(town.auditor("water"), town.hall, Duty.AUDITOR)


def test_writing_and_reviewing_are_none_of_the_three(town, separated):
    appoint(town.auditor("water"), town.hall, Duty.EDITOR)
    appoint(make_person("root", is_superuser=True), town.hall, Duty.REVIEWER)


def test_a_small_office_does_without(town):
    appoint(town.administrator("water"), town.portal, Duty.AUDITOR)


def test_who_holds_two_is_listed(town, django_assert_num_queries):
    both = town.administrator("water")
    appoint(both, town.portal, Duty.AUDITOR)
    root = make_person("root", is_superuser=True)
    appoint(root, town.portal, Duty.AUDITOR)

    with django_assert_num_queries(2):
        found = conflicts()

    assert found == [(root, "系统运维、审计"), (both, "人员管理、审计")]
