"""What one approval costs does not depend on how much waits, nor on how many organisations there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_unit
from tests.town import Town
from workflows.decisions import decide

from .acts import submitted

LIMIT = 120

pytestmark = pytest.mark.usefixtures("clock")


def cost(state: Any, user: Any) -> int:
    """Count the queries of approving one item."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        decide(state_id=state.pk, user=user, action="approve", comment="")
    return len(queries)


def test_approving_costs_the_same_among_few_and_among_many(town: Town) -> None:
    reviewer, _superior = town.reviewer("water"), town.reviewer("water_office")
    few = [submitted(town, title=f"第{number}件") for number in range(2)]
    cost(few[0], reviewer)
    among_few = cost(few[1], reviewer)
    for number in range(10):
        make_unit(town.water_office, title=f"单位{number}", industry=town.industries["waterworks"])
        submitted(town, title=f"另{number}件")

    among_many = cost(submitted(town, title="末件"), reviewer)

    assert among_many == among_few
    assert among_many <= LIMIT
