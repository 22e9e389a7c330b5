"""App configuration of the joint search: registers its policy, before wagtail.snippets gets ready."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JointConfig(AppConfig):
    """Search inside and outside of the site."""

    name = "cms.joint"
    label = "joint"
    verbose_name = _("联合检索")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register who keeps the sources: the portal's administrators and the operator; nobody else sees them."""
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (models are loaded only now)

        from accounts.policies import OperatorPolicy  # noqa: PLC0415

        from .models import OutsideSource  # noqa: PLC0415

        register_permission_policy(OutsideSource, OperatorPolicy(OutsideSource, reads=frozenset()))
