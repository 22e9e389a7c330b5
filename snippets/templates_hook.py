"""What installed industry templates bring for this room: catalogues and kinds of services.

The declaration itself (`IndustryTemplate`) lives in `pages`; here only the hook is asked, by name.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

# DB21/T 2175.5 §4.1.2: 查询类、预约类、缴费类、登记备案类（等）. A template may bring more.
SERVICE_CLASSES: tuple[tuple[str, Any], ...] = (
    ("query", _("查询")),
    ("appointment", _("预约")),
    ("payment", _("缴费")),
    ("registration", _("登记备案")),
)


def installed_templates() -> list[Any]:
    """Return the declarations of all installed industry templates, in order of registration."""
    return [declare() for declare in hooks.get_hooks("register_industry_template")]


def catalogue_choices() -> list[tuple[str, str]]:
    """Return code and title of every catalogue that an installed template brings."""
    return [
        (catalogue.code, catalogue.title) for template in installed_templates() for catalogue in template.catalogues
    ]


def service_class_choices() -> list[tuple[str, Any]]:
    """Return the four statutory classes and those of the templates, each once."""
    choices = dict(SERVICE_CLASSES)
    for template in installed_templates():
        for code, label in template.service_kinds:
            choices.setdefault(code, label)
    return list(choices.items())
