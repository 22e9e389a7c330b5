"""Index numbers: the schemes cities use, and templates that cannot work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.index_number import IndexScheme

FIELDS: dict[str, Any] = {
    "organisation_code": "210200-W001",
    "division_code": "210200",
    "catalogue": "water",
    "entry_code": "B01",
    "group_code": "B",
    "date": date(2026, 11, 23),
    "serial": 17,
}


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{organisation_code}/{year}-{serial:05d}", "210200-W001/2026-00017"),
        ("{organisation_code:.5}-{group_code}-{year}-{serial:04d}", "21020-B-2026-0017"),
        (
            "{division_code}-{organisation_code}-{catalogue}-{group_code}-{date:%Y%m%d}-{serial:03d}",
            "210200-210200-W001-water-B-20261123-017",
        ),
        ("{organisation_code}-{entry_code}-{year}-{serial:04d}", "210200-W001-B01-2026-0017"),
        ("大公开〔{year}〕{serial}号", "大公开〔2026〕17号"),
    ],
)
def test_the_schemes_cities_use_can_be_written(template, number):
    scheme = IndexScheme(template)

    assert scheme.format(**FIELDS) == number


def test_the_default_scheme_counts_by_organisation_and_year():
    scheme = IndexScheme()

    assert scheme.fields == {"organisation_code", "year", "serial"}
    assert scheme.format(organisation_code="A", year=2026, serial=1) == "A/2026-00001"
    assert scheme.series(organisation_code="A", year=2026) == "A/2026-#"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("", "缺少流水号字段"),
        ("{organisation_code}/{year}", "缺少流水号字段"),
        ("{organisation}/{serial}", "字段“organisation”无法识别"),
        ("{}-{serial}", "字段“”无法识别"),
        ("{0}-{serial}", "字段“0”无法识别"),
        ("{organisation_code.__class__}-{serial}", "无法识别"),
        ("{organisation_code[0]}-{serial}", "无法识别"),
        ("{organisation_code!r}-{serial}", "无法识别"),
        ("{year}-{serial", "花括号不成对"),
        ("{year}}-{serial}", "花括号不成对"),
        ("{serial:09999999999d}", "格式“09999999999d”无法使用"),
        ("{serial:{year}}", "无法使用"),
        ("{date:%H%M}-{serial}", "无法使用"),
        ("{year} {serial}", "不能含有“ ”"),
        ("{year}?{serial}", r"不能含有“\?”"),
        ("{year}#{serial}", "不能含有“#”"),
    ],
)
def test_a_template_that_cannot_work_is_refused_when_it_is_set(template, reason):
    with pytest.raises(ValueError, match=reason):
        IndexScheme(template)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"year": 2026, "serial": 1}, "缺少：organisation_code"),
        ({"organisation_code": "", "year": 2026, "serial": 1}, "缺少：organisation_code"),
        ({"organisation_code": "A"}, "缺少：serial、year"),
        ({"organisation_code": "A", "year": 2026, "serial": 0}, "应从 1 开始，现为 0"),
    ],
)
def test_a_number_is_not_made_of_missing_parts(fields, reason):
    with pytest.raises(ValueError, match=reason):
        IndexScheme().format(**fields)


@given(st.text(max_size=40))
def test_any_text_is_either_a_template_or_refused_in_chinese(text):
    try:
        scheme = IndexScheme(text)
    except ValueError as refusal:
        assert "索引号模板" in str(refusal)
        return
    assert "serial" in scheme.fields


serials = st.integers(1, 200_000)
years = st.integers(2008, 2100)
organisations = st.sampled_from(["12210200MB0000000X", "210200-W001", "210200-W0012"])


@given(st.tuples(organisations, years, serials), st.tuples(organisations, years, serials))
def test_two_disclosures_never_share_a_number(one, other):
    scheme = IndexScheme()

    first, second = (
        scheme.format(organisation_code=code, year=year, serial=serial) for code, year, serial in (one, other)
    )

    assert (first == second) == (one == other)
