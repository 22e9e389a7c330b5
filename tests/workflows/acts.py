"""What people do with a draft, for the tests of this room."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

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


def form_of(page: DisclosurePage, client: Client) -> dict[str, Any]:
    """Return what the editor's form would post unchanged."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    posted = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    empty = {f"{kind}-{key}": 0 for kind in ("attachments", "comments") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {**posted, **empty, "body-count": 0, "entry": page.entry_id, "tags": "", "publicity": "active"}


def words(response: Any) -> str:
    """Return the page of a response as text."""
    text: str = response.content.decode()
    return text


def told(response: Any) -> list[str]:
    """Return the messages a response leaves for the next page."""
    return [str(message) for message in response.wsgi_request._messages]


def editor_of(subject: Any) -> str:
    """Return the address of the editor."""
    if isinstance(subject, ServiceItem):
        return reverse(subject.snippet_viewset.get_url_name("edit"), args=[subject.pk])
    return reverse("wagtailadmin_pages:edit", args=[subject.pk])


def service_form_of(item: ServiceItem) -> dict[str, Any]:
    """Return what the editor's form of a service item would post unchanged."""
    fields = ["title", "code", "service_class", "personal_input", "link", "output", "fee", "time_limit", "hours"]
    fields += ["materials", "steps", "help_text", "phone", "place", "connector"]
    posted = {name: getattr(item, name) or "" for name in fields}
    return {**posted, "inputs-count": "0", "industry": item.industry_id, "provider": item.provider_id}


def whole_form_of(page: DisclosurePage) -> dict[str, Any]:
    """Return what the editor posts of a draft that lacks nothing, to be submitted."""
    body = streamfield([("text", rich_text("<p>示例正文。</p>"))])
    form = form_of(page, signed_in(page.owner))
    return {
        **form,
        **nested_form_data({"body": body}),
        "summary": "概述。",
        "generated_on": "2026-11-20",
        "action-submit": "1",
    }
