"""Write to a unit and its superior when something of it goes down or recovers: one letter, whatever the number."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from wagtail.models import Page

from accounts.authority import holders_at
from accounts.models import Duty, User
from ledger.letters import Message, write
from snippets.models import HealthState, ItemHealth

from .reasons import reason_words

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of what goes up and down all the time, people hear once a day.
QUIET = timedelta(hours=24)
UNIT_DUTIES = (Duty.EDITOR, Duty.ADMINISTRATOR)
SUPERIOR_DUTIES = (Duty.REVIEWER, Duty.ADMINISTRATOR)
KINDS = {HealthState.DOWN: "service.went_down", HealthState.WORKING: "service.recovered"}


def tell() -> int:
    """Write about what nobody has been told; return how many organisations were written to."""
    told = 0
    for state, rows in _untold().items():
        for organisation, mine in _by_organisation(rows).items():
            _write(organisation, state, mine)
            told += 1
    return told


def _untold() -> dict[HealthState, list[ItemHealth]]:
    quiet = Q(told_at__gt=timezone.now() - QUIET)
    down = ItemHealth.objects.filter(state=HealthState.DOWN).exclude(told=HealthState.DOWN).exclude(quiet)
    back = ItemHealth.objects.filter(state=HealthState.WORKING, told=HealthState.DOWN)
    joined = ("item__provider", "item__industry")
    return {
        HealthState.DOWN: list(down.select_related(*joined)),
        HealthState.WORKING: list(back.select_related(*joined)),
    }


def _by_organisation(rows: Iterable[ItemHealth]) -> dict[Page, list[ItemHealth]]:
    found: dict[Page, list[ItemHealth]] = defaultdict(list)
    for row in rows:
        organisation = row.item.responsible_organisation
        if organisation is not None:
            found[organisation].append(row)
    return found


def _write(organisation: Page, state: HealthState, rows: list[ItemHealth]) -> None:
    """Write one letter about all of them, and note that it was written, in one transaction."""
    now = timezone.now()
    with transaction.atomic():
        keys = [row.pk for row in rows]
        locked = ItemHealth.objects.select_for_update().filter(pk__in=keys, state=state).exclude(told=state)
        still = set(locked.values_list("pk", flat=True))
        mine = [row for row in rows if row.pk in still]
        if mine:
            write(recipients(organisation), _message(organisation, state, mine))
            ItemHealth.objects.filter(pk__in=still).update(told=state, told_at=now)


def recipients(organisation: Page) -> list[User]:
    """Return the unit's people and those of its superior, the next one upward where nobody is appointed there."""
    above = list(organisation.get_ancestors().filter(depth__gte=PORTAL_DEPTH).order_by("-depth"))
    unit = holders_at([organisation], UNIT_DUTIES)[organisation.pk]
    held = holders_at(above, SUPERIOR_DUTIES)
    superior: set[int] = next((held[each.pk] for each in above if held[each.pk]), set())
    return list(User.objects.filter(pk__in=unit | superior))


# The portal stands directly under Wagtail's root page.
PORTAL_DEPTH = 2


def _message(organisation: Page, state: HealthState, rows: list[ItemHealth]) -> Message:
    return Message(
        kind=KINDS[state],
        subject=lazy(_subject, str)(organisation.title, state, rows),
        body=lazy(_body, str)(state, rows),
        url=f"{reverse('service_health:list')}?state={state.value}",
        organisation=organisation,
    )


def _subject(title: str, state: HealthState, rows: list[ItemHealth]) -> str:
    named: dict[str, Any] = {"unit": title, "title": rows[0].item.title, "count": len(rows)}
    if state == HealthState.DOWN:
        one = gettext("%(unit)s：“%(title)s”网上办理不通")
        many = gettext("%(unit)s：%(count)d 项在线服务网上办理不通")
    else:
        one = gettext("%(unit)s：“%(title)s”网上办理已恢复")
        many = gettext("%(unit)s：%(count)d 项在线服务网上办理已恢复")
    return (one if len(rows) == 1 else many) % named


def _body(state: HealthState, rows: list[ItemHealth]) -> str:
    lines = [gettext("“%(title)s”") % {"title": row.item.title} for row in rows]
    if state != HealthState.DOWN:
        return "\n".join([*lines, gettext("指南上的提示已自动撤去。")])
    lines = [
        gettext("“%(title)s”：%(reason)s") % {"title": row.item.title, "reason": reason_words(row.reason)}
        for row in rows
    ]
    advice = gettext(
        "指南已自动改为请公众打电话或到现场办理。请核对办理链接；如属计划内维护，请在“在线服务运行情况”中登记。"
    )
    return "\n".join([*lines, advice])
