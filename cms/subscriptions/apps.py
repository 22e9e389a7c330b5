"""App configuration of the subscriptions."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubscriptionsConfig(AppConfig):
    """Mail to citizens who asked for it."""

    name = "cms.subscriptions"
    label = "subscriptions"
    verbose_name = _("邮件订阅")
    default_auto_field = "django.db.models.BigAutoField"
