"""The settings of the map are looked at before anybody asks for a page."""

from __future__ import annotations

import pytest

from cms.routing.checks import check_map


def test_tianditu_needs_a_key(settings):
    settings.ROUTE_ENGINE, settings.ROUTE_ENGINE_URL = "tianditu", "https://api.tianditu.gov.cn"

    assert [message.id for message in check_map()] == ["gongkai.E082"]


def test_the_settings_as_they_come_are_in_order():
    assert check_map() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("MAP_DATUM", "火星 GPS", "gongkai.E080"),
        ("ROUTE_LINK_DATUM", "", "gongkai.E080"),
        ("ROUTE_ENGINE", "osrm", "gongkai.E081"),
        ("MAP_TILES", ["https://t.example.org/{z}/{x}/{y}.png"], "gongkai.W080"),
    ],
)
def test_what_no_page_can_be_made_of_is_told(settings, name, value, expected):
    setattr(settings, name, value)

    assert [message.id for message in check_map()] == [expected]
