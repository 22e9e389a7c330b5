"""A citizen subscribes to the outages of his district, is told of one within the minute, and ends it by one click."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cms.subscriptions.models import Subscription
from pages.models import NoticeKind
from tests.factories import make_notice

from .ways_of_reading import Reader, reader

if TYPE_CHECKING:
    from tests.town import Town

__all__ = ["reader"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BUTTON = "main form[method=post] button[type=submit]"


def opened(message, name: str) -> str:
    """Return the path of a link in a mail."""
    found: str = re.findall(rf"https?://[^/\s]+(\S*/{name}/\S+)", message.body)[0]
    return found


def test_from_choosing_to_the_last_click(town: Town, reader: Reader):
    page = reader.page
    # Given: a choice, an address, a link opened from the mail.
    page.goto(f"{reader.language}/mine/")
    page.locator("input[name=district][value='210202']").check()
    page.locator("main form[method=get] button[type=submit]").last.click()
    page.locator("main a[href*='/mine/subscribe/']").first.click()
    page.locator("input[name=email]").fill("li@example.org")
    assert page.locator("input[name=urgent]").is_checked()
    page.locator(BUTTON).click()
    page.locator("main a[href$='/mine/']").last.wait_for()
    call_command("send_subscriptions")
    page.goto(opened(mail.outbox[-1], "confirm"))
    page.locator(BUTTON).click()
    page.locator(BUTTON).wait_for(state="detached")
    assert Subscription.objects.get().confirmed_at

    # When: an outage of a street of the district becomes public.
    now = timezone.now()
    times = {"starts_at": now, "ends_at": now + timedelta(hours=8)}
    make_notice(town.water, title="抢修停水", kind=NoticeKind.EMERGENCY, division_codes="210202008", **times)
    call_command("send_subscriptions")

    # Then: it was told, leads to the notice, and one click ends it.
    told = mail.outbox[-1]
    assert "抢修停水" in told.subject.replace("搶", "抢")
    page.goto(opened(told, "i"))
    page.locator("h1", has_text=re.compile("[抢搶]修停水")).wait_for()
    page.goto(opened(told, "out"))
    assert reader.fits()
    page.locator(BUTTON).click()
    page.locator(BUTTON).wait_for(state="detached")
    assert not Subscription.objects.exists()
