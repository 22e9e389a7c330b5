"""Telephones for the tests: they count along with the clock."""

from __future__ import annotations

import time
from typing import Any

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor import confirm, device_to_confirm, renew_recovery_codes

STEP = 30


def token_of(user: Any, *, ahead: int = 0, confirmed: bool = True) -> str:
    """Return what the person's telephone shows now, or some steps later."""
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + ahead * device.step
    return f"{totp.token():06d}"


def equip(user: Any) -> list[str]:
    """Set up a telephone, long ago; return the recovery codes."""
    device_to_confirm(user)
    assert confirm(user, token_of(user, confirmed=False))
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    return renew_recovery_codes(user)
