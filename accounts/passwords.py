"""Passwords: issued by one person, changed by the other, and no longer good after a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

if TYPE_CHECKING:
    from .models import User

# Letters and figures that nobody mistakes for another when typing them from paper.
LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"
ISSUED_LENGTH = 12


@transaction.atomic
def issue(user: User) -> str:
    """Give the person a new password and return it: to be handed over once and changed at the next sign-in."""
    password = get_random_string(ISSUED_LENGTH, LEGIBLE)
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return password


def is_expired(user: User) -> bool:
    """Is the password older than the rules allow (GB/T 22239: changed at regular intervals)?"""
    days = settings.PASSWORD_MAX_AGE_DAYS
    return bool(days) and user.password_changed_at + timedelta(days=days) <= timezone.now()


def is_change_due(user: User) -> bool:
    """Must the password be changed before anything else: issued by somebody, or too old?"""
    return settings.PASSWORD_CHANGE_REQUIRED and (user.must_change_password or is_expired(user))


def is_too_fresh(user: User) -> bool:
    """Did the person change it a moment ago? Whoever may do so again and again gets back to the old one."""
    if user.must_change_password or is_expired(user) or not user.used_passwords.exists():
        return False
    return user.password_changed_at + timedelta(days=settings.PASSWORD_MIN_AGE_DAYS) > timezone.now()
