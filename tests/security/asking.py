"""Ask one address as one person: did it let them in, and was anything written?

A `Row` is one line of the authorisation matrix: an address, and who may. Whoever is not named must be refused without a
trace. A GET lets in by showing something (200); a POST lets in by writing something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.countersigning.watching import WATCHED
from snippets.models import ServiceItem
from tests.standing import undo

from .world import ANONYMOUS, OPERATOR, PLACES, STRANGER, World

DUTIES = ("editor", "reviewer", "administrator")


def people(relations: str, duties: Iterable[str] = DUTIES) -> frozenset[str]:
    """Name people: `people("own above", ["editor"])`."""
    named = {f"{relation} {duty}" for relation in relations.split() for duty in duties}
    return frozenset(named & EVERYBODY_APPOINTED)


EVERYBODY_APPOINTED = {f"{relation} {duty}" for relation in PLACES for duty in DUTIES} - {
    # The portal stands above everything, as the district does: one of its people is enough.
    "portal editor",
    "portal reviewer",
}
# Whom an appointment to the office itself or to one above it reaches.
REACH = "own above portal"
NOBODY: frozenset[str] = frozenset()
OPERATORS = frozenset({OPERATOR})
WRITERS = people(REACH, ["editor", "administrator"]) | OPERATORS
REACHING = people(REACH) | OPERATORS
PORTAL_ADMINISTRATORS = people("portal", ["administrator"]) | OPERATORS
# All who may add something somewhere, and all who work on content.
ANY_WRITERS = people(" ".join(PLACES), ["editor", "administrator"]) | OPERATORS
STAFF = people(" ".join(PLACES)) | OPERATORS
# They read the audit, and see nothing of what it is about. All who may enter the admin.
AUDITORS = frozenset({"own auditor", "portal auditor"})
INSIDE = STAFF | AUDITORS
EVERYBODY = INSIDE | {STRANGER, ANONYMOUS}

BULK = "wagtail_bulk_action"

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of the matrix; `post` and `put` say what is sent. In `query`, `{item_waiting}` is a thing's number."""

    name: str
    arguments: tuple[Any, ...] = ()
    may: frozenset[str] = NOBODY
    post: Callable[[World], Data] | Data | None = None
    query: str = ""
    # The translation editor's way of writing.
    put: str = ""
    # The finishing act of two people: it alone may change what the public sees.
    finishes: bool = False

    def __str__(self) -> str:
        """Name the row in a report."""
        method = "PUT" if self.put else "GET" if self.post is None else "POST"
        return f"{method} {self.name} {' '.join(map(str, self.arguments))}{self.query}"

    def address(self, world: World) -> str:
        """Return the address for this world."""
        numbers = re.sub(r"{(\w+)}", lambda found: str(world.argument(found[1].replace("_", " "))), self.query)
        # "image" is a thing of this world, and a kind of thing where many are acted on.
        named = self.arguments if self.name == BULK else [world.argument(each) for each in self.arguments]
        return reverse(self.name, args=named) + numbers


@dataclass(frozen=True)
class Answer:
    """What came back, and which tables were written to."""

    response: Any
    written: frozenset[str]
    # What the public sees now and did not see before.
    published: frozenset[str] = frozenset()

    @property
    def let_in(self) -> bool:
        """Did a GET show something; did a POST write something?"""
        if self.response.wsgi_request.method == "GET":
            return bool(self.response.status_code == 200)
        return bool(self.written)

    def __str__(self) -> str:
        """Say what happened, for a failed assertion."""
        where = getattr(self.response, "url", "")
        return f"{self.response.status_code} {where} wrote {sorted(self.written)} published {sorted(self.published)}"


# What a request writes whoever asks: that it was here, or refused, and a picture in the size it looked at.
TRACES = {
    "django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile",
    "wagtailcore_pagesubscription", "django_content_type", "media_rendition", "ledger_event",
}  # fmt: skip
SIGNED_IN = 'UPDATE "accounts_user" SET "last_login"'
WRITE = re.compile(r'^\s*(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# A write in words that are not read here: by it, too, something may have become public.
UNREAD = "?"
READ = re.compile(r"^\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET|SHOW|EXPLAIN)\b", re.IGNORECASE)
WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|COPY|TRUNCATE|MERGE)\b", re.IGNORECASE)


def browser(world: World, who: str) -> Client:
    """Return the browser of one of the people, who have signed in."""
    client = Client()
    if who in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
    return client


def ask(world: World, who: str, row: Row) -> Answer:
    """Send the request of a row as somebody; afterwards nothing has happened."""
    if not world.public:
        world.public = public()
    with undo():
        client, address = browser(world, who), row.address(world)
        data = row.post(world) if callable(row.post) else row.post
        written: set[str] = set()
        with connection.execute_wrapper(_noting(written)):
            if row.put:
                response = client.put(address, row.put, "application/x-www-form-urlencoded")
            else:
                response = client.get(address) if data is None else client.post(address, data)
        # A file that is served stays open; `response.close()` would close the database as well.
        for close in response._resource_closers:
            close()
        # A trace is nothing the public sees.
        seen = public() - world.public if written - TRACES else NOBODY
        return Answer(response, frozenset(written - TRACES - {UNREAD}), seen)


def public() -> frozenset[str]:
    """Name everything the public sees, in the version it sees."""
    # Wagtail leads from the old address of what is moved to the new one.
    kept: dict[Any, Any] = {Redirect: Redirect.objects.filter(automatically_created=False)}
    rows = (
        f"{model.__name__} {row}" for model in WATCHED for row in kept.get(model, model._default_manager).values_list()
    )
    return frozenset(rows) | frozenset(
        f"{model.__name__} {title} as of {revision}, {at}"
        for model in (Page, ServiceItem)
        for title, revision, at in model.objects.filter(live=True).values_list(
            "title", "live_revision", "last_published_at"
        )
    )


def _noting(written: set[str]) -> Callable[..., Any]:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # Signing in leaves the time; anything else of an account is written by somebody.
        if found := WRITE.match(sql):
            if not sql.startswith(SIGNED_IN):
                written.add(found[1])
        elif WRITES.search(sql) and not READ.match(sql):
            written.add(UNREAD)
        return execute(sql, params, many, context)

    return note
