"""The links of the mails, signed; and the hours at which mails leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.utils import timezone

from .models import Cadence

if TYPE_CHECKING:
    from .models import Subscription

CONFIRM_WITHIN = timedelta(hours=48)
CONFIRM, OUT = "subscriptions.confirm", "subscriptions.out"
HOUR, MONDAY = 8, 0


class ExpiredError(Exception):
    """The link was right, and its time is over."""


class BrokenError(Exception):
    """No link of ours."""


def confirm_token(subscription: Subscription) -> str:
    """Return the last part of the link to confirm; it holds for two days."""
    return signing.dumps(subscription.key, salt=CONFIRM)


def out_token(subscription: Subscription) -> str:
    """Return the last part of the link to end it; it holds as long as the subscription."""
    return signing.dumps(subscription.key, salt=OUT)


def read_confirm(token: str) -> str:
    """Return the key in a link to confirm."""
    return _read(token, CONFIRM, CONFIRM_WITHIN)


def read_out(token: str) -> str:
    """Return the key in a link to end one."""
    return _read(token, OUT, None)


def _read(token: str, salt: str, within: timedelta | None) -> str:
    try:
        return str(signing.loads(token, salt=salt, max_age=within))
    except signing.SignatureExpired as error:
        raise ExpiredError from error
    except (signing.BadSignature, ValueError) as error:
        raise BrokenError from error


def next_time(cadence: str, after: datetime) -> datetime:
    """Return the next eight o'clock in Beijing; of a weekly one, that of a Monday."""
    eight = timezone.localtime(after).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while eight <= after or (cadence == Cadence.WEEKLY and eight.weekday() != MONDAY):
        eight += timedelta(days=1)
    return eight
