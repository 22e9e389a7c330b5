"""Write to people: a line in each inbox, and a mail where it is wanted, in the transaction in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .models import Letter, MailState

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECT_LENGTH = 255


@dataclass(frozen=True)
class Message:
    """What is said. `kind` is dotted ("approval.submitted"); `url` is a path of this site."""

    kind: str
    subject: str
    body: str = ""
    url: str = ""
    must_act: bool = False


def write(people: Iterable[Any], message: Message) -> list[Letter]:
    """Write one letter to each of the people, in the caller's transaction; the mail leaves after the commit."""
    return Letter.objects.bulk_create(
        Letter(
            recipient=person,
            kind=message.kind,
            subject=message.subject[:SUBJECT_LENGTH],
            body=message.body,
            url=message.url,
            must_act=message.must_act,
            mail=MailState.WAITING if person.email else MailState.NONE,
        )
        for person in people
    )
