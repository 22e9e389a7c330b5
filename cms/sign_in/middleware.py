"""Stand at the door: whoever is not wholly signed in is nobody everywhere, and is led to what comes next.

A password alone, a password that has to be changed, an idle session: for every view `request.user` is anonymous then
(public pages, documents, previews, the API, the admin). The views of the door find the person in `request.entering`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ledger.events import record

from .lockout import home_of
from .standing import Due, is_dismissed, stamp, what_is_due

if TYPE_CHECKING:
    from collections.abc import Callable

ADMIN = "/admin/"
# What the browser asks by itself does not keep a session alive.
BY_ITSELF = ("/admin/editing-sessions/", "/admin/sign-in/session/", "/admin/jsi18n/", "/admin/sprite/")
# What anybody may open: the words and signs of the interface, the door itself.
OPEN = ("/admin/login/", "/admin/password_reset/", "/admin/jsi18n/", "/admin/sprite/")
LOGOUT = "/admin/logout/"
PAGE_OF = {
    Due.VERIFY: "sign_in:verify",
    Due.CHANGE_PASSWORD: "sign_in:change_password",
    Due.SET_UP: "sign_in:set_up",
}


class SignInMiddleware:
    """Decide once for each request who it is from. Stands after authentication and messages."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer as somebody, as nobody, or lead to what is due."""
        user, request.entering = request.user, None
        if not request.path_info.startswith(ADMIN):
            # Nobody asks for the session of a page that does not: it can be stored for all.
            request.user = SimpleLazyObject(lambda: user if _is_wholly_in(user, request.session) else AnonymousUser())
            return self.get_response(request)
        if not user.is_authenticated:
            return self.get_response(request)
        due = what_is_due(user, request.session) or (Due.DISMISSED if is_dismissed(user) else None)
        if due is None:
            return self._inside(request)
        return self._outside(request, user, due)

    def _inside(self, request: Any) -> HttpResponse:
        if not request.path_info.startswith(BY_ITSELF):
            stamp(request.session)
        return self.get_response(request)

    def _outside(self, request: Any, user: Any, due: Due) -> HttpResponse:
        if request.path_info == LOGOUT:
            return self.get_response(request)
        request.user = AnonymousUser()
        if due in {Due.SIGN_IN_AGAIN, Due.DISMISSED}:
            _end(request, user, due)
        else:
            request.entering = user
        if request.path_info.startswith(OPEN) or request.path_info == _page_of(due):
            return self.get_response(request)
        return lead_to(request, _page_of(due))


def _is_wholly_in(user: Any, session: Any) -> bool:
    return bool(user.is_authenticated and what_is_due(user, session) is None)


def _end(request: Any, user: Any, due: Due) -> None:
    request.session.flush()
    if due is Due.SIGN_IN_AGAIN:
        record("sign_in.timed_out", user, organisation=home_of(user), actor=user)
        messages.warning(request, _("长时间没有操作或登录已满期限，已自动退出。请重新登录，登录后回到原来的页面。"))
    else:
        messages.warning(request, _("您的任职已暂停或结束，不能进入后台。请联系上级管理员。"))


def _page_of(due: Due) -> str:
    return reverse(PAGE_OF.get(due, "wagtailadmin_login"))


def lead_to(request: Any, page: str) -> HttpResponse:
    """Send the browser to a page of the door, and from there back; a script is refused."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    return redirect(f"{page}?{urlencode({'next': _here(request)})}")


def _here(request: Any) -> str:
    """Return the page the person is on: of a form that was sent, the page it stands on."""
    if request.method == "GET":
        return str(request.get_full_path())
    came = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came, {request.get_host()}):
        parts = urlsplit(came)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return ADMIN
