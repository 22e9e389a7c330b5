"""The door is open in the other tests; here it is closed."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def lockout(settings: Any) -> Any:
    """Count failures."""
    settings.AXES_ENABLED = True
    return settings


@pytest.fixture
def door(lockout: Any) -> Any:
    """Close the door as production does."""
    lockout.PASSWORD_CHANGE_REQUIRED = lockout.SECOND_FACTOR_REQUIRED = True
    lockout.SESSION_IDLE_MINUTES, lockout.SESSION_HOURS = 20, 12
    return lockout
