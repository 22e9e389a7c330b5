"""The reviewer's desk: views of the queue that are kept, many items approved at once."""

from __future__ import annotations

from typing import Any

from workflows.bulk import seal

from .asking import NOBODY, REACHING, Row, people
from .world import PLACES, World

REVIEWERS = people(" ".join(PLACES), ["reviewer"])
OWN_REVIEWER = people("own", ["reviewer"])
VIEW = {"name": "我的", "query": "sort=title"}


def shown(world: World) -> Any:
    """Send what the office's own reviewer was shown."""
    return {"shown": [seal(world.people["own reviewer"], world.things["waiting state"])], "comment": ""}


ROWS = [
    Row("approval:saved", (), REVIEWERS, post=VIEW),
    Row("approval:saved", (), NOBODY),
    Row("approval:forget_saved", ("saved queue",), OWN_REVIEWER, post={}),
    Row("approval:forget_saved", ("saved queue",), NOBODY),
    Row("approval:bulk", (), NOBODY),
    Row("approval:bulk", (), OWN_REVIEWER, query="?state={waiting_state}"),
    Row("approval:bulk", (), OWN_REVIEWER, query="?every=1"),
    Row("approval:bulk", (), OWN_REVIEWER, post=shown),
    Row("approval:bulk", (), NOBODY, post={"shown": "forged"}),
    Row("desk:below", ("own",), REACHING),
    Row("desk:below", ("draft",), NOBODY),
    Row("approval:bulk_result", ("bulk run",), OWN_REVIEWER),
    Row("approval:bulk_result", ("bulk run",), OWN_REVIEWER, post={}),
]
