"""Where a session stands: is its person wholly signed in, and if not, what comes next?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from accounts.backends import ADMIN_ACCESS
from accounts.passwords import is_change_due
from accounts.second_factor import is_obligatory

if TYPE_CHECKING:
    from accounts.models import User

SINCE, ACTIVE, FACTOR = "signed_in_at", "active_at", "second_factor"
# A session is written at most so often to remember that it is in use.
STAMP_SECONDS = 60


class Due(Enum):
    """What stands between a password and the admin, in this order."""

    SIGN_IN_AGAIN = "sign_in_again"
    DISMISSED = "dismissed"
    VERIFY = "verify"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 (no password)
    SET_UP = "set_up"


def what_is_due(user: User, session: Any) -> Due | None:
    """Return what the signed-in person has to do first; None for whoever is wholly signed in."""
    factor, verified = user.second_factor_since, session.get(FACTOR)
    if is_over(session) or (verified and verified != _mark(user)):
        return Due.SIGN_IN_AGAIN
    if factor is not None and not verified:
        return Due.VERIFY
    if is_change_due(user):
        return Due.CHANGE_PASSWORD
    return Due.SET_UP if factor is None and is_obligatory(user) else None


def is_dismissed(user: User) -> bool:
    """Has the person nothing to do here: every appointment over or suspended?"""
    return not user.has_perm(ADMIN_ACCESS)


def begin(session: Any) -> None:
    """Note the hour of signing in."""
    session[SINCE] = session[ACTIVE] = _now()


def stamp(session: Any) -> None:
    """Note that the session is in use."""
    if settings.SESSION_IDLE_MINUTES and _now() - session.get(ACTIVE, 0) >= STAMP_SECONDS:
        session[ACTIVE] = _now()


def mark_verified(session: Any, user: User) -> None:
    """Note that this session has shown the second factor that counts now; another one ends it."""
    session[FACTOR] = _mark(user)


def seconds_left(session: Any) -> int | None:
    """Return after how many seconds the session ends if nothing is done; None if it does not."""
    now = _now()
    limits = ((ACTIVE, settings.SESSION_IDLE_MINUTES * 60), (SINCE, settings.SESSION_HOURS * 3600))
    left = [session.get(key, now) + seconds - now for key, seconds in limits if seconds]
    return min(left) if left else None


def is_over(session: Any) -> bool:
    """Was nothing done for too long, or is the day over?"""
    left = seconds_left(session)
    return left is not None and left <= 0


def _mark(user: User) -> str:
    return user.second_factor_since.isoformat() if user.second_factor_since else ""


def _now() -> int:
    return int(timezone.now().timestamp())
