"""Password by mail: the same answer, as fast, for every address; the second factor is asked for afterwards."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views import account

from ledger.events import record
from ledger.origin import client_address

from .lockout import home_of, locked_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User


class MailForm(PasswordResetForm):
    """To whom the link goes."""

    def get_users(self, email: str) -> Iterator[User]:
        """Leave out whose issued password was never used: the sheet opens the account first, not a mailbox."""
        for user in super().get_users(email):
            if user.last_login is not None or not user.must_change_password:
                yield user


@task()
def send_reset_mail(email: str) -> None:
    """Send the link to whoever has this address, if anybody; in the background, so that the answer betrays nothing."""
    form = MailForm({"email": email})
    if not form.is_valid():
        return
    site = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    form.save(
        domain_override=site.netloc,
        use_https=site.scheme == "https",
        subject_template_name=account.PasswordResetView.subject_template_name,
        email_template_name=account.PasswordResetView.email_template_name,
    )


class ResetForm(PasswordResetForm):
    """Wagtail's form; the mail leaves later."""

    def save(self, **kwargs: Any) -> None:
        """Leave it to the worker, whether or not there is such an account."""
        send_reset_mail.enqueue(self.cleaned_data["email"])


def is_too_often(request: Any, email: str) -> bool:
    """Were links asked for again and again, from this address or for this mail address?"""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    counts = []
    for who in (client_address(request) or "", email.strip().lower()):
        key = f"password-reset:{sha256(who.encode()).hexdigest()}"
        cache.add(key, 0, seconds)
        counts.append(_count(key, seconds))
    return max(counts) > settings.AXES_FAILURE_LIMIT


def _count(key: str, seconds: int) -> int:
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between two lines.
        cache.set(key, 1, seconds)
        return 1


class ResetView(account.PasswordResetView):
    """Ask for a link."""

    def get_form_class(self) -> type[ResetForm]:
        """Send later."""
        return ResetForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not too often."""
        if is_too_often(request, request.POST.get("email", "")):
            return locked_out(request)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class ResetConfirmView(account.PasswordResetConfirmView):
    """Set the new password. Nobody is signed in by it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Write it down."""
        response: HttpResponse = super().form_valid(form)
        record("sign_in.password_reset", self.user, organisation=home_of(self.user), actor=self.user)
        return response
