"""The addresses of the door, below /admin/. They stand before Wagtail's, which are for those who are in."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access

from .assist_views import AssistView
from .device_views import DeviceView
from .views import ChangePasswordView, SessionView, SetUpView, VerifyView

app_name = "sign_in"
urlpatterns = [
    path("second-factor/", VerifyView.as_view(), name="verify"),
    path("second-factor/set-up/", SetUpView.as_view(), name="set_up"),
    path("second-factor/device/", require_admin_access(DeviceView.as_view()), name="device"),
    path("sign-in/help/<int:pk>/", require_admin_access(AssistView.as_view()), name="assist"),
    path("sign-in/password/", ChangePasswordView.as_view(), name="change_password"),
    path("sign-in/session/", SessionView.as_view(), name="session"),
]
