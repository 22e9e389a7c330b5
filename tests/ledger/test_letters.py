"""A letter is a line in the inbox, and a mail to whoever has an address."""

from __future__ import annotations

import pytest

from ledger.letters import Message, write
from ledger.models import MailState
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
