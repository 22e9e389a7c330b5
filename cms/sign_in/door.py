"""What the views of the door share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from .lockout import count_failure, is_locked_out
from .middleware import lead_to

if TYPE_CHECKING:
    from accounts.models import User

BACK = "next"


def way_back(request: Any) -> str:
    """Return where the person wanted to go; never another site."""
    wanted = request.POST.get(BACK) or request.GET.get(BACK) or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("wagtailadmin_home")


def stay_signed_in(request: Any, person: User) -> None:
    """Let this session go on under the new password; all others of the person end."""
    request.user = person
    update_session_auth_hash(request, person)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class DoorView(FormView):
    """A form for the person who is entering, or who is in; a failure counts, and too many close the door."""

    request: Any
    person: User
    step = ""
    # For those who are on their way in, and not for those who are.
    only_entering = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Find the person; everybody else signs in first."""
        person = request.entering or request.user
        if not person.is_authenticated:
            return lead_to(request, reverse("wagtailadmin_login"))
        self.person = person
        if self.only_entering and request.entering is None:
            return self.elsewhere()
        if request.method == "POST" and is_locked_out(request, person):
            return HttpResponse()
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """All or nothing."""
        with transaction.atomic():
            return super().post(request, *args, **kwargs)

    def elsewhere(self) -> HttpResponse:
        """Send on whoever is in already."""
        return self.leave()

    @property
    def is_entering(self) -> bool:
        """Has the person only just given the password?"""
        return self.request.entering is not None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose it is."""
        return {**super().get_form_kwargs(), "person": self.person}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count what was wrong, not what was forgotten."""
        if getattr(form, "failed", False):
            count_failure(self.request, self.person, self.step)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whose door it is, and where it leads."""
        return {
            **super().get_context_data(**kwargs),
            "person": self.person,
            "is_entering": self.is_entering,
            BACK: way_back(self.request),
        }

    def leave(self) -> HttpResponse:
        """Go where the person wanted to go."""
        return redirect(way_back(self.request))
