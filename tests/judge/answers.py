"""Pages that only a form brings: what was filled in, and sent to where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from cms.connectors.models import PaymentOrder
from tests.standing import undo

from .doing import APPOINTMENT, EVERY_INPUT, PAYMENT, QUERY, SILENT_HANDOVER, SILENT_PAYMENT, SILENT_QUERY
from .reading import HOST

if TYPE_CHECKING:
    from django.http import HttpResponse

    from .places import Addresses

# What the sandbox understands by a number.
KNOWN, UNKNOWN, OWES_NOTHING = "20261123", "404404", "000000"
PERSON = {"in-account": KNOWN, "in-phone": "0411-00000000"}
ELSEWHERE = {"origin": "https://www.example.org"}
SLOT = re.compile(r'name="slot" value="([^"]+)"')
NUMBER = re.compile(r"Y[0-9A-F]{8}")

ANSWERS = (
    "query: found",
    "query: nothing",
    "query: wrong",
    "query: wrong, every input",
    "query: refused",
    "query: silent",
    "query: from elsewhere",
    "appointment: booked",
    "appointment: taken",
    "appointment: nothing chosen",
    "appointment: cancelled",
    "appointment: no such number",
    "handover: silent",
    "pay: owed",
    "pay: owed, some silent",
    "pay: nothing owed",
    "pay: all silent",
    "pay: nothing filled in",
    "pay: wrong",
    "pay: refused",
    "pay: nothing chosen",
    "pay: old bills",
    "pay: from elsewhere",
    "pay: nothing to pay any more",
    "pay: till is silent",
    "subscription: asked",
    "subscription: wrong",
    "subscription: confirmed",
    "subscription: ended",
    "draft: opinion is wrong",
)


@dataclass(frozen=True)
class Sent:
    """A form: where it goes, what is filled in; what must be looked up first is."""

    address: str
    fields: dict[str, Any] | Callable[[], dict[str, Any]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    # What is undone at the provider; here all is.
    after: Callable[[HttpResponse], None] = lambda response: None

    def answer(self, prefix: str = "", mode: str = "") -> HttpResponse:
        """Send it, and return the page that comes; what it changed in the database is undone."""
        joint = "&" if "?" in self.address else "?"
        address = f"{prefix}{self.address}{joint}mode={mode}" if mode else f"{prefix}{self.address}"
        with undo():
            fields = self.fields() if callable(self.fields) else self.fields
            response: Any = Client(SERVER_NAME=HOST).post(address, fields, headers=self.headers)
        self.after(response)
        assert response["Content-Type"].startswith("text/html"), f"{address}: {response.status_code}"
        return response


def answers(city: Addresses) -> dict[str, Sent]:
    """Return the forms that are sent in the sample."""
    return {**queries(), **appointments(), **payments(city), **letters(city)}


def queries() -> dict[str, Sent]:
    """Ask, well and badly."""
    address, known = f"/do/{QUERY}/", {"in-account": KNOWN}
    return {
        "query: found": Sent(address, known),
        "query: nothing": Sent(address, {"in-account": OWES_NOTHING}),
        "query: wrong": Sent(address, {"in-account": "12ab"}),
        "query: wrong, every input": Sent(f"/do/{EVERY_INPUT}/", {"in-day": "昨天"}),
        "query: refused": Sent(address, {"in-account": UNKNOWN}),
        "query: silent": Sent(f"/do/{SILENT_QUERY}/", known),
        "query: from elsewhere": Sent(address, known, ELSEWHERE),
        "handover: silent": Sent(f"/do/{SILENT_HANDOVER}/"),
    }


def appointments() -> dict[str, Sent]:
    """Book and cancel."""
    address = f"/do/{APPOINTMENT}/"
    return {
        "appointment: booked": Sent(address, booking, after=give_back),
        "appointment: taken": Sent(address, {"act": "book", "slot": "2020-01-01-09", **PERSON}),
        "appointment: nothing chosen": Sent(address, {"act": "book"}),
        "appointment: cancelled": Sent(address, cancelling),
        "appointment: no such number": Sent(address, {"act": "cancel", "number": "Y00000000"}),
    }


def booking() -> dict[str, Any]:
    """Fill in a time that is free."""
    page = Client(SERVER_NAME=HOST).get(f"/do/{APPOINTMENT}/").content.decode()
    return {"act": "book", "slot": SLOT.findall(page)[0], **PERSON}


def give_back(response: HttpResponse) -> None:
    """Cancel what was booked: there are but a few times."""
    [number] = NUMBER.findall(response.content.decode())
    Client(SERVER_NAME=HOST).post(f"/do/{APPOINTMENT}/", {"act": "cancel", "number": number})


def cancelling() -> dict[str, Any]:
    """Fill in the number of a booking."""
    page = Client(SERVER_NAME=HOST).post(f"/do/{APPOINTMENT}/", booking()).content.decode()
    return {"act": "cancel", "number": NUMBER.findall(page)[0]}


def payments(city: Addresses) -> dict[str, Sent]:
    """Ask for bills, and begin to pay them."""
    two = f"/pay/?item={PAYMENT}&item={SILENT_PAYMENT}"

    def asked(number: str, silent: str = "") -> dict[str, Any]:
        return {"act": "bills", f"{PAYMENT}-account": number, f"{SILENT_PAYMENT}-account": silent}

    return {
        "pay: owed": Sent(two, asked(KNOWN)),
        "pay: owed, some silent": Sent(two, asked(KNOWN, KNOWN)),
        "pay: nothing owed": Sent(two, asked(OWES_NOTHING)),
        "pay: all silent": Sent(two, asked("", KNOWN)),
        "pay: nothing filled in": Sent(two, asked("")),
        "pay: wrong": Sent(two, asked("12ab", "1")),
        "pay: refused": Sent(two, asked(UNKNOWN)),
        "pay: nothing chosen": Sent("/pay/", {"act": "begin"}),
        "pay: old bills": Sent("/pay/", {"act": "begin", "bill": "old"}),
        "pay: from elsewhere": Sent("/pay/", asked(KNOWN), ELSEWHERE),
        "pay: nothing to pay any more": Sent(city["pay: paid"], {"part": number_in(city["pay: paid"])}),
        "pay: till is silent": Sent(city["pay: sent, silent"], {"part": number_in(city["pay: sent, silent"])}),
    }


def number_in(address: str) -> str:
    """Return the number of the only part of an order."""
    return PaymentOrder.objects.get(joint__token=address.split("/")[2]).number


def letters(city: Addresses) -> dict[str, Sent]:
    """Subscribe and end it; say what one thinks of a draft."""
    form = city["subscription: form"]
    return {
        "subscription: asked": Sent(form, {"email": "name@example.org", "cadence": "daily"}),
        "subscription: wrong": Sent(form, {"email": "name", "cadence": "daily"}),
        "subscription: confirmed": Sent(city["subscription: confirm"]),
        "subscription: ended": Sent(city["subscription: out"]),
        "draft: opinion is wrong": Sent(city["draft: open"], {"name": "", "text": ""}),
    }
