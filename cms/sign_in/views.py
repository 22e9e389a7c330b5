"""The pages between a password and the admin, and the pulse of a session."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.passwords import is_expired
from accounts.second_factor import codes_left, device_to_confirm, is_obligatory, renew_recovery_codes
from ledger.events import record

from .door import DoorView, stay_signed_in, way_back
from .forms import NewPasswordForm, SetUpAgainForm, SetUpForm, VerifyForm
from .lockout import complete, home_of
from .standing import mark_verified, seconds_left, stamp


class VerifyView(DoorView):
    """Ask for the second factor."""

    template_name = "sign_in/verify.html"
    form_class = VerifyForm
    step = "second_factor"
    only_entering = True

    def form_valid(self, form: VerifyForm) -> HttpResponse:
        """Let the person in."""
        self.request.session.cycle_key()
        mark_verified(self.request.session, self.person)
        complete(self.person, form.by)
        if form.by == "recovery_code":
            left = codes_left(self.person)
            record("sign_in.recovery_code_used", self.person, actor=self.person, left=left)
            words = _("已用去一个恢复码，还剩 %(left)d 个。手机丢失的，请尽快在“两步验证”里换用新设备。")
            messages.warning(self.request, words % {"left": left})
        return self.leave()


class SetUpView(DoorView):
    """Set up a device, in the place of any other; the codes are shown once."""

    template_name = "sign_in/set_up.html"
    step = "set_up"

    def get_form_class(self) -> type[SetUpForm]:
        """Ask for the password again from inside."""
        return SetUpForm if self.is_entering else SetUpAgainForm

    def form_valid(self, form: SetUpForm) -> HttpResponse:
        """Let the device count, and show the codes; this session has shown the new factor."""
        codes = renew_recovery_codes(self.person)
        self.request.session.cycle_key()
        mark_verified(self.request.session, self.person)
        record("sign_in.second_factor_added", self.person, organisation=home_of(self.person), actor=self.person)
        return show_codes(self, codes)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret, to scan and to type."""
        device = device_to_confirm(self.person)
        secret = b32encode(device.bin_key).decode()
        return {
            **super().get_context_data(**kwargs),
            "qr": qr(device.config_url),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "is_obligatory": is_obligatory(self.person),
            "replaces": self.person.second_factor_since is not None,
        }


def qr(address: str) -> SafeString:
    """Draw an address as a picture in the page."""
    drawn = segno.make(address, error="l").svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    # Drawn by us: black and white squares.
    return mark_safe(drawn)  # noqa: S308


def show_codes(view: DoorView, codes: list[str]) -> HttpResponse:
    """Show the recovery codes, in this answer and nowhere else."""
    context = {"codes": codes, "next": way_back(view.request), "person": view.person}
    response = view.response_class(view.request, "sign_in/codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


class ChangePasswordView(DoorView):
    """Change a password that was issued, or that is too old."""

    template_name = "sign_in/change_password.html"
    form_class = NewPasswordForm
    step = "change_password"
    only_entering = True

    def elsewhere(self) -> HttpResponse:
        """From inside it is changed on the account page."""
        return redirect("wagtailadmin_account")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Change it; the other sessions of the person end."""
        form.save()
        stay_signed_in(self.request, self.person)
        record("sign_in.password_changed", self.person, organisation=home_of(self.person), actor=self.person)
        messages.success(self.request, _("密码已更改。"))
        return self.leave()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say why."""
        return {**super().get_context_data(**kwargs), "is_expired": is_expired(self.person)}


@method_decorator(never_cache, name="dispatch")
class SessionView(View):
    """How long does the session last? Asking does not prolong it; a POST says that the person is still there."""

    def get(self, request: Any) -> HttpResponse:
        """Answer with the seconds left, and a fresh token for the forms on the page."""
        if not request.user.is_authenticated:
            return JsonResponse({"signed_in": False}, status=403)
        return JsonResponse({"signed_in": True, "left": seconds_left(request.session), "csrf": get_token(request)})

    def post(self, request: Any) -> HttpResponse:
        """Prolong it."""
        if request.user.is_authenticated:
            stamp(request.session)
        return self.get(request)
