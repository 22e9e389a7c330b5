"""A password alone opens nothing to those who need, or have, a second factor."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import RecoveryCode, User
from accounts.second_factor import codes_left
from ledger.models import Event
from tests.factories import make_person
from tests.town import Town

from .acts import HOME, is_inside, knock
from .tokens import STEP, equip, token_of

pytestmark = pytest.mark.usefixtures("door")

VERIFY, SET_UP, DEVICE = "/admin/second-factor/", "/admin/second-factor/set-up/", "/admin/second-factor/device/"


def half_in(user: User) -> Client:
    """Give the password."""
    client = Client()
    knock(client, user.username, user.username)
    return client


def show(client: Client, token: str, address: str = VERIFY, **data: Any) -> Any:
    return client.post(address, {"token": token, **data})


def wholly_in(user: User) -> Client:
    client = half_in(user)
    show(client, token_of(user))
    assert is_inside(client)
    return client


@pytest.mark.parametrize(
    ("place", "obliged"),
    [
        ("portal", True), ("water_office", True), ("district", True),
        ("education_office", False), ("street", False), ("water", False),
    ],
)  # fmt: skip
def test_senior_and_super_tiers_are_obliged(town: Town, place: str, obliged: bool) -> None:
    client = half_in(town.reviewer(place))

    answer = client.get(HOME)

    assert (answer.status_code == 302 and answer.url.startswith(SET_UP)) is obliged


def test_the_operator_is_obliged(town: Town) -> None:
    answer = half_in(make_person("root", is_superuser=True)).get(HOME)

    assert answer.url == f"{SET_UP}?next=%2Fadmin%2F"


def test_set_up_shows_the_codes_once_and_lets_in(town: Town) -> None:
    user = town.reviewer("portal")
    client = half_in(user)

    page = client.get(SET_UP).content.decode()
    answer = show(client, token_of(user, confirmed=False), SET_UP)

    assert "<svg" in page
    codes = answer.context["codes"]
    assert len(set(codes)) == codes_left(user) == 10
    assert "no-store" in answer["Cache-Control"]
    assert is_inside(client)
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_a_wrong_first_token_sets_nothing_up(town: Town) -> None:
    user = town.reviewer("portal")
    client = half_in(user)
    client.get(SET_UP)

    answer = show(client, "000000", SET_UP)

    assert "验证码不正确" in answer.content.decode()
    assert not is_inside(client)


def test_the_token_of_the_telephone_lets_in_and_leads_back(town: Town) -> None:
    user = town.editor("water")
    equip(user)
    client = half_in(user)

    asked = client.get("/admin/pages/")
    answer = show(client, token_of(user), asked.url)

    assert asked.url == f"{VERIFY}?next=%2Fadmin%2Fpages%2F"
    assert answer.url == "/admin/pages/"
    assert is_inside(client)


def test_no_way_leads_to_another_site(town: Town) -> None:
    user = town.editor("water")
    equip(user)

    answer = show(half_in(user), token_of(user), f"{VERIFY}?next=https://evil.example/")

    assert answer.url == HOME


def test_a_token_does_not_work_twice(town: Town) -> None:
    user = town.editor("water")
    equip(user)
    token = token_of(user)
    show(half_in(user), token)

    client = half_in(user)
    answer = show(client, token)

    assert "已用过" in answer.content.decode()
    assert not is_inside(client)


def test_after_a_wrong_token_even_the_right_one_has_to_wait(town: Town, clock: Any) -> None:
    user = town.editor("water")
    equip(user)
    client = half_in(user)
    show(client, "000000")

    assert "等几秒" in show(client, token_of(user)).content.decode()
    clock.shift(STEP)

    show(client, token_of(user))
    assert is_inside(client)


def test_five_wrong_tokens_lock_the_name_and_end_the_half_sign_in(town: Town, clock: Any) -> None:
    user = town.editor("water")
    equip(user)
    client = half_in(user)
    for _each in range(4):
        assert show(client, "000000").status_code == 200
        clock.shift(2 * STEP)

    assert show(client, "000000").status_code == 429
    assert knock(Client(), user.username, user.username).status_code == 429
    assert client.get(VERIFY).url.startswith("/admin/login/")


def test_the_password_again_does_not_give_more_tries_at_the_token(town: Town, clock: Any) -> None:
    user = town.editor("water")
    equip(user)
    answers = []

    for _each in range(5):
        answers.append(show(half_in(user), "000000").status_code)
        clock.shift(2 * STEP)

    assert answers == [200, 200, 200, 200, 429]


def test_a_recovery_code_works_once(town: Town) -> None:
    user = town.editor("water")
    codes = equip(user)
    client, again = half_in(user), half_in(user)

    client.post(VERIFY, {"recovery_code": f" {codes[0].upper()} "})
    answer = again.post(VERIFY, {"recovery_code": codes[0]})

    assert is_inside(client)
    assert "恢复码不正确" in answer.content.decode()
    assert codes_left(user) == 9
    assert Event.objects.get(kind="sign_in.recovery_code_used").data == {"left": 9}


def test_the_codes_of_another_person_do_not_work(town: Town) -> None:
    user, other = town.editor("water"), town.reviewer("water")
    equip(user)
    client = half_in(user)

    client.post(VERIFY, {"recovery_code": equip(other)[0]})

    assert not is_inside(client)


def test_a_new_device_ends_the_old_one_and_other_sessions(town: Town, clock: Any) -> None:
    user = town.reviewer("portal")
    codes = equip(user)
    elsewhere, client = wholly_in(user), half_in(user)
    client.post(VERIFY, {"recovery_code": codes[0]})
    clock.shift(STEP)

    client.get(SET_UP)
    answer = show(client, token_of(user, confirmed=False), SET_UP, password=user.username)

    assert len(answer.context["codes"]) == 10
    assert is_inside(client)
    assert elsewhere.get(HOME).url.startswith("/admin/login/")
    third = half_in(user)
    third.post(VERIFY, {"recovery_code": codes[1]})
    assert not is_inside(third)


def test_from_inside_nothing_changes_without_the_password(town: Town, clock: Any) -> None:
    user = town.editor("water")
    equip(user)
    client = wholly_in(user)
    clock.shift(STEP)
    client.get(SET_UP)
    before = user.totpdevice_set.get(confirmed=True).key

    show(client, token_of(user, confirmed=False), SET_UP, password="wrong")
    show(client, token_of(user), DEVICE, act="remove", password="wrong")

    assert user.totpdevice_set.get(confirmed=True).key == before
    assert codes_left(user) == 10


def test_who_is_not_obliged_may_have_it_and_give_it_up(town: Town, clock: Any) -> None:
    user = town.editor("water")
    client = half_in(user)
    client.get(SET_UP)
    show(client, token_of(user, confirmed=False), SET_UP, password=user.username)
    assert "已启用" in client.get(DEVICE).content.decode()
    clock.shift(2 * STEP)

    answer = show(client, token_of(user), DEVICE, act="remove", password=user.username)

    assert answer.url == DEVICE
    assert is_inside(half_in(user))
    assert not RecoveryCode.objects.filter(user=user).exists()


def test_who_is_obliged_renews_the_codes_but_keeps_the_factor(town: Town, clock: Any) -> None:
    user = town.reviewer("portal")
    codes = equip(user)
    client = wholly_in(user)
    clock.shift(2 * STEP)

    renewed = show(client, token_of(user), DEVICE, act="renew", password=user.username).context["codes"]
    clock.shift(2 * STEP)
    refused = show(client, token_of(user), DEVICE, act="remove", password=user.username)

    assert not set(renewed) & set(codes)
    assert "不能停用" in refused.content.decode()
    assert is_inside(client)


def test_the_operator_resets_a_lost_factor_and_it_ends_the_sessions(town: Town) -> None:
    user = town.reviewer("portal")
    equip(user)
    client = wholly_in(user)

    call_command("reset_second_factor", user.username)

    assert client.get(HOME).url.startswith("/admin/login/")
    assert half_in(user).get(HOME).url.startswith(SET_UP)
    assert Event.objects.filter(kind="sign_in.second_factor_reset", subject_id=str(user.pk)).exists()


def test_a_stolen_password_cannot_enrol_a_device_of_its_own(town: Town) -> None:
    user = town.reviewer("portal")
    equip(user)

    answer = half_in(user).get(SET_UP)

    assert answer.url.startswith(VERIFY)


def test_who_is_half_in_can_leave(town: Town) -> None:
    user = town.editor("water")
    equip(user)
    client = half_in(user)

    client.post(reverse("wagtailadmin_logout"))

    assert "_auth_user_id" not in client.session


def test_the_steps_of_a_sign_in_are_events(town: Town) -> None:
    user = town.editor("water")
    equip(user)
    wholly_in(user)

    kinds = list(Event.objects.filter(kind__startswith="sign_in").order_by("pk").values_list("kind", "data"))
    assert kinds == [("sign_in.password_accepted", {}), ("sign_in.signed_in", {"by": "token"})]
