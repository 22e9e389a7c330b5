"""The digest of the morning: workdays from eight, what is still news, sorted, never empty."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from ledger.letters import Message, settle, write
from ledger.models import DIGEST, Delivery, Letter, MailPreference, MailState
from tests.clock import NOW
from tests.factories import make_person

pytestmark = pytest.mark.django_db

WATER = SimpleNamespace(title="示例自来水公司")
# NOW is Monday, half past nine: the digest of the day reaches until eight.
FRIDAY = NOW - timedelta(days=3)


@pytest.fixture
def reader(clock: Any) -> User:
    person = make_person("reader")
    MailPreference.objects.create(user=person, delivery=Delivery.DAILY)
    clock.move_to(FRIDAY, tick=False)
    return person


def morning(capture: Any) -> None:
    with capture(execute=True):
        call_command("send_digests")


def test_the_digest_sorts_by_what_it_is_about_and_whose_it_is(reader, clock, django_capture_on_commit_callbacks):
    write([reader], Message("people.appointed", "您被任命为编辑员"))
    write([reader], Message("approval.published", "已公开：一", "", "/admin/pages/1/", organisation=WATER))
    write([reader], Message("approval.submitted", "待初审：二", must_act=True, organisation=WATER))
    clock.move_to(NOW, tick=False)

    morning(django_capture_on_commit_callbacks)

    (message,) = mail.outbox
    assert message.subject == "[办事公开] 3 条未读通知"
    body = message.body
    order = ["【人员任免】", "您被任命", "【审核】", "〔示例自来水公司〕", "待初审：二（需要您处理）", "已公开：一"]
    assert sorted(order, key=body.index) == order
    assert "http://localhost/admin/pages/1/" in body


def test_a_digest_comes_once_and_is_no_line_of_the_inbox(reader, clock, django_capture_on_commit_callbacks):
    write([reader], Message("test.told", "示例通知"))
    clock.move_to(NOW, tick=False)

    morning(django_capture_on_commit_callbacks)
    morning(django_capture_on_commit_callbacks)

    assert len(mail.outbox) == 1
    assert [letter.subject for letter in Letter.objects.inbox_of(reader)] == ["示例通知"]
    assert Letter.objects.get(kind=DIGEST).mail == MailState.SENT


def test_what_comes_after_eight_waits_for_the_next_workday(reader, clock, django_capture_on_commit_callbacks):
    clock.move_to(NOW, tick=False)
    write([reader], Message("test.told", "示例通知"))

    morning(django_capture_on_commit_callbacks)
    assert mail.outbox == []

    clock.shift(timedelta(days=1))
    morning(django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("shift", [timedelta(days=-1), timedelta(hours=-2)], ids=["on Sunday", "before eight"])
def test_nothing_comes_at_other_times(reader, clock, shift, django_capture_on_commit_callbacks):
    write([reader], Message("test.told", "示例通知"))
    clock.move_to(NOW + shift, tick=False)

    morning(django_capture_on_commit_callbacks)

    assert mail.outbox == []


def test_a_digest_of_nothing_new_is_not_sent(reader, clock, django_capture_on_commit_callbacks):
    write([reader], Message("test.told", "看过的"))
    Letter.objects.update(read_at=timezone.now())
    write([reader], Message("test.told", "办过的", must_act=True, matter="test:1"))
    settle("test:1")
    clock.move_to(NOW, tick=False)

    morning(django_capture_on_commit_callbacks)

    assert mail.outbox == []
    assert not Letter.objects.filter(mail=MailState.DIGEST).exists()


def test_old_letters_that_were_read_are_purged(reader, clock):
    for subject in ("看过的", "没看过的", "新的"):
        write([reader], Message("test.told", subject))
    Letter.objects.update(mail=MailState.NONE)
    Letter.objects.filter(subject="看过的").update(read_at=timezone.now())
    clock.shift(timedelta(days=181))
    Letter.objects.filter(subject="新的").update(read_at=timezone.now())

    call_command("purge_letters")

    assert set(reader.letters.values_list("subject", flat=True)) == {"没看过的", "新的"}
