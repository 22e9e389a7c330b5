"""What people do at the door, over HTTP."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

HOME = "/admin/"


def knock(client: Client, username: str, password: str, **extra: Any) -> Any:
    """Send the form of the sign-in page."""
    return client.post(reverse("wagtailadmin_login"), {"username": username, "password": password}, **extra)


def fail(client: Client, username: str, times: int, **extra: Any) -> Any:
    """Fail so many times; return the last answer."""
    for _each in range(times):
        answer = knock(client, username, "wrong", **extra)
    return answer


def is_inside(client: Client) -> bool:
    """Does the start page of the admin open?"""
    return bool(client.get(HOME).status_code == 200)
