"""Write to people: a line in each inbox, and a mail where it is wanted, in the transaction in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import override

from .models import Delivery, Letter, MailState
from .outbox import send_soon

if TYPE_CHECKING:
    from collections.abc import Iterable

SUBJECT_LENGTH = 255
# What waits for no digest and is mailed to everybody who has an address.
ALWAYS_AT_ONCE = ("escalation.", "withdrawal.", "approval.arrived", "approval.due", "approval.stuck")

MAIL_BY_CHOICE = {
    Delivery.AT_ONCE: MailState.WAITING,
    Delivery.DAILY: MailState.DIGEST,
    Delivery.INBOX: MailState.NONE,
}


@dataclass(frozen=True)
class Message:
    """What is said. `kind` is dotted ("approval.submitted"); `url` is a path of this site.

    Lazy words (gettext_lazy, or a template through `django.utils.functional.lazy`) are said in each recipient's
    language. `matter` names what it is about ("approval:12"), for `settle`: without one, a letter that must be acted on
    waits until it is read. `organisation` is the page whose matter it
    is, by which a digest sorts. `at_once` does not wait for anybody's digest, nor for a choice of no mail.
    """

    kind: str
    subject: str | Any
    body: str | Any = ""
    url: str = ""
    must_act: bool = False
    matter: str = ""
    organisation: Any = None
    at_once: bool = False

    @property
    def is_urgent(self) -> bool:
        """Is it mailed at once whatever the recipient has chosen?"""
        return self.at_once or self.kind.startswith(ALWAYS_AT_ONCE)


def write(people: Iterable[Any], message: Message) -> list[Letter]:
    """Write one letter to each of the people, in the caller's transaction; the mail leaves after the commit.

    Whoever cannot sign in any more gets none. Two queries, however many people.
    """
    if isinstance(people, QuerySet):
        people = people.select_related("wagtail_userprofile", "mail_preference")
    wanted = {person.pk: person for person in people if person.is_active}
    if not wanted:
        return []
    known = wanted if isinstance(people, QuerySet) else _with_wishes(wanted)
    letters = [_letter(person, message, *_wishes(known[pk])) for pk, person in wanted.items()]
    if any(letter.mail == MailState.WAITING for letter in letters):
        # Robust: that the queue of tasks is broken, the committed act does not care; the due job sends later.
        transaction.on_commit(partial(send_soon.enqueue), robust=True)
    return Letter.objects.bulk_create(letters)


def settle(matter: str, *, by: Any = None) -> int:
    """Note that a matter waits for nobody any more: its letters count no longer. Return how many did.

    For whoever settled it, it is read as well.
    """
    now = timezone.now()
    read = (
        Case(When(recipient=by, read_at=None, then=Value(now)), default=F("read_at"))
        if by is not None
        else F("read_at")
    )
    return Letter.objects.to_act().filter(matter=matter).update(settled_at=now, settled_by=by, read_at=read)


def _letter(person: Any, message: Message, language: str, choice: str) -> Letter:
    mail = MailState.WAITING if message.is_urgent else MAIL_BY_CHOICE[Delivery(choice)]
    with override(language):
        return Letter(
            recipient=person,
            kind=message.kind,
            subject=" ".join(str(message.subject).split())[:SUBJECT_LENGTH],
            body=str(message.body).strip(),
            url=message.url,
            must_act=message.must_act,
            matter=message.matter,
            organisation=str(getattr(message.organisation, "title", ""))[:SUBJECT_LENGTH],
            mail=mail if person.email else MailState.NONE,
        )


def _with_wishes(people: Iterable[int]) -> dict[int, Any]:
    related = ("wagtail_userprofile", "mail_preference")
    return get_user_model()._default_manager.select_related(*related).in_bulk(people)


def _wishes(person: Any) -> tuple[str, str]:
    """Return in which language somebody reads, and how he wants his mail."""
    profile, preference = getattr(person, "wagtail_userprofile", None), getattr(person, "mail_preference", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE, (
        preference.delivery if preference else Delivery.AT_ONCE
    )
