"""What was on display for its time has been disclosed: it is no debt when the time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.completeness import Line, catalogue_lines
from pages.models import DisclosurePage
from tests.factories import make_disclosure
from tests.town import Town
from workflows.scheduling import expire_due

pytestmark = pytest.mark.usefixtures("clock")


def admission(town: Town, days: int = 0) -> Line:
    """Return the school's line of its admission plan, due every 30 June."""
    lines = catalogue_lines(town.school, on=timezone.localdate() + timedelta(days=days))
    return next(line for line in lines if line.entry.code == "C01")


def published(town: Town) -> DisclosurePage:
    """Publish a list for a week, then let the week be over."""
    soon = timezone.now() + timedelta(days=7)
    page = make_disclosure(town.school, town.entries["school_admission"], title="录取名单", expire_at=soon)
    expire_due(soon + timedelta(minutes=1))
    page.refresh_from_db()
    return page


def test_an_expired_list_is_no_debt_until_the_next_is_due(town: Town) -> None:
    page = published(town)

    line = admission(town)

    assert not page.live
    assert not line.is_there
    assert not line.is_missing
    assert not line.is_stale


def test_next_year_it_is_owed_again(town: Town) -> None:
    published(town)

    line = admission(town, days=400)

    assert line.is_missing


def test_what_was_withdrawn_is_owed(town: Town) -> None:
    page = make_disclosure(town.school, town.entries["school_admission"], title="录取名单")
    page.unpublish()

    assert admission(town).is_missing
