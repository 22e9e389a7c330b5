"""What the mails say: in plain text, in the language of who asked, with a link to end it in each."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Case, F, Q, When
from django.http import QueryDict
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.delivery.traditional import SCRIPT_PREFIX
from cms.mine.choice import chosen
from cms.mine.reading import OUTAGES, records_of
from ledger.outbox import absolute
from pages.models import NoticeState, PublicationRecord
from pages.presentation.times import until, when
from rules.han import to_traditional

from .links import confirm_token, out_token
from .titles import Titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from .models import Subscription

TRADITIONAL = "zh-hant"
SHOWN = 50


@contextmanager
def spoken(subscription: Subscription) -> Iterator[Callable[[str], str]]:
    """Speak the language of a subscription; yield what makes the whole address of a path in it."""
    is_traditional = subscription.language == TRADITIONAL
    # A request that is under way, or was the last in this thread, may have stood below a prefix of its own.
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        with override(settings.LANGUAGE_CODE if is_traditional else subscription.language):
            yield lambda path: absolute(f"{SCRIPT_PREFIX if is_traditional else ''}{path}")
    finally:
        set_script_prefix(prefix)


def confirmation(subscription: Subscription, address: str) -> EmailMessage:
    """Ask whether the owner of an address wants this."""
    with spoken(subscription) as whole:
        parts = [
            _("有人（大概是您）请求把“我的行业”的新公开发到这个邮箱。确认请在 48 小时内打开："),
            whole(reverse("mine_confirm", args=[confirm_token(subscription)])),
            _("选择的内容：") + "\n" + whole(f"{reverse('mine')}?{subscription.choice}"),
            _("不是您请求的，不用理会：不确认就不会再收到邮件，这个邮箱 48 小时后从本站删除。"),
        ]
        return _mail(subscription, address, _("请确认订阅“我的行业”"), parts)


def digest_of(subscription: Subscription, address: str, since: datetime) -> EmailMessage | None:
    """Tell what became public since then, outages first; None where nothing did."""
    with spoken(subscription) as whole:
        records = news(subscription, since)
        if not records:
            return None
        number, titles = len(records), Titles(records)
        words = ngettext("%(number)d 条新公开", "%(number)d 条新公开", number) % {"number": number}
        url = f"{reverse('mine')}?{subscription.choice}"
        more = [_("还有更多，见“我的行业”。")] if number == SHOWN else []
        ends = (subscription.confirmed_at or since) + timedelta(days=settings.SUBSCRIPTION_DAYS)
        parts = [
            *(_line(record, titles, whole) for record in records),
            *more,
            _("我的行业：") + "\n" + whole(url),
            _("订阅到%(date)s为止，到期可再订。") % {"date": date_format(timezone.localtime(ends), "DATE_FORMAT")},
        ]
        return _with_way_out(subscription, address, _("我的行业：%(words)s") % {"words": words}, parts, whole)


def alert_of(subscription: Subscription, address: str, records: list[int], now: datetime) -> EmailMessage | None:
    """Tell outages at once, the newest first; None where none of them is public and to come any more."""
    with spoken(subscription) as whole:
        found = PublicationRecord.objects.filter(pk__in=records, is_public=True, page__noticepage__isnull=False)
        public: list[Any] = list(
            found.select_related("organisation", "page__noticepage").order_by("-first_published_at", "-pk")
        )
        if all(record.page.noticepage.state_at(now) == NoticeState.OVER for record in public):
            return None
        titles = Titles(public)
        first, number = titles.of(public[0]), len(public)
        words = _("%(title)s等 %(number)d 条") % {"title": first, "number": number} if number > 1 else first
        parts = [
            *(_outage(record, titles, whole, now) for record in public),
            _("我的行业：") + "\n" + whole(f"{reverse('mine')}?{subscription.choice}"),
            _("停供、抢修当天即告，一天至多 %(most)d 封，其余的列在定期的信里。")
            % {"most": settings.SUBSCRIPTION_ALERTS_PER_DAY},
        ]
        return _with_way_out(subscription, address, _("停供抢修：%(words)s") % {"words": words}, parts, whole)


def news(subscription: Subscription, since: datetime) -> list[Any]:
    """Return what became public since then of the choice and was not told at once, outages first, then the newest."""
    choice = chosen(QueryDict(subscription.choice))
    within = Q(first_published_at__gt=since, first_published_at__lte=subscription.told_until)
    found = PublicationRecord.objects.filter(records_of(choice), within, is_public=True, page__isnull=False)
    found = found.exclude(pk__in=subscription.alerts.filter(sent_at__isnull=False).values("record"))
    found = found.select_related("organisation", "page").annotate(kind=F("page__noticepage__kind"))
    # Before it is cut: an outage is never lost behind fifty others.
    place = Case(When(kind__in=OUTAGES, then=0), default=1)
    return list(found.order_by(place, "-first_published_at", "-pk")[:SHOWN])


def _line(record: Any, titles: Titles, whole: Callable[[str], str]) -> str:
    urgent = _("〔停供抢修〕") if record.kind in OUTAGES else ""
    day = date_format(timezone.localtime(record.first_published_at), "DATE_FORMAT")
    url = whole(reverse("index_number", args=[record.index_number]))
    return f"· {urgent}{titles.of(record)}\n  {titles.publisher(record)}　{day}\n  {url}"


def _outage(record: Any, titles: Titles, whole: Callable[[str], str], now: datetime) -> str:
    notice = record.page.noticepage
    facts = [titles.publisher(record), when(notice, now), until(notice, now), notice.area, notice.contact_phone]
    url = whole(reverse("index_number", args=[record.index_number]))
    return f"· {titles.of(record)}\n  {'　'.join(filter(None, facts))}\n  {url}"


def _with_way_out(
    subscription: Subscription, address: str, subject: str, parts: list[str], whole: Callable[[str], str]
) -> EmailMessage:
    """Add the link that ends it, and what lets the mail program end it by a button of its own (RFC 8058)."""
    out = whole(reverse("mine_out", args=[out_token(subscription)]))
    mail = _mail(subscription, address, subject, [*parts, _("退订（不用登录，点一下即可）：") + "\n" + out])
    mail.extra_headers |= {"List-Unsubscribe": f"<{out}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return mail


def _mail(subscription: Subscription, address: str, subject: str, parts: list[str]) -> EmailMessage:
    text = "\n\n".join([*parts, _("（本邮件由系统自动发出，请勿回复。）")])
    subject = f"[{settings.WAGTAIL_SITE_NAME}] {subject}"
    if subscription.language == TRADITIONAL:
        text, subject = (to_traditional(each, settings.TRADITIONAL_CONVERSION) for each in (text, subject))
    # RFC 3834: no automatic answers, please.
    return EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"})
