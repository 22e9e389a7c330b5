"""A password that was issued, or is too old, is changed before anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.passwords import issue
from ledger.models import Event
from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import signed_in

from .acts import HOME, fail, is_inside, knock
from .tokens import equip, token_of

pytestmark = pytest.mark.usefixtures("door")

CHANGE, ACCOUNT = "/admin/sign-in/password/", "/admin/account/"
GOOD, BETTER = "Jade-tree-1", "Jade-tree-2"


def change(client: Client, old: str, new: str = GOOD, address: str = CHANGE) -> Any:
    return client.post(address, {"old_password": old, "new_password1": new, "new_password2": new})


def newcomer(town: Town) -> tuple[User, Client, str]:
    """Give the clerk a new password, and sign in with it."""
    user, client = town.editor("water"), Client()
    password = issue(user)
    knock(client, user.username, password)
    return user, client, password


def test_an_issued_password_leads_to_the_change_and_back(town: Town) -> None:
    user, client, password = newcomer(town)

    asked = client.get("/admin/pages/")
    answer = change(client, password, address=asked.url)

    assert asked.url == f"{CHANGE}?next=%2Fadmin%2Fpages%2F"
    assert answer.url == "/admin/pages/"
    assert is_inside(client)
    assert knock(Client(), user.username, GOOD).status_code == 302
    assert Event.objects.filter(kind="sign_in.password_changed", actor=user).exists()


def test_nothing_else_works_before(town: Town) -> None:
    _user, client, _password = newcomer(town)

    assert client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    assert client.post(ACCOUNT, {}).url.startswith(CHANGE)
    assert client.get("/admin/second-factor/set-up/").url.startswith(CHANGE)


def test_an_issued_password_is_not_kept(town: Town) -> None:
    _user, client, password = newcomer(town)

    answer = change(client, password, password)

    assert "3 类" in answer.content.decode() or "最近" in answer.content.decode()
    assert not is_inside(client)


def test_after_ninety_days_it_is_changed(town: Town) -> None:
    user = town.editor("water")
    user.password_changed_at = timezone.now() - timedelta(days=91)
    user.save()
    client = Client()
    knock(client, user.username, user.username)

    page = client.get(HOME, follow=True)

    assert "密码已到期" in page.content.decode()


def test_an_old_password_is_no_way_round_the_second_factor(town: Town) -> None:
    user = town.editor("water")
    equip(user)
    password, client = issue(user), Client()
    knock(client, user.username, password)

    assert client.get(HOME).url.startswith("/admin/second-factor/?")
    assert change(client, password).url.startswith("/admin/second-factor/?")
    client.post("/admin/second-factor/", {"token": token_of(user)})
    assert client.get(HOME).url.startswith(CHANGE)
    change(client, password)
    assert is_inside(client)


def test_wrong_old_passwords_count(town: Town) -> None:
    _user, client, _password = newcomer(town)

    answers = [change(client, "wrong").status_code for _each in range(5)]

    assert answers == [200, 200, 200, 200, 429]


def test_the_other_sessions_end(town: Town) -> None:
    _user, client, password = newcomer(town)
    second = signed_in(_user)

    change(client, password)

    assert is_inside(client)
    assert not is_inside(second)


def test_who_is_appointed_with_a_new_account_changes_the_password(town: Town) -> None:
    administrator = town.administrator("education_office")
    data = {"person": "zhangsan 张三", "duty": "editor"}
    password = (
        signed_in(administrator)
        .post(reverse("people:people", args=[town.school.pk]), data)
        .context["appointed"]
        .password
    )
    client = Client()

    knock(client, "zhangsan", password)

    assert client.get(HOME).url.startswith(CHANGE)


def test_a_password_that_the_operator_sets_is_to_be_changed(town: Town, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    operator, user = make_person("root", is_superuser=True), town.editor("water")
    form = {
        "username": user.username, "email": user.email, "first_name": "示例", "last_name": "三", "is_active": "on",
        "password1": GOOD, "password2": GOOD,
    }  # fmt: skip

    signed_in(operator).post(reverse("wagtailusers_users:edit", args=[user.pk]), form)

    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert user.must_change_password


def account_form(client: Client, old: str, new: str) -> dict[str, Any]:
    """Return what the account page asks for, as it is, and the new password."""
    panels = [panel for panels in client.get(ACCOUNT).context["panels_by_tab"].values() for panel in panels]
    forms = [panel.get_form() for panel in panels]
    values = {
        form.add_prefix(name): form.get_initial_for_field(field, name)
        for form in forms
        for name, field in form.fields.items()
    }
    names = {"old_password": old, "new_password1": new, "new_password2": new}
    passwords = {f"password-{name}": value for name, value in names.items()}
    return (
        {name: value for name, value in values.items() if value not in (None, "")}
        | {"name_email-first_name": "示例三"}
        | passwords
    )


def test_the_account_page_changes_it_once_a_day(town: Town) -> None:
    user = town.editor("water")
    client = signed_in(user)

    first = client.post(ACCOUNT, account_form(client, user.username, GOOD))
    second = client.post(ACCOUNT, account_form(client, GOOD, BETTER))

    assert first.status_code == 302
    assert "过一天再改" in second.content.decode()
    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_the_account_page_is_no_place_to_guess(town: Town) -> None:
    user = town.editor("water")
    client = signed_in(user)
    form = account_form(client, "wrong", GOOD)

    answers = [client.post(ACCOUNT, form).status_code for _each in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert not is_inside(client)


def reset(user: User, new: str) -> Any:
    """Ask for the link, follow it, and set a password."""
    client = Client()
    client.post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    link = next(line for line in str(mail.outbox[-1].body).split() if "/confirm/" in line)
    form = client.get(link.removeprefix("http://localhost"), follow=True)
    return client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})


def test_a_reset_by_mail_is_no_way_round_the_second_factor(town: Town) -> None:
    user = town.editor("water")
    equip(user)

    answer = reset(user, GOOD)
    client = Client()
    knock(client, user.username, GOOD)

    assert answer.status_code == 302
    assert client.get(HOME).url.startswith("/admin/second-factor/?")
    assert Event.objects.filter(kind="sign_in.password_reset", actor=user).exists()


def test_a_reset_obeys_the_rules(town: Town) -> None:
    user = town.editor("water")

    answer = reset(user, "abcdefgh")

    assert "3 类" in answer.content.decode()


def test_a_reset_tells_nobody_whether_there_is_an_account(town: Town) -> None:
    known, unknown = (
        Client().post(reverse("wagtailadmin_password_reset"), {"email": email})
        for email in (town.editor("water").email, "nobody@example.org")
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


def test_who_asks_for_links_again_and_again_has_to_wait(town: Town) -> None:
    client = Client()
    answers = [
        client.post(reverse("wagtailadmin_password_reset"), {"email": "somebody@example.org"}).status_code
        for _each in range(6)
    ]

    assert answers == [302, 302, 302, 302, 302, 429]


def test_a_locked_account_stays_locked_after_a_reset(town: Town) -> None:
    user = town.editor("water")
    fail(Client(), user.username, 5)

    reset(user, GOOD)

    assert knock(Client(), user.username, GOOD).status_code == 429
