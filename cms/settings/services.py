"""What the site leans on: cache, mail, background tasks, logs."""

from __future__ import annotations

from typing import Any

from .env import CACHE, EMAIL, LOG_LEVEL, TASKS_BACKEND
from .env import COMPRESS_RESPONSES as COMPRESS_RESPONSES
from .env import DEFAULT_FROM_EMAIL as DEFAULT_FROM_EMAIL
from .env import EDGE_ROOT as EDGE_ROOT
from .env import EMAIL_TIMEOUT as EMAIL_TIMEOUT
from .env import GUARDED_HTTP_ALLOWED as GUARDED_HTTP_ALLOWED
from .env import LINK_CHECK as LINK_CHECK
from .env import LINK_CHECK_HOURS as LINK_CHECK_HOURS
from .env import LINK_CHECK_MAX as LINK_CHECK_MAX
from .env import LINK_CHECK_PAUSE as LINK_CHECK_PAUSE
from .env import LINK_DOWN_FAILURES as LINK_DOWN_FAILURES
from .env import LINK_DOWN_MINUTES as LINK_DOWN_MINUTES
from .env import STORED_READS as STORED_READS
from .env import SUBSCRIPTION_ALERTS_PER_DAY as SUBSCRIPTION_ALERTS_PER_DAY
from .env import SUBSCRIPTION_DAYS as SUBSCRIPTION_DAYS
from .env import SUBSCRIPTION_MAILS_PER_ADDRESS as SUBSCRIPTION_MAILS_PER_ADDRESS
from .env import SUBSCRIPTIONS_PER_CLIENT as SUBSCRIPTIONS_PER_CLIENT
from .env import SUBSCRIPTIONS_UNPROVEN as SUBSCRIPTIONS_UNPROVEN
from .env import TOMBSTONE_DAYS as TOMBSTONE_DAYS
from .env import WEBHOOK_LOG_DAYS as WEBHOOK_LOG_DAYS

# Who waits for Redis is a reader: a second at most, and then the process goes on alone.
BY_BACKEND: dict[str, dict[str, Any]] = {
    "django.core.cache.backends.redis.RedisCache": {
        "BACKEND": "cms.shared_cache.SharedCache",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, **CACHE.get("OPTIONS", {})},
    },
}
CACHES = {"default": {**CACHE, **BY_BACKEND.get(CACHE["BACKEND"], {})}}
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
TASKS: dict[str, Any] = {"default": {"BACKEND": TASKS_BACKEND}}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"masked": {"()": "cms.private_addresses.Masked"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["masked"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # These announce every save, every task, every call to a search engine.
    "loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks", "elastic_transport", "opensearch")},
}
