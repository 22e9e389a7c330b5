"""Remind administrators of tokens that are about to end: 30 days, 7 days and 1 day before, and when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authority import holders
from accounts.models import ApiToken, Duty, User
from blocks.writing import written_date
from ledger.events import record
from ledger.letters import Message, write

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page

STEPS = (0, 1, 7, 30)


def remind_of_tokens() -> int:
    """Write to whoever administers the organisation, each step once; return how many tokens were told of."""
    now = timezone.now()
    near = ApiToken.objects.filter(revoked_at=None, expires_at__lte=now + timedelta(days=STEPS[-1]))
    found = near.exclude(told_days=0).select_related("organisation", "acts_for").order_by("pk")
    return sum(_remind(token, now) for token in found)


@transaction.atomic
def _remind(token: ApiToken, now: datetime) -> bool:
    left = token.expires_at - now
    step = next(days for days in STEPS if left <= timedelta(days=days))
    if token.told_days is not None and token.told_days <= step:
        return False
    token.told_days = step
    token.save(update_fields=["told_days"])
    names = {"place": token.organisation.title, "name": token.name, "until": written_date(token.expires_at)}
    if step:
        text = _("“%(place)s”的接口令牌“%(name)s”将于%(until)s到期") % names
        body = _("还要用，请打开令牌更换密钥、延长有效期；不用了，请收回。")
    else:
        text = _("“%(place)s”的接口令牌“%(name)s”已经到期") % names
        body = _("使用它的系统已不能读写；还要用，请更换密钥并定新的有效期。")
        record("token.expired", token, token=token.key)
    people = set(User.objects.filter(pk__in=_administrators(token.organisation)))
    people |= {token.acts_for} if token.acts_for is not None else set()
    address = reverse("tokens:token", args=[token.pk])
    write(people, Message("token.ending", text, body, address, organisation=token.organisation))
    return True


def _administrators(organisation: Page) -> set[int]:
    """Return who administers the organisation, or the nearest one above that anybody administers."""
    for place in organisation.get_ancestors(inclusive=True).order_by("-depth"):
        if found := holders(place, [Duty.ADMINISTRATOR]):
            return found
    return set()
