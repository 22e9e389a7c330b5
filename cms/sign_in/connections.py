"""What the door does when Django says that somebody has signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in

from .standing import begin


def connect() -> None:
    """Begin the clock of every session, whichever way it began."""
    user_logged_in.connect(_on_signed_in, dispatch_uid="cms.sign_in.begin")


def _on_signed_in(request: Any, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        begin(request.session)
