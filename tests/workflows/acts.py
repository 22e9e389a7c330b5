"""What people do with a draft, for the tests of this room."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from pages.models import DisclosurePage
from snippets.models import ServiceItem
from tests.factories import make_page, make_service_item
from tests.town import Town
from workflows.models import TieredTaskState


def draft(town: Town, place: str = "water", entry: str = "water_price", **fields: Any) -> DisclosurePage:
    """Save a draft as the place's editor would."""
    author = town.editor(place)
    fields.setdefault("title", "示例水价")
    fields.setdefault("body", [("text", "<p>示例正文。</p>")])
    page: DisclosurePage = make_page(
        DisclosurePage, getattr(town, place), live=False, owner=author, entry=town.entries[entry], **fields
    )
    page.save_revision(user=author)
    return page


def draft_service(town: Town, place: str = "water", **fields: Any) -> ServiceItem:
    """Save the draft of a service item as the place's editor would."""
    item = make_service_item(getattr(town, place), town.industries["waterworks"], live=False, **fields)
    item.save_revision(user=town.editor(place))
    return item


def submit(subject: Any, author: Any) -> TieredTaskState:
    """Submit as the author does; return the state that waits."""
    subject.submit_for_approval(author)
    state: TieredTaskState = subject.current_workflow_task_state
    return state


def submitted(town: Town, place: str = "water", entry: str = "water_price", **fields: Any) -> TieredTaskState:
    """Save a draft and submit it."""
    return submit(draft(town, place, entry, **fields), town.editor(place))


def signed_in(user: Any) -> Client:
    """Return a browser in which the person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def decide(user: Any, state: TieredTaskState, action: str = "approve", comment: str = "") -> Any:
    """Press a button on the approval screen."""
    data = {"action": action, "comment": comment, "reason": "other" if action == "reject" else ""}
    return signed_in(user).post(reverse("approval:item", args=[state.pk]), data)


def words(response: Any) -> str:
    """Return the page of a response as text."""
    text: str = response.content.decode()
    return text


def told(response: Any) -> list[str]:
    """Return the messages a response leaves for the next page."""
    return [str(message) for message in response.wsgi_request._messages]
