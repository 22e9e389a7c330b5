"""Which office acts for something that is public, and which looks at the act afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from accounts.authority import grants, holders
from accounts.models import Duty

from .routes import Route

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


# Who works on what is public; an auditor only looks.
WORKING = (Duty.EDITOR, Duty.REVIEWER, Duty.ADMINISTRATOR)


def nearest_first(organisation: Any) -> list[Any]:
    """Return an organisation and those above it, up to the portal."""
    return list(reversed(organisation.specific_deferred.chain))


def office_of(subject: Any, user: Any) -> Any:
    """Return the nearest office, the own one or one above, for which this person reviews; None without one."""
    reviewed = {grant.page.translation_key for grant in grants(user) if grant.duty == Duty.REVIEWER}
    organisation = subject.responsible_organisation
    if not reviewed or organisation is None:
        return None
    return next((each for each in nearest_first(organisation) if each.translation_key in reviewed), None)


def is_own(subject: Any, office: Any) -> bool:
    """Is this the organisation that answers for it, rather than a superior?"""
    return bool(office.pk == subject.responsible_organisation.pk)


def able(offices: Iterable[Any], barred: Collection[int]) -> Route:
    """Return the first office with a reviewer who is not barred; where nobody is, the last one waits for somebody."""
    listed = list(offices)
    found = next((each for each in listed if holders(each, [Duty.REVIEWER]) - set(barred)), None)
    if found is None:
        return Route(listed[-1], _("暂无可复核的人员，等待“%(name)s”任命审核员。") % {"name": listed[-1].title})
    if found.pk != listed[0].pk:
        names = {"own": listed[0].title, "name": found.title}
        return Route(found, _("“%(own)s”无可复核的人员，由上级“%(name)s”复核。") % names)
    return Route(found)


def reviewers(office: Any, barred: Collection[int] = ()) -> Any:
    """Return the people who may act for an office."""
    ids = holders(office, [Duty.REVIEWER]) - set(barred)
    return get_user_model()._default_manager.filter(pk__in=ids, is_active=True)


def people(*ids: int | None) -> Any:
    """Return the people of these numbers."""
    return get_user_model()._default_manager.filter(pk__in=[pk for pk in ids if pk is not None], is_active=True)
