"""The addresses of the approval screens, below /admin/approval/."""

from __future__ import annotations

from django.urls import path

from .bulk_views import BulkResultView, BulkView
from .bundle_views import BundleView
from .outside.views import OutsideLinksView, RevokeView
from .queue_views import QueueView
from .saved import ForgetSavedQueueView, SavedQueuesView
from .sheet.views import PdfView, SheetView
from .views import ItemView, RecallView

app_name = "approval"
urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("bulk/", BulkView.as_view(), name="bulk"),
    path("bulk/<int:run_id>/", BulkResultView.as_view(), name="bulk_result"),
    path("bundles/<int:pk>/", BundleView.as_view(), name="bundle"),
    path("saved/", SavedQueuesView.as_view(), name="saved"),
    path("saved/<int:pk>/forget/", ForgetSavedQueueView.as_view(), name="forget_saved"),
    path("<int:state_id>/", ItemView.as_view(), name="item"),
    path("recall/<int:workflow_state_id>/", RecallView.as_view(), name="recall"),
    path("outside/<int:revision_id>/", OutsideLinksView.as_view(), name="outside"),
    path("outside/<int:revision_id>/<int:link_id>/revoke/", RevokeView.as_view(), name="outside_revoke"),
    path("sheet/<int:workflow_state_id>/", SheetView.as_view(), name="sheet"),
    path("sheet/<int:workflow_state_id>/pdf/", PdfView.as_view(), name="sheet_pdf"),
]
