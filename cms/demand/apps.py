"""App configuration of the demand."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandConfig(AppConfig):
    """Counts of what is read and searched."""

    name = "cms.demand"
    label = "demand"
    verbose_name = _("公众需求")
    default_auto_field = "django.db.models.BigAutoField"
