"""Passwords: of several classes, not one of the last, issued ones to be changed, and good for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import UsedPassword, User
from accounts.passwords import is_change_due, is_too_fresh, issue
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(settings: Any) -> Any:
    settings.PASSWORD_CHANGE_REQUIRED = True
    return settings


def changed(user: User, *passwords: str) -> User:
    for password in passwords:
        user.set_password(password)
        user.save()
    return user


@pytest.mark.parametrize("password", ["Xqzmdef12", "abcd_123", "ABCD_efg", "办公室Ab1办公室"])
def test_three_classes_of_characters_are_enough(password: str) -> None:
    validate_password(password, make_person("zhangsan"))


@pytest.mark.parametrize(
    ("password", "words"),
    [("abcdefg1", "其中|3 类"), ("Ab1_", "至少 8 位"), ("Zhangsan1", "相似"), ("Passw0rd", "常见")],
)
def test_a_weak_password_is_refused_in_words(password: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        validate_password(password, make_person("zhangsan"))


def test_the_last_five_passwords_do_not_come_back() -> None:
    user = changed(make_person("lisi"), "Jade-tree-1", "Jade-tree-2", "Jade-tree-3", "Jade-tree-4", "Jade-tree-5")

    for number in range(1, 6):
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password(f"Jade-tree-{number}", user)


def test_older_ones_are_forgotten() -> None:
    user = changed(make_person("lisi"), *(f"Jade-tree-{number}" for number in range(1, 9)))

    validate_password("Jade-tree-3", user)
    assert UsedPassword.objects.filter(user=user).count() == 4


def test_only_hashes_are_kept() -> None:
    user = changed(make_person("lisi"), "Jade-tree-1", "Jade-tree-2")

    kept = UsedPassword.objects.filter(user=user).values_list("password", flat=True)
    assert not [each for each in kept if "Jade" in each]


def test_an_issued_password_works_and_must_be_changed(rules: Any) -> None:
    user = make_person("lisi")

    password = issue(user)

    user.refresh_from_db()
    assert user.check_password(password)
    assert is_change_due(user)
    assert not is_change_due(changed(user, "Jade-tree-1"))


def test_a_password_is_good_for_ninety_days(rules: Any) -> None:
    user = make_person("lisi")

    user.password_changed_at = timezone.now() - timedelta(days=89)
    assert not is_change_due(user)
    user.password_changed_at = timezone.now() - timedelta(days=91)
    assert is_change_due(user)


def test_who_does_not_force_it_does_not_hear_of_it(settings: Any) -> None:
    user = make_person("lisi", must_change_password=True)

    assert not is_change_due(user)


def test_a_password_just_changed_is_not_changed_again(rules: Any) -> None:
    user = changed(make_person("lisi"), "Jade-tree-1")

    assert is_too_fresh(user)
    issue(user)
    assert not is_too_fresh(user)


def test_a_better_hash_of_the_same_password_is_no_change(rules: Any, settings: Any) -> None:
    user = make_person("lisi", must_change_password=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]

    assert user.check_password("lisi")

    user.refresh_from_db()
    assert user.password.startswith("pbkdf2")
    assert user.must_change_password
    assert not UsedPassword.objects.exists()
