"""Who fails again and again is locked out for a time, in the same words for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from ledger.models import Event
from tests.town import Town

from .acts import fail, is_inside, knock

pytestmark = pytest.mark.usefixtures("lockout")
MINUTE = 60


def text(answer: Any) -> str:
    return str(answer.content.decode().partition("<main")[2])


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="sign_in.").order_by("pk").values_list("kind", flat=True))


def test_the_fifth_failure_locks_the_name_even_for_the_right_password(town: Town) -> None:
    clerk, client = town.editor("water"), Client()

    assert fail(client, clerk.username, 4).status_code == 200
    assert fail(client, clerk.username, 1).status_code == 429
    answer = knock(client, clerk.username, clerk.username)

    assert answer.status_code == 429
    assert "尝试次数过多" in answer.content.decode()
    assert answer["Retry-After"] == "1800"
    assert not is_inside(client)


def test_the_lock_follows_the_name_to_other_addresses(town: Town) -> None:
    clerk = town.editor("water")
    fail(Client(), clerk.username, 5, REMOTE_ADDR="198.51.100.1")

    answer = knock(Client(), clerk.username, clerk.username, REMOTE_ADDR="198.51.100.2")

    assert answer.status_code == 429


def test_a_name_that_nobody_has_is_locked_in_the_same_words(town: Town) -> None:
    known, unknown = fail(Client(), town.editor("water").username, 5), fail(Client(), "nobody", 5)

    assert known.status_code == unknown.status_code
    # Around it stand tokens that differ from page to page.
    assert text(known) == text(unknown)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(town: Town) -> None:
    known, unknown = (
        [str(error) for error in fail(Client(), name, 1).context["form"].non_field_errors()]
        for name in (town.editor("water").username, "nobody")
    )

    assert known == unknown


def test_an_address_that_tries_many_names_is_locked(town: Town, lockout: Any) -> None:
    lockout.SIGN_IN_FAILURES_PER_ADDRESS = 10
    for number in range(10):
        knock(Client(), f"guess{number}", "wrong", REMOTE_ADDR="198.51.100.1")
    clerk = town.editor("water")

    assert knock(Client(), clerk.username, clerk.username, REMOTE_ADDR="198.51.100.1").status_code == 429
    assert knock(Client(), clerk.username, clerk.username, REMOTE_ADDR="198.51.100.2").status_code == 302


def test_ones_own_success_does_not_make_an_address_forget_its_failures_for_others(town: Town) -> None:
    victim, thief = town.editor("water"), town.editor("school")

    for _each in range(4):
        fail(Client(), victim.username, 1)
        knock(Client(), thief.username, thief.username)

    assert fail(Client(), victim.username, 1).status_code == 429


def test_a_success_makes_forget_ones_own_failures(town: Town) -> None:
    clerk, client = town.editor("water"), Client()
    fail(client, clerk.username, 4)
    knock(client, clerk.username, clerk.username)

    assert fail(Client(), clerk.username, 4).status_code == 200


def test_the_lock_opens_by_itself_and_trying_does_not_prolong_it(town: Town, clock: Any) -> None:
    clerk = town.editor("water")
    fail(Client(), clerk.username, 5)

    clock.shift(29 * MINUTE)
    assert fail(Client(), clerk.username, 1).status_code == 429
    clock.shift(2 * MINUTE)

    assert knock(Client(), clerk.username, clerk.username).status_code == 302


def test_only_a_trusted_proxy_says_who_the_client_is(town: Town, lockout: Any) -> None:
    lockout.SIGN_IN_FAILURES_PER_ADDRESS = 1
    lockout.TRUSTED_PROXIES = 1
    proxied = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.1"}
    fail(Client(), "guess", 1, **proxied)
    clerk = town.editor("water")

    other = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.2"}
    liar = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.2, 198.51.100.1"}
    assert knock(Client(), clerk.username, clerk.username, **other).status_code == 302
    assert knock(Client(), clerk.username, clerk.username, **liar).status_code == 429


def test_failures_and_locks_are_events_without_what_was_typed(town: Town) -> None:
    clerk = town.editor("water")
    fail(Client(), clerk.username, 6)
    fail(Client(), "my-secret-password", 1)

    assert kinds() == ["sign_in.failed"] * 5 + ["sign_in.locked", "sign_in.failed"]
    locked = Event.objects.get(kind="sign_in.locked")
    assert (locked.actor, locked.organisation.pk, locked.result) == (clerk, town.water.pk, "refused")
    assert locked.address == "127.0.0.1"
    assert "my-secret" not in str(list(Event.objects.values_list("data", "subject_title", "actor_name")))


def test_signing_in_and_out_are_events(town: Town) -> None:
    client = Client()
    knock(client, town.editor("water").username, town.editor("water").username)
    client.post(reverse("wagtailadmin_logout"))

    assert kinds() == ["sign_in.signed_in", "sign_in.signed_out"]


def test_who_has_no_appointment_is_told_so_only_for_the_right_password(town: Town) -> None:
    clerk = town.editor("water")
    clerk.appointments.update(is_suspended=True)

    right, wrong = knock(Client(), clerk.username, clerk.username), fail(Client(), clerk.username, 1)

    assert "没有任职" in right.content.decode()
    assert "没有任职" not in wrong.content.decode()


def test_the_operator_releases_a_lock_by_command(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = town.editor("water")
    fail(Client(), clerk.username, 5)

    call_command("unlock_sign_in", clerk.username)

    assert "已解除" in capsys.readouterr().out
    assert knock(Client(), clerk.username, clerk.username).status_code == 302
    assert "sign_in.released" in kinds()


def test_the_command_releases_an_address(town: Town, lockout: Any) -> None:
    lockout.SIGN_IN_FAILURES_PER_ADDRESS = 1
    fail(Client(), "guess", 1)

    call_command("unlock_sign_in", address="127.0.0.1")

    clerk = town.editor("water")
    assert knock(Client(), clerk.username, clerk.username).status_code == 302


def test_the_command_names_what_it_does_not_find(town: Town) -> None:
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("unlock_sign_in", "nobody")
    with pytest.raises(CommandError, match="用户名或"):
        call_command("unlock_sign_in")
