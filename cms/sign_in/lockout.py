"""Who fails again and again is locked out for a time: by user name, and by address for whoever tries many names.

A wrong password and a wrong token count alike, known and unknown names alike; the answer is the same for all.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.authority import grants
from accounts.models import User
from ledger.events import record
from ledger.models import Result

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

TOO_MANY_REQUESTS = 429


class LockoutHandler(AxesDatabaseHandler):
    """The library's counting in the database, with a limit each for names and addresses, and the events."""

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """Return the failures of the name, or the limit when the address has reached its own.

        A whole office may share one address: it may fail more often before all of it has to wait.
        """
        by_name, by_address = (
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        if by_address >= settings.SIGN_IN_FAILURES_PER_ADDRESS:
            return max(int(by_name), int(settings.AXES_FAILURE_LIMIT))
        return int(by_name)

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
        """Count it, and write it down, unless the door was closed already."""
        was_locked = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None or was_locked:
            return
        user = User.objects.filter(username=credentials.get("username") or "").first()
        # What was typed for a name that nobody has may be a password. Nobody's place takes as long to find.
        place = home_of(user or User(pk=0))
        facts = {"organisation": place, "actor": user, "result": Result.REFUSED, "step": str(sender)[:100]}
        record("sign_in.failed", user, **facts)
        if request.axes_locked_out:
            record("sign_in.locked", user, **facts, minutes=settings.AXES_COOLOFF_TIME.total_seconds() // 60)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Write it down; the count goes back to nought when nothing further is asked."""
        super().user_logged_in(sender, request, user, **kwargs)
        if user.second_factor_since is None:
            complete(user, "password")
        else:
            record("sign_in.password_accepted", user, organisation=home_of(user), actor=user)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Write it down."""
        super().user_logged_out(sender, request, user, **kwargs)
        if user is not None:
            record("sign_in.signed_out", user, organisation=home_of(user), actor=user)


@transaction.atomic
def complete(user: User, by: str) -> None:
    """Note a whole sign-in; what failed before is forgotten. Not what failed from the same address for others."""
    if settings.AXES_ENABLED:
        AxesProxyHandler.reset_attempts(username=user.get_username())
        record("sign_in.signed_in", user, organisation=home_of(user), actor=user, by=by)


def home_of(user: User | None) -> Any:
    """Return an organisation where the person is appointed: whose matter a sign-in is."""
    return next((grant.page for grant in grants(user)), None) if user is not None else None


def count_failure(request: HttpRequest, user: User, step: str) -> None:
    """Count a wrong token, or a wrong password asked for again, like one at the door."""
    AxesProxyHandler.user_login_failed(step, {"username": user.get_username()}, request)


def is_locked_out(request: HttpRequest, user: User) -> bool:
    """Is the name or the address locked? Then the answer of this request becomes the locked page."""
    if not settings.AXES_ENABLED or AxesProxyHandler.is_allowed(request, {"username": user.get_username()}):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]
    return True


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Answer whoever is locked out: for known and unknown names in the same words. Half a sign-in ends here."""
    if request.session.get("_auth_user_id"):
        request.session.flush()
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response: HttpResponse
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        response = JsonResponse({"error": "locked", "minutes": minutes}, status=TOO_MANY_REQUESTS)
    else:
        response = render(request, "sign_in/locked.html", {"minutes": minutes}, status=TOO_MANY_REQUESTS)
    response["Retry-After"] = str(minutes * 60)
    return response


def locked_until(usernames: Iterable[str]) -> dict[str, datetime]:
    """Return those of the names that are locked, and until when. One query."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username__in=list(usernames), attempt_time__gte=since)
    counted = attempts.values("username").annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    locked = counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT).values_list("username", "last")
    return {name: last + timedelta(seconds=settings.AXES_COOLOFF_TIME.total_seconds()) for name, last in locked}


@transaction.atomic
def release(user: User, by: Any = None) -> bool:
    """Let the person try again at once; False if nothing was counted."""
    released = bool(AxesProxyHandler.reset_attempts(username=user.get_username()))
    if released:
        record("sign_in.released", user, organisation=home_of(user), actor=by)
    return released


@transaction.atomic
def release_address(address: str) -> bool:
    """Let an address try again at once; False if nothing was counted."""
    released = bool(AxesProxyHandler.reset_attempts(ip_address=address))
    if released:
        record("sign_in.address_released", released_address=address)
    return released
