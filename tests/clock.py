"""The hour at which tests happen."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

# A Monday morning within working hours, well away from any change of the year or the month.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def clock(time_machine: time_machine.TimeMachineFixture) -> time_machine.TimeMachineFixture:
    """Stop the clock at NOW; `clock.move_to(…)` and `clock.shift(…)` set it."""
    time_machine.move_to(NOW, tick=False)
    return time_machine
