"""Two reviewers decide on different members of a bundle at the same moment: all come out, once."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from pages.models import DisclosurePage
from tests.town import Town
from workflows.bundles import decide_bundle, submit_bundle, waiting_for_person
from workflows.decisions import Decision
from workflows.models import Bundle, BundleState

from .acts import draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_two_reviewers_at_once_let_all_out_once(town: Town) -> None:
    drafts = [
        draft(town, "school", "school_admission", title="第一件"),
        draft(town, "hall", "hall_guide", title="第二件"),
    ]
    people = [town.reviewer(place) for place in ("school", "hall", "education_office", "street", "district")]
    bundle = submit_bundle(
        user=town.editor("district"), organisation=town.district, title="成批", reason="同时", subjects=drafts
    )

    for tier in (people[:2], people[2:4], people[4:]):
        at_once(bundle, tier)

    assert set(DisclosurePage.objects.filter(live=True).values_list("title", flat=True)) == {"第一件", "第二件"}
    assert Bundle.objects.get().state == BundleState.PUBLISHED


def at_once(bundle: Bundle, reviewers: list[Any]) -> None:
    """Let the reviewers press at the same moment."""
    gate, failed = Barrier(len(reviewers)), []

    def press(person: Any) -> None:
        try:
            shown = {state.pk for state in waiting_for_person(bundle, person)}
            gate.wait(timeout=20)
            decide_bundle(bundle_id=bundle.pk, user=person, shown=shown, decision=Decision("approve", ""))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=press, args=[person]) for person in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
