"""Typed fields: shown as people read them, refused in a Chinese sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from industries.community.models import CommunityPage
from industries.education.models import SchoolPage
from industries.environment.models import TreatmentPage
from industries.gas.models import GasPage
from industries.health.models import HospitalPage
from industries.heating.models import HeatingPage
from industries.power.models import PowerPage
from industries.transport.models import TransportPage
from industries.water.models import WaterPage
from tests.factories import make_unit

FACTS = [
    (
        HospitalPage,
        {"kind": "general", "grade": "3a", "ownership": "public", "beds": 1200, "emergency_24h": True},
        {"机构类别": "综合医院", "等级": "三级甲等", "办医性质": "公立", "床位数（张）": "1200", "24 小时急诊": "是"},
    ),
    (SchoolPage, {"stage": "primary", "boarding": False}, {"学段": "小学", "提供寄宿": "否"}),
    (WaterPage, {"daily_capacity": "12.50", "hotline": "0411-96101"}, {"日供水能力（万立方米）": "12.5"}),
    (GasPage, {"gas_kind": "natural", "households": 0}, {"燃气种类": "天然气", "用户数（户）": "0"}),
    (
        HeatingPage,
        {"season_start": "11-05", "season_end": "04-05", "guaranteed_temperature": "18.0"},
        {"采暖期开始": "11月5日", "采暖期结束": "4月5日", "室温标准（℃）": "18"},
    ),
    (PowerPage, {"voltage": "10kV", "hotline": "95598"}, {"最高供电电压": "10 千伏", "24 小时服务热线": "95598"}),
    (
        TransportPage,
        {"transit_kind": "bus", "routes_operated": 2, "route_names": "1 路、2 路"},
        {"运输方式": "公共汽电车", "运营线路（条）": "2", "线路": "1 路、2 路"},
    ),
    (TreatmentPage, {"treatment": "sewage", "daily_capacity": "200000"}, {"设计处理能力（吨/日）": "200000"}),
    (
        CommunityPage,
        {"kind": "village", "term": 12, "term_from": 2023, "term_to": 2028, "members": 5},
        {"组织类型": "村民委员会", "届次": "第 12 届", "任期起（年）": "2023", "委员会成员（人）": "5"},
    ),
]
FAULTS = [
    (HospitalPage, {"beds": 2_000_000}, "beds", "20000"),
    (HospitalPage, {"kind": "blood", "grade": "3a"}, "grade", "“采供血机构”不参加医院等级评审"),
    (HospitalPage, {"grade": "三甲"}, "grade", "三甲"),
    (SchoolPage, {"classes": -1}, "classes", "0"),
    (GasPage, {"hotline": "打前台"}, "hotline", "不是有效的电话号码"),
    (WaterPage, {"hotline": "12345、95598"}, "hotline", "不止一个电话号码"),
    (WaterPage, {"daily_capacity": "1e9"}, "daily_capacity", ""),
    (HeatingPage, {"season_start": "02-30", "season_end": "04-05"}, "season_start", "“02-30”不是日期"),
    (HeatingPage, {"season_start": "11-05"}, "season_end", "须同时填写"),
    (HeatingPage, {"season_start": "11-05", "season_end": "11-05"}, "season_end", "同一天"),
    (HeatingPage, {"guaranteed_temperature": "180"}, "guaranteed_temperature", "30"),
    (TreatmentPage, {"permit_number": "123"}, "permit_number", "排污许可证编号为 22 位"),
    (TransportPage, {"routes_operated": 99_999}, "routes_operated", "5000"),
    (CommunityPage, {"term_from": 2028, "term_to": 2023}, "term_to", "一至六年"),
    (CommunityPage, {"members": 300}, "members", "30"),
]


@pytest.mark.parametrize(("model", "values", "facts"), FACTS)
def test_typed_values_are_shown_as_people_read_them(town, model, values, facts):
    unit = make_unit(town.water_office, model, **values)
    stored = model.objects.get(pk=unit.pk)

    shown = dict(stored.profile_facts)

    assert facts.items() <= shown.items()
    assert len(shown) == len(values)


@pytest.mark.parametrize(("model", "values", "field", "words"), FAULTS)
def test_a_value_out_of_bounds_is_refused_at_its_field(town, model, values, field, words):
    unit = make_unit(town.water_office, model)

    for name, value in values.items():
        setattr(unit, name, value)
    with pytest.raises(ValidationError) as refusal:
        unit.full_clean()

    assert list(refusal.value.message_dict) == [field]
    assert words in "".join(refusal.value.message_dict[field])


@pytest.mark.parametrize("written", ["11-05", "11-5", "11月5日", "11 月 5 日", "11/5", "11.5"])
def test_a_day_of_the_year_is_understood_as_people_write_it(town, written):
    unit = make_unit(town.water_office, HeatingPage, season_start=written, season_end="4月5日")

    unit.full_clean()

    assert (unit.season_start, unit.season_end) == ("11-05", "04-05")


@pytest.mark.django_db
def test_a_day_of_the_year_is_read_in_english_too():
    with translation.override("en"):
        assert HeatingPage(season_start="11-05").get_season_start_display() == "5 November"


def test_what_is_not_given_is_not_shown(town):
    assert town.school.profile_facts == []
