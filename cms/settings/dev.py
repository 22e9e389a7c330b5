"""The embedded profile: development and `make demo`, one machine, SQLite, no collectstatic."""

from .base import *  # noqa: F403
from .env import EMBEDDED_PASSWORD_CHANGE_REQUIRED, EMBEDDED_SECOND_FACTOR_REQUIRED

# Overridden by ALLOWED_HOSTS; a laptop on the office network may be asked by its own name.
DEBUG = False
PASSWORD_CHANGE_REQUIRED = EMBEDDED_PASSWORD_CHANGE_REQUIRED
SECOND_FACTOR_REQUIRED = EMBEDDED_SECOND_FACTOR_REQUIRED
