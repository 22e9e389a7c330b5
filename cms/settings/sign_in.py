"""The door: lock-out, passwords, sessions, second factor. Defaults as GB/T 22239-2019 (level 3) is read in practice."""

from __future__ import annotations

from datetime import timedelta

from .env import PASSWORD_CHANGE_REQUIRED as PASSWORD_CHANGE_REQUIRED
from .env import (
    PASSWORD_CLASSES,
    PASSWORD_HISTORY,
    PASSWORD_MIN_LENGTH,
    SIGN_IN_FAILURES,
    SIGN_IN_LOCK_MINUTES,
)
from .env import PASSWORD_MAX_AGE_DAYS as PASSWORD_MAX_AGE_DAYS
from .env import PASSWORD_MIN_AGE_DAYS as PASSWORD_MIN_AGE_DAYS
from .env import SECOND_FACTOR_REQUIRED as SECOND_FACTOR_REQUIRED
from .env import SESSION_HOURS as SESSION_HOURS
from .env import SESSION_IDLE_MINUTES as SESSION_IDLE_MINUTES
from .env import SIGN_IN_FAILURES_PER_ADDRESS as SIGN_IN_FAILURES_PER_ADDRESS

AUTHENTICATION_BACKENDS = [
    # Refuses whoever is locked out, before any password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.AppointmentBackend",
]
LOGIN_URL = "wagtailadmin_login"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.sign_in.forms.DeskLoginForm"
WAGTAIL_PASSWORD_RESET_ENABLED = True
PASSWORD_RESET_TIMEOUT = 3600

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "accounts.password_rules.LengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_rules.ClassesValidator", "OPTIONS": {"classes": PASSWORD_CLASSES}},
    {"NAME": "accounts.password_rules.HistoryValidator", "OPTIONS": {"remembered": PASSWORD_HISTORY}},
]

AXES_ENABLED = True
AXES_HANDLER = "cms.sign_in.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "ledger.origin.client_address"
AXES_LOCKOUT_CALLABLE = "cms.sign_in.lockout.locked_out"
# In this order: the handler counts each with a limit of its own.
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = SIGN_IN_FAILURES
AXES_COOLOFF_TIME = timedelta(minutes=SIGN_IN_LOCK_MINUTES)
# Whoever goes on trying does not keep the owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Only a whole sign-in clears the count, both factors; see cms.sign_in.lockout.
AXES_RESET_ON_SUCCESS = False
# Who signed in stands in the events.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "token", "recovery_code", "csrfmiddlewaretoken", "old_password"]

# The session's own clock: cms.sign_in.standing.
SESSION_COOKIE_AGE = (SESSION_HOURS or 12) * 3600
OTP_TOTP_ISSUER = "办事公开"
