"""Two requests at the same moment: one draft, one change, and never a 500."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection

from pages.models import DisclosurePage
from tests.town import build_town
from tests.workflows.test_pressed_at_once import at_once

from .asking import disclosure, system_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


def test_the_same_request_sent_twice_at_once_is_done_once() -> None:
    system = system_of(build_town())
    post = partial(system.create, "disclosures", disclosure(), idempotency_key="a-1")

    answers = at_once(post, post, post)

    codes = sorted(answer.status_code for answer in answers)
    assert codes[0] == 201
    assert set(codes) <= {201, 409}
    assert DisclosurePage.objects.count() == 1
    assert system.create("disclosures", disclosure(), idempotency_key="a-1").status_code == 201


def test_of_two_who_write_the_same_version_one_is_told_that_it_changed() -> None:
    system = system_of(build_town())
    made, etag = system.created("disclosures", disclosure())

    answers = at_once(
        *(partial(system.put, "disclosures", made["id"], disclosure(title=title), etag) for title in ("甲", "乙"))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]


def test_a_draft_submitted_twice_at_once_is_submitted_once() -> None:
    system = system_of(build_town())
    made, _etag = system.created("disclosures", disclosure(summary="示例。", generated_on="2026-11-20"))
    submit = partial(system.submit, "disclosures", made["id"])

    answers = at_once(submit, submit)

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert DisclosurePage.objects.get(pk=made["id"]).workflow_states.count() == 1
