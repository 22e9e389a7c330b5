"""我的草稿与退回: what is still to be written, apart from what has left the public and what waits for its hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.clock import NOW
from tests.town import Town
from tests.workflows.acts import decide, draft, signed_in, submit, submitted
from workflows.withdrawing import Plan, withdraw

pytestmark = pytest.mark.usefixtures("clock")


def mine(user: Any) -> str:
    """Return the words of the part 我的草稿与退回."""
    page = " ".join(strip_tags(signed_in(user).get(reverse("wagtailadmin_home")).content.decode()).split())
    return page.partition("我的草稿与退回")[2].partition("本单位目录缺项")[0]


def test_what_left_the_public_is_no_draft_until_somebody_writes_on_it(town: Town, clock: Any) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town, entry="water_profile", title="误发的")
    decide(reviewer, state)
    page = state.workflow_state.content_object
    clock.move_to(NOW + timedelta(minutes=1), tick=False)
    withdraw(subject=page.specific, user=town.reviewer("water_office"), plan=Plan("gone", "有误。"))
    before = mine(town.editor("water"))

    clock.move_to(NOW + timedelta(minutes=2), tick=False)
    page.specific.save_revision(user=town.editor("water"))

    assert "误发的" not in before
    assert "草稿 误发的" in mine(town.editor("water"))


def test_what_waits_for_its_hour_is_told_as_decided(town: Town) -> None:
    reviewer = town.reviewer("water")
    page = draft(town, entry="water_profile", title="届时公开的", go_live_at=NOW + timedelta(days=2))
    decide(reviewer, submit(page, town.editor("water")))

    shown = mine(town.editor("water"))

    assert "定时公开 届时公开的" in shown
    assert "草稿 届时公开的" not in shown
