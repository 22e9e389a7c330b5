"""The door of the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class DeskLoginForm(LoginForm):
    """Wagtail's form with labels: it takes one of them from the name of the field, in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("密码")
        self.fields["remember"].label = _("记住我")
