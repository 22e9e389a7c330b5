"""Production does not start with an open door; the demo is warned."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management.base import SystemCheckError

from cms.checks import refuse_to_start
from cms.sign_in.checks import check_door

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["SECOND_FACTOR_REQUIRED", "PASSWORD_CHANGE_REQUIRED"])
def test_production_does_not_start_with_an_open_door(door: Any, name: str) -> None:
    door.IS_PRODUCTION = True
    refuse_to_start()

    setattr(door, name, False)

    with pytest.raises(SystemCheckError, match=name):
        refuse_to_start()


def test_the_demo_starts_and_is_warned(door: Any) -> None:
    door.SECOND_FACTOR_REQUIRED = door.PASSWORD_CHANGE_REQUIRED = False

    refuse_to_start()

    assert [message.id for message in check_door()] == ["gongkai.W030", "gongkai.W031"]


def test_what_goes_beyond_the_rules_is_a_warning(door: Any) -> None:
    door.SESSION_IDLE_MINUTES, door.AXES_FAILURE_LIMIT, door.PASSWORD_MAX_AGE_DAYS = 0, 10, 0

    assert [message.id for message in check_door()] == ["gongkai.W033", "gongkai.W034", "gongkai.W035"]
