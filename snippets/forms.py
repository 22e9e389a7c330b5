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
        if self._was_public_elsewhere(provider):
            raise ValidationError(
                _("这个服务项目公开过，不能改换提供单位；请由原单位申请撤下，再由新的单位另行登记、提交审核。")
            )
        return provider

    def _was_public_elsewhere(self, provider: Any) -> bool:
        """Was it public for another provider? The stored row counts, not a draft of it."""
        stored = self._meta.model._base_manager.filter(pk=self.instance.pk).first()
        if stored is None or stored.provider_id is None or not (stored.live or stored.first_published_at):
            return False
        return bool(provider is None or provider.pk != stored.provider_id)
