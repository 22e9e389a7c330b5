"""The test suite: fast hashes, tasks at once, mail in memory. The database comes from DATABASE_URL."""

from tempfile import mkdtemp

from .base import *  # noqa: F403

# What tests upload is nobody's.
MEDIA_ROOT = mkdtemp(prefix="gk-media-")
EXPORT_ROOT = mkdtemp(prefix="gk-exports-")
DEMAND_ROOT = mkdtemp(prefix="gk-demand-")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = "http://localhost"
# Tests sign in without the door (`force_login`); those whose subject it is close it (tests/sign_in).
AXES_ENABLED = PASSWORD_CHANGE_REQUIRED = SECOND_FACTOR_REQUIRED = False
# Tests ask from one address, and often.
FRONTEND_PREVIEW_URL = "https://front.example.org/preview?token={token}"
SUBSCRIPTIONS_PER_CLIENT = 0
SUBSCRIPTIONS_UNPROVEN = 0
CONNECTOR_ASKS_PER_CLIENT = 0
API_RATE_LIMIT = API_TOKEN_RATE_LIMIT = API_TOKEN_WRITE_LIMIT = 0
SESSION_IDLE_MINUTES = SESSION_HOURS = 0
# Every test client starts the middleware; it need not list a thousand static files each time.
WHITENOISE_AUTOREFRESH = True
# Most tests look at what is rendered; those of the delivery switch this on.
STORED_READS = False
# No test asks the network; those of the links ask their own server.
LINK_CHECK = False
LINK_CHECK_PAUSE = 0
# Announcements of every task would bury a failure.
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"handlers": [], "level": "WARNING"}}
