"""Whole packs: the bundled one, and a real city's where it is at hand, against an independent count of their files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cms.city import packs
from cms.city.pack import read_pack
from cms.city.plan import plan
from cms.city.planned import Kind, Plan
from tests.shared_data import REAL_CITY

from . import count_pack


@pytest.fixture(params=["sample", "real"], scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    if request.param == "sample":
        return packs.SAMPLE
    if not REAL_CITY.is_dir():
        pytest.skip(f"No pack of a real city in {REAL_CITY}.")
    return REAL_CITY


@pytest.fixture(scope="module")
def planned(folder: Path) -> Plan:
    return _planned(folder)


@pytest.fixture(scope="module")
def sample() -> Plan:
    return _planned(packs.SAMPLE)


def _planned(folder: Path) -> Plan:
    pack, problems = read_pack(folder)
    assert problems.errors == []
    assert pack is not None
    return plan(pack, problems)


def test_the_plan_reaches_the_numbers_counted_from_the_files(folder: Path, planned: Plan):
    expected = count_pack.count(folder)

    reached = {**planned.counts(), **_by_chain(planned)}

    assert reached == expected


def test_each_organisation_has_one_parent_that_stands_and_a_key_of_its_own(planned: Plan):
    organisations = planned.organisations

    keys = {organisation.key: organisation.kind for organisation in organisations}

    assert len(keys) == len(organisations)
    lawful = {
        Kind.DISTRICT: {Kind.PORTAL},
        Kind.DEPARTMENT: {Kind.PORTAL, Kind.DISTRICT},
        Kind.UNIT: {Kind.DEPARTMENT},
    }
    assert all(
        keys[organisation.parent_key] in lawful[organisation.kind]
        for organisation in organisations
        if organisation.kind is not Kind.PORTAL
    )


def test_service_codes_are_unique_and_providers_stand(planned: Plan):
    services = planned.services

    keys = {organisation.key for organisation in planned.organisations}

    assert len({service.code for service in services}) == len(services)
    assert all(service.provider_key in keys for service in services if service.provider_key)
    assert all(len(service.code) <= 64 for service in services)


def test_positions_lie_near_the_city(planned: Plan):
    positions = [organisation.position for organisation in planned.organisations if organisation.position]

    assert positions
    assert all(120.5 < each.longitude < 123.6 and 38.5 < each.latitude < 40.3 for each in positions)


def test_the_sample_invents_nothing(sample: Plan):
    pack = sample.pack

    with (pack.folder / pack.city.files["units"]).open(newline="") as stream:
        columns = csv.DictReader(stream).fieldnames or []

    assert not {"phone", "credit_code", "website", "price"} & set(columns)
    assert {service.row.url for service in sample.services if service.row.url} <= {
        "https://www.95598.cn/",
        "https://www.12306.cn/",
        "https://www.chsi.com.cn/",
    }


def test_the_sample_has_each_template_both_chains_and_five_districts(sample: Plan):
    templates = {row.code: row.template for row in sample.pack.industries}

    used = {templates[unit.industry] for unit in sample.of_kind(Kind.UNIT)}

    assert used == {catalogue.template for catalogue in sample.pack.catalogues.values()}
    assert min(_by_chain(sample).values()) > 0
    assert len(sample.of_kind(Kind.DISTRICT)) == 5


def _by_chain(planned: Plan) -> dict[str, int]:
    organisations = {organisation.key: organisation for organisation in planned.organisations}
    office = planned.pack.city.disclosure_office
    units = [unit for unit in planned.of_kind(Kind.UNIT) if not unit.is_village]
    parents = [organisations[unit.parent_key] for unit in units]
    three = sum(organisations[parent.parent_key].kind is Kind.PORTAL for parent in parents)
    return {
        "under the disclosure office": sum(parent.name == office for parent in parents),
        "three storeys": three,
        "four storeys": len(units) - three,
    }
