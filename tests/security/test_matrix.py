"""The authorisation matrix: every row, asked as everybody."""

from __future__ import annotations

import pytest

from . import (
    matrix_audit,
    matrix_city,
    matrix_connections,
    matrix_demand,
    matrix_desk,
    matrix_joint,
    matrix_languages,
    matrix_letters,
    matrix_media,
    matrix_pages,
    matrix_people,
    matrix_rest,
    matrix_services,
    matrix_snippets,
    matrix_tokens,
    matrix_tools,
    matrix_webhooks,
    matrix_withdrawal,
)
from .asking import EVERYBODY, Row, ask
from .world import World

AREAS = (
    matrix_pages,
    matrix_snippets,
    matrix_tokens,
    matrix_media,
    matrix_tools,
    matrix_withdrawal,
    matrix_city,
    matrix_connections,
    matrix_languages,
    matrix_letters,
    matrix_demand,
    matrix_desk,
    matrix_people,
    matrix_rest,
    matrix_audit,
    matrix_webhooks,
    matrix_joint,
    matrix_services,
)
ROWS = [row for area in AREAS for row in area.ROWS]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_those_named_may_and_nobody_else(world: World, undone: None, row: Row) -> None:
    answers = {who: ask(world, who, row) for who in EVERYBODY}

    shut_out = {who: str(answers[who]) for who in row.may if not answers[who].let_in}
    leaked = {who: str(answers[who]) for who in EVERYBODY - row.may if answers[who].let_in or answers[who].written}
    published = {who: str(answer) for who, answer in answers.items() if answer.published}
    assert not shut_out, shut_out
    assert not leaked, leaked
    # Only a finishing act publishes, and an organisation that is moved or saved is none.
    assert row.finishes or not published, published
