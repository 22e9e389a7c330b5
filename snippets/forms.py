"""Forms of the snippets."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from accounts.tiers import tier_of

from .screening.forms import ScreenedForm


class ServiceItemForm(ScreenedForm):
    """A service item stays within the reach of whoever edits it."""

    def clean_provider(self) -> Any:
        """Refuse a provider outside the person's reach: no item for others, no re-homing."""
        provider = self.cleaned_data.get("provider")
        policy = policy_registry.get_by_type(self._meta.model)
        user = getattr(self, "for_user", None)
        probe = self._meta.model(provider=provider)
        if user is not None and not policy.user_has_any_permission_for_instance(user, {"add", "change"}, probe):
            raise ValidationError(_("只能为您任职的单位及其下级登记服务项目。"))
        if provider is not None and tier_of(provider) is None:
            raise ValidationError(_("提供单位须是一个单位，不能是公开信息等其他页面。"))
        return provider
