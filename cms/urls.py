"""The addresses of the site. Pages come last: Wagtail answers whatever nothing else does."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from accounts.page_chooser import ChosenOfferedView
from media.views import refuse_privacy
from pages.views import resolve_index_number
from workflows.stock import closed_patterns, to_our_screen

from . import health
from .api.problems import explained as api_problems
from .connectors import handover, notified, paying
from .connectors import views as connectors
from .corrections.views import report_error
from .delivery import sitemaps
from .delivery.exports.views import index as exports
from .delivery.feeds import LatestFeed
from .delivery.robots import robots
from .delivery.site_map import site_map
from .desk.links import OutsideLinkView
from .joint import views as joint
from .mine.feed import ChoiceFeed
from .mine.views import mine
from .proof_of_work.views import task as proof_task
from .search.description import description as search_description
from .search.suggesting import suggest
from .search.views import search
from .sign_in.reset import ResetConfirmView, ResetView
from .subscriptions import views as subscriptions

# What fails outside of every view; the API says so in its own form.
handler400 = "cms.api.errors.bad_request"
handler500 = "cms.api.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    # Before Wagtail's own, which asks nothing; `reverse` finds the same address.
    path("admin/choose-page/chosen-multiple/", require_admin_access(ChosenOfferedView.as_view())),
    path("admin/choose-external-link/", require_admin_access(OutsideLinkView.as_view())),
    path("admin/collections/<int:collection_id>/privacy/", require_admin_access(refuse_privacy)),
    # For those who are on their way in; Wagtail's are for those who are.
    *(path(f"admin/{pattern}", require_admin_access(to_our_screen)) for pattern in closed_patterns()),
    path("admin/", include("cms.sign_in.urls")),
    path("admin/password_reset/", ResetView.as_view()),
    path("admin/password_reset/confirm/<uidb64>/<token>/", ResetConfirmView.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/changes/", include("cms.delivery.changes.urls")),
    path("api/v2/alerts/", include("cms.alerts.urls")),
    path("api/", include("cms.api.urls")),
    # Renditions only: originals and documents are not served as files. nginx does this in production.
    # The root is their folder: no ".." in an address leads out of it.
    re_path(
        r"^media/images/(?P<path>.+)$", serve, {"document_root": Path(settings.MEDIA_ROOT) / "images"}, name="media"
    ),
    path("draft/", include("workflows.outside.urls")),
    path("exports/", include("cms.delivery.exports.urls")),
    path("proof/", proof_task, name="proof_task"),
    path("connect/<slug:key>/notify/", notified.notify, name="provider_notify"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.section, name=sitemaps.SECTION),
    *i18n_patterns(
        path("i/<path:index_number>", resolve_index_number, name="index_number"),
        path("search/", search, name="search"),
        path("search/outside/", joint.joint, name="joint"),
        path("search/outside/<slug:code>/", joint.source, name="joint_source"),
        path("search/outside/<slug:code>/part/", joint.part, name="joint_part"),
        path("search/opensearch.xml", search_description, name="opensearch"),
        path("mine/", mine, name="mine"),
        path("mine/feed/", ChoiceFeed(), name="mine_feed"),
        path("mine/subscribe/", subscriptions.subscribe, name="mine_subscribe"),
        path("mine/confirm/<str:token>/", subscriptions.confirm, name="mine_confirm"),
        path("mine/out/<str:token>/", subscriptions.out, name="mine_out"),
        path("search/suggest/", suggest, name="search_suggest"),
        path("exports/", exports, name="exports"),
        # Under /en/ alone: without a prefix the API's own comes first.
        path("api/docs/problems/", api_problems, name="api_problems"),
        path("report-error/", report_error, name="report_error"),
        path("do/<slug:code>/", connectors.do, name="service_do"),
        path("do/<slug:code>/<slug:token>/", handover.standing, name="service_standing"),
        path("pay/", paying.pay, name="pay"),
        path("pay/<slug:token>/", paying.order, name="pay_order"),
        path("pay/<slug:token>/receipt/", paying.receipt, name="pay_receipt"),
        path("pay/<slug:token>/<slug:number>/", paying.back, name="pay_back"),
        path("site-map/", site_map, name="site_map"),
        path("map/", include("cms.service_map.urls")),
        # Wagtail's own pattern knows no dot; feeds and tables of a page stand beside it.
        re_path(r"^((?:[\w\-]+/)*)feed\.atom$", LatestFeed(), name="feed"),
        re_path(r"^((?:[\w\-]+/)*(?:catalogue|roster)\.(?:csv|xlsx))$", serve_page, name="page_file"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
