"""The one place that reads the environment. Every variable stands in docs/settings.md (a test compares)."""

from __future__ import annotations

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()

VAR_DIR = Path(env.str("GONGKAI_VAR_DIR", default=str(BASE_DIR / "var")))
SECRET_KEY = env.str("SECRET_KEY", default="insecure-embedded-key-change-me")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DATABASE = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'gongkai.sqlite3'}")
CACHE = env.cache_url("CACHE_URL", default="locmemcache://")
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
EMAIL = env.email_url("EMAIL_URL", default="consolemail://")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="gongkai@localhost")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
TASKS_BACKEND = env.str("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
SITE_IS_SAMPLE = env.bool("SITE_IS_SAMPLE", default=False)
EXTRA_APPS = env.list("GONGKAI_EXTRA_APPS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
LINK_CHECK = env.bool("LINK_CHECK", default=True)
GUARDED_HTTP_ALLOWED = env.list("GUARDED_HTTP_ALLOWED", default=[])
WEBHOOK_LOG_DAYS = env.int("WEBHOOK_LOG_DAYS", default=30)
COMPRESS_RESPONSES = env.bool("COMPRESS_RESPONSES", default=True)
API_RATE_LIMIT = env.int("API_RATE_LIMIT", default=600)
API_RATE_SECONDS = env.int("API_RATE_SECONDS", default=60)
API_TOKEN_RATE_LIMIT = env.int("API_TOKEN_RATE_LIMIT", default=3_000)
API_TOKEN_WRITE_LIMIT = env.int("API_TOKEN_WRITE_LIMIT", default=120)
API_CORS_ORIGINS = env.list("API_CORS_ORIGINS", default=["*"])
EXPORT_ROOT = env.str("EXPORT_ROOT", default=str(VAR_DIR / "exports"))
EXPORT_MAX_ROWS = env.int("EXPORT_MAX_ROWS", default=10_000)
EXPORT_LICENCE = env.str("EXPORT_LICENCE", default="")
EXPORT_LICENCE_URL = env.str("EXPORT_LICENCE_URL", default="")
EXPORT_ATTRIBUTION = env.str("EXPORT_ATTRIBUTION", default="")
STORED_READS = env.bool("STORED_READS", default=True)
EDGE_ROOT = env.str("EDGE_ROOT", default="")
TOMBSTONE_DAYS = max(400, env.int("TOMBSTONE_DAYS", default=800))
SEPARATE_DUTIES = env.bool("GONGKAI_SEPARATE_DUTIES", default=False)
TRUSTED_PROXIES = env.int("GONGKAI_TRUSTED_PROXIES", default=0)
SIGN_IN_FAILURES = env.int("SIGN_IN_FAILURES", default=5)
SIGN_IN_FAILURES_PER_ADDRESS = env.int("SIGN_IN_FAILURES_PER_ADDRESS", default=30)
SIGN_IN_LOCK_MINUTES = env.int("SIGN_IN_LOCK_MINUTES", default=30)
PASSWORD_MIN_LENGTH = env.int("PASSWORD_MIN_LENGTH", default=8)
PASSWORD_CLASSES = env.int("PASSWORD_CLASSES", default=3)
PASSWORD_HISTORY = env.int("PASSWORD_HISTORY", default=5)
PASSWORD_MIN_AGE_DAYS = env.int("PASSWORD_MIN_AGE_DAYS", default=1)
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=90)
PASSWORD_CHANGE_REQUIRED = env.bool("PASSWORD_CHANGE_REQUIRED", default=True)
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
# The embedded profile lets everybody in with the one password of the demo, unless told otherwise.
EMBEDDED_PASSWORD_CHANGE_REQUIRED = env.bool("PASSWORD_CHANGE_REQUIRED", default=False)
EMBEDDED_SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=20)
ACCOUNT_IDLE_DAYS = env.int("ACCOUNT_IDLE_DAYS", default=90)
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
