"""The addresses of people and their appointments, below /admin/people/."""

from __future__ import annotations

from django.urls import path

from .directory.views import ActiveView, DirectoryView, MoveView, PersonView
from .handover.views import HandedOverView, HandoverView
from .issuing.views import DeliveriesView, IssueView, ReissueView
from .leave.views import EndLeaveView, LeaveOfView, LeaveView
from .registration.import_views import ImportFormsConfirmView, ImportFormsView
from .registration.views import ActView, ExportView, FormsView, FormView
from .report.views import ReportFileView, ReportView
from .rights.views import RightsView
from .views import ChangeView, PeopleView

app_name = "people"
urlpatterns = [
    path("", DirectoryView.as_view(), name="directory"),
    path("person/<int:pk>/", PersonView.as_view(), name="person"),
    path("person/<int:pk>/active/", ActiveView.as_view(), name="active"),
    path("move/<int:appointment>/", MoveView.as_view(), name="move"),
    path("forms/", FormsView.as_view(), name="forms"),
    path("forms/export/", ExportView.as_view(), name="forms_export"),
    path("forms/import/", ImportFormsView.as_view(), name="forms_import"),
    path("forms/import/confirm/", ImportFormsConfirmView.as_view(), name="forms_import_confirm"),
    path("forms/<int:pk>/", FormView.as_view(), name="form"),
    path("forms/<int:pk>/act/", ActView.as_view(), name="form_act"),
    path("forms/<int:pk>/<int:version>/", FormView.as_view(http_method_names=["get"]), name="form_version"),
    path("issue/", IssueView.as_view(), name="issue"),
    path("issue/delivery/", DeliveriesView.as_view(), name="deliveries"),
    path("person/<int:pk>/reissue/", ReissueView.as_view(), name="reissue"),
    path("report/", ReportView.as_view(), name="report"),
    path("report/<slug:kind>.xlsx", ReportFileView.as_view(), name="report_file"),
    path("rights/", RightsView.as_view(), name="rights"),
    path("leave/", LeaveView.as_view(), name="leave"),
    path("leave/<int:pk>/end/", EndLeaveView.as_view(), name="end_leave"),
    path("person/<int:pk>/leave/", LeaveOfView.as_view(), name="leave_of"),
    path("person/<int:pk>/handover/", HandoverView.as_view(), name="handover"),
    path("handover/<int:pk>/", HandedOverView.as_view(), name="handed_over"),
    path("<int:pk>/", PeopleView.as_view(), name="people"),
    path("<int:pk>/<int:appointment>/", ChangeView.as_view(), name="change"),
]
