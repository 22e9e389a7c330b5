"""A letter is a line in the inbox, and a mail to whoever has an address."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from ledger.letters import Message, settle, write
from ledger.models import Delivery, Letter, MailPreference, MailState
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_each_person_gets_one_letter():
    people = [make_person("one"), make_person("two")]

    write(people, Message("test.told", "示例通知", "内容", "/admin/", must_act=True))

    assert [person.letters.get().subject for person in people] == ["示例通知", "示例通知"]
    assert people[0].letters.get().must_act


def test_who_has_no_address_gets_no_mail():
    with_address, without = make_person("one"), make_person("two")
    without.email = ""
    without.save()

    write([with_address, without], Message("test.told", "示例通知"))

    assert with_address.letters.get().mail == MailState.WAITING
    assert without.letters.get().mail == MailState.NONE


def test_who_cannot_sign_in_any_more_gets_no_letter():
    gone = make_person("gone")
    gone.is_active = False
    gone.save()

    assert write([gone], Message("test.told", "示例通知")) == []


@pytest.mark.parametrize(
    ("choice", "mail"),
    [(Delivery.AT_ONCE, MailState.WAITING), (Delivery.DAILY, MailState.DIGEST), (Delivery.INBOX, MailState.NONE)],
)
def test_mail_comes_as_it_was_chosen(choice, mail):
    person = make_person("one")
    MailPreference.objects.create(user=person, delivery=choice)

    write([person], Message("approval.submitted", "示例通知"))

    assert person.letters.get().mail == mail


@pytest.mark.parametrize("kind", ["escalation.overdue", "withdrawal.done"])
def test_what_is_urgent_is_mailed_at_once_whatever_was_chosen(kind):
    person = make_person("one")
    MailPreference.objects.create(user=person, delivery=Delivery.INBOX)

    write([person], Message(kind, "示例通知"))

    assert person.letters.get().mail == MailState.WAITING


def test_lazy_words_are_said_in_the_language_of_each():
    reader, other = make_person("reader"), make_person("other")
    UserProfile.objects.create(user=reader, preferred_language="en")

    write([reader, other], Message("test.told", lazy(get_language, str)()))

    assert reader.letters.get().subject == "en"
    assert other.letters.get().subject == settings.LANGUAGE_CODE


def test_a_settled_matter_waits_for_nobody():
    one, two = make_person("one"), make_person("two")
    write([one, two], Message("test.told", "示例通知", must_act=True, matter="test:1"))
    write([one], Message("test.told", "另一件", must_act=True, matter="test:2"))

    assert settle("test:1", by=two) == 2

    assert [letter.subject for letter in Letter.objects.inbox_of(one).to_act()] == ["另一件"]
    assert two.letters.get().read_at is not None
    assert settle("test:1", by=one) == 0


def test_writing_to_many_takes_as_many_queries_as_to_one(django_assert_num_queries):
    people = [make_person(f"person{number}") for number in range(30)]

    # Language and choice, the letters.
    with django_assert_num_queries(2):
        write(people, Message("test.told", "示例通知"))


def test_what_nobody_can_settle_waits_until_it_is_read():
    person = make_person("one")
    write([person], Message("test.told", "示例通知", must_act=True))
    assert Letter.objects.to_act().count() == 1

    Letter.objects.update(read_at="2026-11-01T00:00Z")

    assert not Letter.objects.to_act().exists()
    assert not person.letters.get().is_open
