"""The second factor: a telephone that counts along (TOTP), and ten codes on paper for the day it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice

from .authority import grants
from .models import RecoveryCode, User
from .passwords import LEGIBLE
from .tiers import Tier, tier_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

OBLIGED_TIERS = frozenset({Tier.SENIOR, Tier.SUPER})
CODES = 10
CODE_LENGTH, GROUP = 12, 4


def is_obligatory(user: User | AnonymousUser) -> bool:
    """Must this person have a second factor: senior and super administrators of every duty, and the operator?"""
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    return user.is_superuser or any(tier_of(grant.page) in OBLIGED_TIERS for grant in grants(user))


def device_to_confirm(user: User) -> TOTPDevice:
    """Return the device that is being set up; it counts for nothing until a token has confirmed it."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name=user.get_username()[:64])


def device_of(user: User) -> TOTPDevice | None:
    """Return the device that counts."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return device


@transaction.atomic
def confirm(user: User, token: str) -> TOTPDevice | None:
    """Let the device that is being set up count from now on if the token is right; it takes the place of any other."""
    device: TOTPDevice | None = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(token):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    _note(user, is_set_up=True)
    return device


@transaction.atomic
def verify(user: User, token: str) -> TOTPDevice | None:
    """Return the person's device if the token is its present one; none works twice, and failures slow it down."""
    device: TOTPDevice | None = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    return device if device is not None and device.verify_token(token) else None


def must_wait(user: User) -> bool:
    """Is the device closed for some seconds because of wrong tokens?"""
    device = device_of(user)
    return device is not None and not device.verify_is_allowed()[0]


@transaction.atomic
def use_recovery_code(user: User, code: str) -> TOTPDevice | None:
    """Return the person's device in exchange for a code, which is gone then."""
    device = device_of(user)
    used, _rows = RecoveryCode.objects.filter(user=user, digest=_digest(user, code)).delete()
    return device if device is not None and used else None


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Make new codes in the place of the old, and return them: nobody can read them afterwards."""
    codes = [get_random_string(CODE_LENGTH, LEGIBLE) for _each in range(CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return ["-".join(code[at : at + GROUP] for at in range(0, CODE_LENGTH, GROUP)) for code in codes]


def codes_left(user: User) -> int:
    """Return how many codes are left."""
    return RecoveryCode.objects.filter(user=user).count()


@transaction.atomic
def remove(user: User) -> bool:
    """Take the second factor away; False if there was none."""
    had = user.second_factor_since is not None
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    _note(user, is_set_up=False)
    return had


def _note(user: User, *, is_set_up: bool) -> None:
    user.second_factor_since = timezone.now() if is_set_up else None
    user.save(update_fields=["second_factor_since"])


def _digest(user: User, code: str) -> str:
    plain = "".join(character for character in code.lower() if character.isalnum())
    # 59 bits of chance need no slow hash; the site's key keeps a stolen table useless.
    return salted_hmac("accounts.recovery_code", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()
