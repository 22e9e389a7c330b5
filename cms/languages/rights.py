"""Who translates what: whoever writes the source may have it translated, page by page, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import policy_registry

from snippets.models import ServiceItem

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail_localize.models import Translation


def may_edit(user: Any, instance: Any) -> bool:
    """May this person change this very page or item? wagtail-localize asks about all snippets of a kind at once."""
    if isinstance(instance, Page):
        return bool(instance.permissions_for_user(user).can_edit())
    policy = policy_registry.get_by_type(type(instance))
    return bool(policy.user_has_permission_for_instance(user, "change", instance))


def may_translate(user: Any, source: Any) -> bool:
    """May this person write what this is the source of? A reviewer reads and decides; he does not write."""
    policy = policy_registry.get_by_type(type(source))
    return all(policy.user_has_permission_for_instance(user, action, source) for action in ("add", "change"))


def within_reach(translations: QuerySet[Translation], user: Any) -> QuerySet[Translation]:
    """Keep the translations whose source this person may change."""
    if user.is_superuser:
        return translations
    reach = Q()
    for model in (Page, ServiceItem):
        mine = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, {"change"})
        reach |= Q(source__object_id__in=mine.order_by().values("translation_key"))
    return translations.filter(reach)
