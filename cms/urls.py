"""The addresses of the site. Pages come last: Wagtail answers whatever nothing else does."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pages.views import resolve_index_number

from . import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # Renditions only: originals and documents are not served as files. nginx does this in production.
    re_path(r"^media/(?P<path>images/.+)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    *i18n_patterns(
        path("i/<path:index_number>", resolve_index_number, name="index_number"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
