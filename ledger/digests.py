"""The digest: one mail in the morning of a workday to whoever has asked for it, never an empty one."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from .kinds import area_label
from .models import DIGEST, Letter, MailState
from .outbox import absolute, send_soon

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

HOUR = 8


def closing_time(now: datetime) -> datetime | None:
    """Return until when today's digest reaches; None while it is too early. What comes later waits for the next."""
    eight = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return eight if now >= eight else None


def write_digests(until: datetime) -> int:
    """Write to everybody one mail about what was written before a moment; return how many."""
    waiting = Letter.objects.filter(mail=MailState.DIGEST, written_at__lt=until)
    people = waiting.order_by().values_list("recipient", flat=True).distinct()
    return sum(_write_digest(person, until) for person in list(people))


@transaction.atomic
def _write_digest(recipient_id: int, until: datetime) -> bool:
    """Write one person's digest; what was read or settled meanwhile is left out, and nothing is sent of nothing."""
    waiting = Letter.objects.filter(recipient=recipient_id, mail=MailState.DIGEST, written_at__lt=until)
    letters = list(waiting.select_for_update(of=("self",)).select_related("recipient__wagtail_userprofile"))
    news = [letter for letter in letters if letter.read_at is None and letter.settled_at is None]
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(mail=MailState.NONE)
    if not news or not (news[0].recipient.is_active and news[0].recipient.email):
        return False
    Letter.objects.filter(pk__in=[letter.pk for letter in news]).update(mail=MailState.SENT)
    profile = getattr(news[0].recipient, "wagtail_userprofile", None)
    with override((profile.preferred_language if profile else "") or settings.LANGUAGE_CODE):
        count = len(news)
        words = ngettext("%(count)d 条未读通知", "%(count)d 条未读通知", count) % {"count": count}
        body = "\n".join([_("您有%(words)s：") % {"words": words}, *_lines(news)])
    Letter.objects.create(
        recipient_id=recipient_id, kind=DIGEST, subject=words, body=body, read_at=timezone.now(), mail=MailState.WAITING
    )
    transaction.on_commit(partial(send_soon.enqueue), robust=True)
    return True


def _lines(letters: list[Letter]) -> Iterator[str]:
    """Yield what there is, by area and organisation; what waits for a decision comes first in each."""
    ordered = sorted(
        letters, key=lambda each: (area_label(each.kind), each.organisation, not each.must_act, each.written_at)
    )
    for area, of_area in groupby(ordered, key=lambda each: area_label(each.kind)):
        yield f"\n【{area}】"
        for organisation, of_organisation in groupby(of_area, key=lambda each: each.organisation):
            if organisation:
                yield f"〔{organisation}〕"
            for letter in of_organisation:
                yield f"· {letter.subject}" + (_("（需要您处理）") if letter.must_act else "")
                if letter.url:
                    yield f"  {absolute(letter.url)}"
