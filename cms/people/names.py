"""How a person is named in a form: "username", or "username 姓名" for a new account."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

USERNAME = re.compile(r"[\w.@+-]{1,150}", re.ASCII)
NAME_LENGTH = 150
HELP = _("已有账号填用户名；新账号填“用户名 姓名”，例如：zhangsan 张三。")


class PersonField(forms.CharField):
    """A person; white space of any kind is one blank."""

    default_error_messages = {
        "username": _("用户名只能用字母、数字和 @ . + - _。"),
        "name": _("姓名太长。"),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """Look like every field of our screens."""
        return {**super().widget_attrs(widget), "class": "input"}

    def clean(self, value: object) -> str:
        """Check the user name and the length of the name."""
        name = " ".join(str(super().clean(value)).replace("　", " ").split())
        username, _separator, full_name = name.partition(" ")
        if name and not USERNAME.fullmatch(username):
            raise ValidationError(self.error_messages["username"], "username")
        if len(full_name) > NAME_LENGTH:
            raise ValidationError(self.error_messages["name"], "name")
        return name
