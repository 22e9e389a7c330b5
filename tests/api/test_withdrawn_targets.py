"""Where a withdrawal leads is told while everybody may read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.withdrawable import Leaving, WithdrawalKind
from tests.factories import make_disclosure
from tests.town import Town


@pytest.mark.parametrize("secret", [False, True])
def test_a_withdrawal_does_not_lead_to_what_not_everybody_may_read(client: Client, town: Town, secret: bool) -> None:
    page: Any = make_disclosure(town.water, town.entries["water_price"])
    page.leave_public(Leaving(WithdrawalKind.REDIRECTED, "已合并", to=town.school))
    if secret:
        PageViewRestriction.objects.create(page=town.school, restriction_type=PageViewRestriction.LOGIN)

    answer = client.get(f"/api/v2/disclosures/{page.pk}/")

    told = answer.json()["withdrawal"]["to"]
    assert (answer.status_code, told is None) == ((410, True) if secret else (308, False))
    assert answer.has_header("Location") is not secret
    assert secret is (town.school.slug not in answer.content.decode() + answer.get("Location", ""))


@pytest.mark.parametrize("restricted", ["before", "after"])
def test_what_was_withdrawn_behind_a_restriction_tells_nothing(client: Client, town: Town, restricted: str) -> None:
    page: Any = make_disclosure(town.water, town.entries["water_price"])
    if restricted == "before":
        PageViewRestriction.objects.create(page=town.water, restriction_type=PageViewRestriction.LOGIN)
    page.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))
    if restricted == "after":
        PageViewRestriction.objects.create(page=town.water, restriction_type=PageViewRestriction.LOGIN)

    answer = client.get(f"/api/v2/disclosures/{page.pk}/")

    assert answer.status_code == 404
    assert "内容有误" not in answer.content.decode()
