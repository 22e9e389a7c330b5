"""The outbox: what waits for mail leaves through one connection, is tried again when it fails, and leaves once.

A worker claims a handful of letters for a while. Whoever dies with them in hand leaves them to the next one when the
claim has run out; what the mail server has taken is noted letter by letter.
"""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from .events import record
from .models import Letter, MailState, Result

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

BATCH = 20
# Longer than a round can take: it ends after its budget and the mail in hand.
CLAIM = timedelta(minutes=15)
BUDGET_SECONDS = 120
# After the first failure one minute, … ; after the last of them the letter has failed, two days after it was written.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
REASON_LENGTH = 255
# What cannot even be written as a mail (a line break in a subject, an address that is none), or what a server says of
# this one letter.
UNWRITABLE = (ValueError, UnicodeError)
OF_ONE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, *UNWRITABLE)


@dataclass
class Sent:
    """How a round ended."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    started: float = field(default_factory=monotonic)

    @property
    def is_over(self) -> bool:
        """Has the round lasted long enough? A slow server does not keep a worker for ever."""
        return monotonic() - self.started > BUDGET_SECONDS


@task()
def send_soon() -> None:
    """Send what waits; enqueued by each commit that writes letters."""
    send_waiting()


def send_waiting() -> Sent:
    """Send what is due, handful by handful, until nothing is left, the server fails or the time is over."""
    outcome = Sent()
    while not outcome.is_over and (letters := claim(timezone.now())):
        if not _send(letters, outcome):
            break
    return outcome


def claim(now: datetime) -> list[Letter]:
    """Take the letters that are due, the oldest first, so that no other worker takes them."""
    token = get_random_string(32)
    with transaction.atomic():
        # SQLite knows no locks of rows: there, a transaction that writes is alone (see cms.settings.database).
        free = Letter.objects.due(now).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        taken = list(free.values_list("pk", flat=True)[:BATCH])
        Letter.objects.filter(pk__in=taken).update(claim=token, next_attempt_at=now + CLAIM)
    mine = Letter.objects.filter(claim=token, mail=MailState.WAITING)
    return list(mine.select_related("recipient__wagtail_userprofile").order_by("pk"))


def _send(letters: list[Letter], outcome: Sent) -> bool:
    """Send a handful through one connection; return whether it makes sense to go on."""
    server: Any = get_connection()
    try:
        server.open()
    # Refused, unknown, silent, wrong password: whatever it is, it is the same for all of them.
    except Exception as error:
        logger.warning("The mail server cannot be reached: %s", error)
        for letter in letters:
            _postpone(letter, error, outcome)
        return False
    try:
        return _send_each(server, letters, outcome)
    finally:
        with suppress(Exception):
            server.close()


def _send_each(server: Any, letters: list[Letter], outcome: Sent) -> bool:
    for number, letter in enumerate(letters):
        if outcome.is_over:
            return _release(letters[number:])
        if not _send_one(server, letter, outcome):
            return _release(letters[number + 1 :])
    return True


def _release(letters: list[Letter]) -> bool:
    """Give back what has not been tried; the round is over."""
    untried = [letter.pk for letter in letters]
    Letter.objects.filter(pk__in=untried, mail=MailState.WAITING).update(claim="", next_attempt_at=None)
    return False


def _send_one(server: Any, letter: Letter, outcome: Sent) -> bool:
    """Send one letter; return whether the connection still serves."""
    person = letter.recipient
    # Gone meanwhile, or no longer to be done: nobody is called to what a colleague has decided.
    if not (person.is_active and person.email) or letter.settled_at is not None:
        _close(letter, MailState.NONE)
        return True
    try:
        server.send_messages([mail_of(letter)])
    except OF_ONE_LETTER as error:
        _fail(letter, error, outcome) if _is_final(error) else _postpone(letter, error, outcome)
        return True
    # A connection that broke, a server that wants no more, a time that ran out: the next round tries anew.
    except Exception as error:
        logger.warning("The mail server broke off: %s", error)
        _postpone(letter, error, outcome)
        return False
    outcome.sent += 1
    _close(letter, MailState.SENT)
    return True


def _is_final(error: Exception) -> bool:
    """Would it fail for ever? An answer of 5xx does (RFC 5321 §4.2.1), one of 4xx does not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    return isinstance(error, UNWRITABLE) or getattr(error, "smtp_code", 0) >= 500


def _close(letter: Letter, state: MailState) -> None:
    Letter.objects.filter(pk=letter.pk).update(mail=state, claim="", next_attempt_at=None, error="")


def _postpone(letter: Letter, error: Exception, outcome: Sent) -> None:
    if letter.attempts >= len(BACK_OFF):
        _fail(letter, error, outcome)
        return
    outcome.postponed += 1
    again = timezone.now() + BACK_OFF[letter.attempts]
    attempts = letter.attempts + 1
    Letter.objects.filter(pk=letter.pk).update(claim="", attempts=attempts, next_attempt_at=again, error=_reason(error))


@transaction.atomic
def _fail(letter: Letter, error: Exception, outcome: Sent) -> None:
    outcome.failed += 1
    Letter.objects.filter(pk=letter.pk).update(
        mail=MailState.FAILED, claim="", attempts=letter.attempts + 1, next_attempt_at=None, error=_reason(error)
    )
    record("letters.mail_failed", letter, result=Result.FAILED, to=letter.recipient_id, reason=_reason(error))


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:REASON_LENGTH]


def mail_of(letter: Letter) -> EmailMessage:
    """Return the mail of a letter, in plain text and in the recipient's language."""
    profile = getattr(letter.recipient, "wagtail_userprofile", None)
    with override((profile.preferred_language if profile else "") or settings.LANGUAGE_CODE):
        parts = [
            f"{letter.recipient}：",
            letter.body or letter.subject,
            absolute(letter.url),
            _("（本邮件由系统自动发出，请勿回复。接收方式可在后台“账号设置 · 通知”中更改。）"),
        ]
    return EmailMessage(
        f"[{settings.WAGTAIL_SITE_NAME}] {letter.subject}",
        "\n\n".join(part for part in parts if part),
        to=[letter.recipient.email],
        # RFC 3834: no automatic answers, please.
        headers={"Auto-Submitted": "auto-generated"},
    )


def absolute(url: str) -> str:
    """Return the whole address of a path of this site."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + url if url else ""
