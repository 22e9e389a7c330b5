"""The embedded profile: development and `make demo`, one machine, SQLite, no collectstatic."""

from .base import *  # noqa: F403

# Overridden by ALLOWED_HOSTS; a laptop on the office network may be asked by its own name.
DEBUG = False
