"""Help for whoever has lost the telephone: by an administrator above (cms.people.subtree), or by the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.second_factor import remove
from ledger.events import record
from ledger.letters import Message, write

from .lockout import home_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def reset_second_factor(person: User, by: Any = None) -> bool:
    """Take it away and tell the person; False if there was none. Sessions that showed it end."""
    if not remove(person):
        return False
    record("sign_in.second_factor_reset", person, organisation=home_of(person), actor=by)
    body = _("管理员已重置您的两步验证，原设备和恢复码作废。如果不是您要求的，请立即联系上级管理员。")
    title, page = _("您的两步验证已被重置"), reverse("sign_in:device")
    write([person], Message("sign_in.second_factor_reset", title, body, page))
    return True
