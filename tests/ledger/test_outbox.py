"""Mail leaves after the commit, once, through one connection; a bad server costs nobody anything but patience."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from time import monotonic

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone

from ledger.letters import Message, settle, write
from ledger.models import Event, Letter, MailState
from ledger.outbox import BACK_OFF, claim, send_waiting
from tests.factories import make_person

from .smtp import mail_server

pytestmark = pytest.mark.django_db


def letters(count: int, **message) -> list[Letter]:
    people = [make_person(f"person{number}") for number in range(count)]
    return write(people, Message("test.told", "示例通知", **message))


def states() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("mail", flat=True))


def test_a_mail_leaves_when_the_act_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letters(1, body="请看。", url="/admin/approval/1/")
        assert mail.outbox == []

    (message,) = mail.outbox
    assert message.subject == "[办事公开] 示例通知"
    assert "http://localhost/admin/approval/1/" in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.content_subtype == "plain"
    assert states() == [MailState.SENT]


def test_nothing_is_written_when_the_act_is_rolled_back(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        letters(2)

    assert len(callbacks) == 1
    assert mail.outbox == []


def test_many_mails_share_one_connection():
    letters(45)

    with mail_server() as server:
        outcome = send_waiting()

    assert outcome.sent == len(server.taken) == 45
    # One for each handful.
    assert server.connections == 3
    assert set(states()) == {MailState.SENT}


def test_a_server_that_is_not_there_is_tried_again_later():
    (letter,) = letters(1)

    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1
    ):
        outcome = send_waiting()

    letter.refresh_from_db()
    assert (outcome.postponed, letter.mail, letter.attempts) == (1, MailState.WAITING, 1)
    assert "ConnectionRefusedError" in letter.error
    assert letter.next_attempt_at > timezone.now()
    assert claim(timezone.now()) == []


def test_a_server_that_hangs_is_left_after_a_while():
    letters(3)

    with mail_server("hangs") as server:
        started = monotonic()
        send_waiting()

    assert monotonic() - started < 5
    assert server.connections == 1
    assert Letter.objects.filter(mail=MailState.WAITING, attempts=1).count() == 3


def test_a_server_that_hangs_up_keeps_what_it_has_taken():
    letters(3)

    with mail_server("hangs up") as server:
        send_waiting()

    assert len(server.taken) == 1
    assert states() == [MailState.SENT, MailState.WAITING, MailState.WAITING]
    # The last was not tried.
    assert list(Letter.objects.order_by("pk").values_list("attempts", flat=True)) == [0, 1, 0]


def test_an_address_that_is_refused_has_failed_and_the_reason_is_kept():
    (letter,) = letters(1)

    with mail_server("refuses"):
        send_waiting()

    letter.refresh_from_db()
    assert letter.mail == MailState.FAILED
    assert "no such user" in letter.error
    assert Event.objects.get(kind="letters.mail_failed").subject_id == str(letter.pk)


def test_a_mail_is_not_tried_for_ever():
    (letter,) = letters(1)

    with mail_server("is busy"):
        for _attempt in range(len(BACK_OFF)):
            send_waiting()
            Letter.objects.update(next_attempt_at=None)
        assert states() == [MailState.WAITING]
        send_waiting()

    letter.refresh_from_db()
    assert (letter.mail, letter.attempts) == (MailState.FAILED, len(BACK_OFF) + 1)


def test_what_has_failed_can_be_sent_again():
    letters(1)
    Letter.objects.update(mail=MailState.FAILED, attempts=9)

    call_command("send_letters", "--again")

    assert states() == [MailState.SENT]


def test_nobody_is_called_to_what_is_settled_already():
    letters(2, must_act=True, matter="test:1")

    settle("test:1")
    send_waiting()

    assert mail.outbox == []
    assert states() == [MailState.NONE, MailState.NONE]


def test_what_one_worker_holds_no_other_takes():
    letters(25)

    first, second, third = (claim(timezone.now()) for _worker in range(3))

    assert [len(first), len(second), len(third)] == [20, 5, 0]
    assert not {letter.pk for letter in first} & {letter.pk for letter in second}


def test_what_a_dead_worker_held_is_taken_by_the_next():
    letters(1)
    claim(timezone.now())

    assert len(claim(timezone.now() + timedelta(hours=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_nothing_twice():
    letters_of_all = letters(30)

    def work():
        try:
            send_waiting()
        finally:
            connections.close_all()

    with mail_server(timeout=10) as server:
        workers = [Thread(target=work) for _worker in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert connection.vendor in {"sqlite", "postgresql"}
    assert len(server.taken) == len(letters_of_all)
    assert set(states()) == {MailState.SENT}
