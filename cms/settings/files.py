"""Static files and uploads."""

from __future__ import annotations

from .env import BASE_DIR, MEDIA_ROOT, STATIC_ROOT

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The embedded profile serves static files without collectstatic.
WHITENOISE_USE_FINDERS = True
__all__ = [
    "MEDIA_ROOT",
    "MEDIA_URL",
    "STATICFILES_DIRS",
    "STATIC_ROOT",
    "STATIC_URL",
    "STORAGES",
    "WHITENOISE_USE_FINDERS",
]
