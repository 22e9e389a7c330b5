"""Wagtail's permission policies, answered from the appointments: no groups, and nobody holds `publish`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Collection, Page, Site
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from .authority import grants, roots, within
from .models import Appointment, Duty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What each duty may do with pages. `publish` is on nobody's list: only the finishing action of a workflow publishes.
# Whose duty is not in these tables (the auditor) sees and does nothing with content.
PAGE_ACTIONS: dict[str, frozenset[str]] = {
    Duty.EDITOR: frozenset({"add", "change"}),
    Duty.REVIEWER: frozenset({"change", "lock", "unlock"}),
    Duty.ADMINISTRATOR: frozenset({"add", "change"}),
}
# What each duty may do with what an organisation owns: images, documents, service items.
OWNED_ACTIONS: dict[str, frozenset[str]] = {
    Duty.EDITOR: frozenset({"add", "change", "delete", "choose", "view"}),
    Duty.REVIEWER: frozenset({"choose", "view"}),
    Duty.ADMINISTRATOR: frozenset({"add", "change", "delete", "choose", "view"}),
}
# Superusers, who may everything else, neither.
FOR_NOBODY = frozenset({"publish"})


def duties_for(actions: Iterable[str], table: dict[str, frozenset[str]]) -> list[str]:
    """Return the duties that allow at least one of the actions."""
    wanted = set(actions)
    return [duty for duty, allowed in table.items() if wanted & allowed]


@dataclass(frozen=True)
class _Codename:
    codename: str


@dataclass(frozen=True)
class _PagePermission:
    """What Wagtail's page permission tester reads of a GroupPagePermission, and no more."""

    page: Page
    permission: _Codename

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


def _appointed(duties: list[str], pages: QuerySet[Any] | None = None) -> QuerySet[Any]:
    appointments = Appointment.objects.in_force(timezone.localdate()).filter(duty__in=duties)
    if pages is not None:
        appointments = appointments.filter(organisation__translation_key__in=pages.values("translation_key"))
    return appointments.values("user")


def _users(condition: Q, include_superusers: bool = True) -> QuerySet[Any]:
    if include_superusers:
        condition |= Q(is_superuser=True)
    return get_user_model()._default_manager.filter(condition, is_active=True)


class AppointmentPagePolicy(PagePermissionPolicy):
    """Page permissions from appointments; flat for a person with hundreds of organisations."""

    def get_all_permissions_for_user(self, user: Any) -> Any:
        """Return duck-typed permissions, one per node × action (read by Wagtail's PagePermissionTester)."""
        if user.is_superuser:
            return []
        return [
            _PagePermission(grant.page, _Codename(self._get_permission_codename(action)))
            for grant in grants(user)
            for action in sorted(PAGE_ACTIONS.get(grant.duty, ()))
        ]

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the pages below the user's nodes, as one condition on path prefixes."""
        if (base := self._base_queryset_for_user(user)) is not None:
            return base
        return self.model._default_manager.filter(within(roots(user, duties_for(actions, PAGE_ACTIONS))))

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        """Return each appointed node once."""
        if user.is_superuser:
            return super().instances_with_direct_explore_permission(user)
        return list({grant.page.pk: grant.page for grant in grants(user) if grant.duty in PAGE_ACTIONS}.values())

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """Return what lies below the user's nodes and the ancestors that lead there.

        Ancestors are named by their exact paths (at most one per depth and node), so the condition stays one
        `IN` list instead of one subquery per node.
        """
        if (base := self._base_queryset_for_user(user)) is not None:
            return base
        if not roots(user, PAGE_ACTIONS):
            return self.model._default_manager.none()
        return self.model._default_manager.filter(self.explorable(user))

    def explorable(self, user: Any) -> Q:
        """Return the condition "below the person's nodes, or on the way to them"."""
        prefixes = roots(user, PAGE_ACTIONS)
        top = self.explorable_root_instance(user)
        step = Page.steplen
        ancestors = {
            prefix[:end]
            for prefix in prefixes
            for end in range(step, len(prefix), step)
            if top and len(prefix[:end]) >= len(top.path)
        }
        return within(prefixes) | Q(path__in=sorted(ancestors))

    def users_with_any_permission(self, actions: Iterable[str], include_superusers: bool = True) -> QuerySet[Any]:
        """Return the people who hold one of the actions anywhere."""
        return _users(Q(pk__in=_appointed(duties_for(actions, PAGE_ACTIONS))), include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, include_superusers: bool = True
    ) -> QuerySet[Any]:
        """Return the people whose appointment reaches this page."""
        ancestors = instance.get_ancestors(inclusive=True)
        return _users(Q(pk__in=_appointed(duties_for(actions, PAGE_ACTIONS), ancestors)), include_superusers)


