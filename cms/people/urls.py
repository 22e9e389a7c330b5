"""The addresses of people and their appointments, below /admin/people/."""

from __future__ import annotations

from django.urls import path

from .directory.views import ActiveView, DirectoryView, MoveView, PersonView
from .handover.views import HandedOverView, HandoverView
from .leave.views import EndLeaveView, LeaveOfView, LeaveView
from .views import ChangeView, PeopleView

app_name = "people"
urlpatterns = [
    path("", DirectoryView.as_view(), name="directory"),
    path("person/<int:pk>/", PersonView.as_view(), name="person"),
    path("person/<int:pk>/active/", ActiveView.as_view(), name="active"),
    path("move/<int:appointment>/", MoveView.as_view(), name="move"),
    path("leave/", LeaveView.as_view(), name="leave"),
    path("leave/<int:pk>/end/", EndLeaveView.as_view(), name="end_leave"),
    path("person/<int:pk>/leave/", LeaveOfView.as_view(), name="leave_of"),
    path("person/<int:pk>/handover/", HandoverView.as_view(), name="handover"),
    path("handover/<int:pk>/", HandedOverView.as_view(), name="handed_over"),
    path("<int:pk>/", PeopleView.as_view(), name="people"),
    path("<int:pk>/<int:appointment>/", ChangeView.as_view(), name="change"),
]
