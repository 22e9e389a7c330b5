"""What a password must be; each rule says itself what it wants. Django asks them wherever one is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, is_password_usable
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import UsedPassword

if TYPE_CHECKING:
    from collections.abc import Callable

    from .models import User

CLASSES: tuple[Callable[[str], bool], ...] = (
    lambda character: character.isascii() and character.isdigit(),
    lambda character: character.isascii() and character.islower(),
    lambda character: character.isascii() and character.isupper(),
    lambda character: not (character.isascii() and character.isalnum()),
)


class LengthValidator(MinimumLengthValidator):
    """Django's, whose words nobody has put into Chinese."""

    def get_error_message(self) -> str:
        """Say it."""
        return _("密码太短，至少 %(length)d 位。") % {"length": self.min_length}

    def get_help_text(self) -> str:
        """Say it."""
        return _("密码至少 %(length)d 位。") % {"length": self.min_length}


class ClassesValidator:
    """Characters of several classes: figures, small letters, capital letters, others."""

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when there are too few."""
        if sum(any(map(belongs, password)) for belongs in CLASSES) < self.classes:
            raise ValidationError(self.get_help_text(), "password_classes")

    def get_help_text(self) -> str:
        """Say it."""
        return _("密码须含数字、小写字母、大写字母、其他符号中的 %(classes)d 类。") % {"classes": self.classes}


class HistoryValidator:
    """Not the present one nor one of the last; remembers what a new one takes the place of."""

    def __init__(self, remembered: int = 5) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password that was used."""
        if user is None or not user.pk or not self.remembered:
            return
        used = UsedPassword.objects.filter(user=user).values_list("password", flat=True)[: self.remembered - 1]
        if any(check_password(password, each) for each in (user.password, *used)):
            raise ValidationError(self.get_help_text(), "password_used")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Remember the replaced one, and forget the oldest. Called by Django when a new one has been saved."""
        if user is None or not user.replaced_password or not is_password_usable(user.replaced_password):
            return
        UsedPassword.objects.create(user=user, password=user.replaced_password)
        kept = UsedPassword.objects.filter(user=user).values_list("pk", flat=True)[: max(self.remembered - 1, 0)]
        UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
        user.replaced_password = ""

    def get_help_text(self) -> str:
        """Say it."""
        return _("密码不能与最近 %(remembered)d 次用过的相同。") % {"remembered": self.remembered}