class OwnedPolicy(BasePermissionPolicy):
    """Permissions on whatever an organisation owns, through the foreign key named by `field`."""

    def __init__(self, model: Any, field: str) -> None:
        super().__init__(model)
        self.field = field

    def user_has_permission(self, user: Any, action: str) -> bool:
        """May this person do so with anything at all?"""
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """May this person do one of these with anything at all?"""
        allowed = set(actions) - FOR_NOBODY
        if not user.is_active or not allowed:
            return False
        return bool(user.is_superuser or roots(user, duties_for(allowed, OWNED_ACTIONS)))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """May this person do so with this one?"""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """Is this one owned by an organisation within the person's reach? What nobody owns is the operator's."""
        allowed = set(actions) - FOR_NOBODY
        if not user.is_active or not allowed:
            return False
        owner = getattr(instance, self.field)
        reach = roots(user, duties_for(allowed, OWNED_ACTIONS))
        return bool(user.is_superuser or (owner and any(owner.path.startswith(prefix) for prefix in reach)))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Return what is owned within the person's reach."""
        objects = self.model._default_manager
        allowed = set(actions) - FOR_NOBODY
        if not user.is_active or not allowed:
            return objects.none()
        if user.is_superuser:
            return objects.all()
        return objects.filter(self.reached(user, allowed))

    def reached(self, user: Any, actions: Iterable[str]) -> Q:
        """Return the condition "owned within the person's reach"."""
        return within(roots(user, duties_for(actions, OWNED_ACTIONS)), self.field)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the people who hold one of the actions anywhere."""
        return _users(Q(pk__in=_appointed(duties_for(actions, OWNED_ACTIONS))))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        """Return the people whose appointment reaches the owner."""
        owner = getattr(instance, self.field)
        ancestors = owner.get_ancestors(inclusive=True) if owner else Page.objects.none()
        return _users(Q(pk__in=_appointed(duties_for(actions, OWNED_ACTIONS), ancestors)))


class OwnedMediaPolicy(OwnedPolicy):
    """Images and documents: owned like the rest, all in the root collection (collections carry no rights here).

    `is_used` says whether something rests on an image or document: that is deleted by nobody.
    """

    def __init__(self, model: Any, field: str, is_used: Callable[[Any], bool] = lambda instance: False) -> None:
        super().__init__(model, field)
        self.is_used = is_used

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """Keep what is in use, whoever asks; otherwise the owner decides."""
        wanted = set(actions)
        if "delete" in wanted and self.is_used(instance):
            wanted.discard("delete")
        return super().user_has_any_permission_for_instance(user, wanted, instance)

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the root collection to whoever may do one of these."""
        allowed = self.user_has_any_permission(user, actions)
        return Collection.objects.filter(depth=1) if allowed else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """Return the root collection to whoever may do this."""
        return self.collections_user_has_any_permission_for(user, [action])


class NobodyPolicy(BasePermissionPolicy):
    """What follows from the code alone and nobody changes on a screen, superusers included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Nobody."""
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Nobody."""
        return get_user_model()._default_manager.none()


class OperatorPolicy(BasePermissionPolicy):
    """Reference data of the whole city: read by all, written by the operator and the portal's administrators."""

    def __init__(self, model: Any, reads: frozenset[str] = frozenset({"view", "choose"})) -> None:
        super().__init__(model)
        self.reads = reads

    def _runs_the_portal(self, user: Any) -> bool:
        return any(grant.duty == Duty.ADMINISTRATOR and grant.page.depth == PORTAL_DEPTH for grant in grants(user))

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Reading is for whoever works on content; writing for the operator and the portal's administrators."""
        if not user.is_active:
            return False
        if user.is_superuser or self._runs_the_portal(user):
            return True
        return action in self.reads and bool(roots(user, PAGE_ACTIONS))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """One of them is enough."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Every row is alike."""
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """Every row is alike."""
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """All rows or none."""
        objects = self.model._default_manager
        return objects.all() if self.user_has_any_permission(user, actions) else objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the appointed people who may."""
        if set(actions) & self.reads:
            return _users(Q(pk__in=_appointed(list(PAGE_ACTIONS))))
        portals = Page.objects.filter(depth=PORTAL_DEPTH)
        return _users(Q(pk__in=_appointed([Duty.ADMINISTRATOR], portals)))

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        """Every row is alike."""
        return self.users_with_any_permission(actions)


class SitePolicy(OperatorPolicy):
    """Settings of a site; Wagtail asks for the sites first."""

    def sites_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """All sites or none."""
        return Site.objects.all() if self.user_has_any_permission(user, actions) else Site.objects.none()

    def sites_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        """All sites or none."""
        return self.sites_user_has_any_permission_for(user, [action])


# The portal stands directly under Wagtail's root page.
PORTAL_DEPTH = 2
