"""Help for whoever is locked out or has lost the telephone: by an administrator above, or by the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.authority import grants
from accounts.models import Appointment
from accounts.second_factor import remove
from ledger.events import record
from ledger.letters import Message, write

from ..people.reach import may_appoint_at
from .lockout import home_of

if TYPE_CHECKING:
    from accounts.models import User


def may_help(helper: Any, person: User) -> bool:
    """May this one open the door for that one: an administrator above *every* organisation that counts on the person?

    Else whoever appoints somebody from above to a unit of his own could take that one's second factor away. Where the
    person stands in for somebody counts too.
    """
    if helper == person or not helper.is_active:
        return False
    if helper.is_superuser:
        return True
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()), user=person)
    places = [*Page.objects.filter(pk__in=held.values("organisation")), *(grant.page for grant in grants(person))]
    return bool(places) and not person.is_superuser and all(may_appoint_at(helper, place) for place in places)


@transaction.atomic
def reset_second_factor(person: User, by: Any = None) -> bool:
    """Take it away and tell the person; False if there was none. Sessions that showed it end."""
    if not remove(person):
        return False
    record("sign_in.second_factor_reset", person, organisation=home_of(person), actor=by)
    body = _("管理员已重置您的两步验证，原设备和恢复码作废。如果不是您要求的，请立即联系上级管理员。")
    write(
        [person],
        Message("sign_in.second_factor_reset", _("您的两步验证已被重置"), body, "/admin/second-factor/device/"),
    )
    return True
