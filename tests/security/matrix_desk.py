"""The reviewer's desk: views of the queue that are kept, many items approved at once."""

from __future__ import annotations

from typing import Any

from workflows.bulk import seal
from workflows.bundles import waiting

from .asking import NOBODY, REACHING, WRITERS, Row, people
from .world import PLACES, World

REVIEWERS = people(" ".join(PLACES), ["reviewer"])
OWN_EDITOR = people("own", ["editor"])
OWN_REVIEWER = people("own", ["reviewer"])
VIEW = {"name": "我的", "query": "sort=title"}


WRITERS_OF_BUNDLE = people("own above portal", ["editor", "administrator"]) | OWN_REVIEWER


def chosen(world: World) -> Any:
    """Choose two drafts of the office."""
    drafts = [world.things[name].pk for name in ("other draft", "draft of a bundle")]
    return {"title": "批次", "reason": "同时", "drafts": drafts}


def approving(world: World) -> Any:
    """Approve what of the bundle waits for the office's reviewer."""
    return {"action": "approve", "comment": "", "shown": [state.pk for state in waiting(world.things["bundle"])]}


def returning(world: World) -> Any:
    """Return it, with a reason."""
    return {**approving(world), "action": "reject", "reason": "wrong", "comment": "金额不对"}


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
    Row("editing:bundle", ("own",), WRITERS),
    Row("editing:bundle", ("own",), WRITERS, post=chosen),
    Row("editing:bundle", ("draft",), NOBODY),
    Row("approval:bundle", ("bundle",), WRITERS_OF_BUNDLE),
    Row("approval:bundle", ("bundle",), OWN_REVIEWER, post=approving),
    Row("approval:bundle", ("bundle",), OWN_REVIEWER, post=returning),
    Row("approval:bundle", ("bundle",), OWN_EDITOR, post={"action": "recall"}),
    Row("approval:bundle", ("bundle",), NOBODY, post={"action": "resubmit"}),
    Row("desk:below", ("own",), REACHING),
    Row("desk:below", ("draft",), NOBODY),
    Row("approval:bulk_result", ("bulk run",), OWN_REVIEWER),
    Row("approval:bulk_result", ("bulk run",), OWN_REVIEWER, post={}),
]
