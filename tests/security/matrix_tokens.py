"""Tokens: administrators those of their subtree; in whose name one acts sees it and may end it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .asking import NOBODY, OPERATORS, PLACES, REACH, REACHING, Row, people
from .world import World

ADMINISTRATORS = people(" ".join(PLACES), ["administrator"]) | OPERATORS
OWN = people(REACH, ["administrator"]) | OPERATORS
EDITOR = people("own", ["editor"])


def end() -> str:
    return (timezone.localdate() + timedelta(days=90)).isoformat()


def new_token(world: World) -> Any:
    editor = world.people["own editor"].pk
    return {"name": "收费系统", "scopes": ["write"], "acts_for": editor, "networks": "", "expires_at": end()}


def new_end(world: World) -> Any:
    return {"expires_at": end()}


ROWS = [
    Row("tokens:tokens", (), ADMINISTRATORS | EDITOR),
    Row("tokens:organisation", ("own",), OWN),
    Row("tokens:organisation", ("own",), OWN, post=new_token),
    Row("tokens:organisation", ("beside",), people("beside above portal", ["administrator"]) | OPERATORS),
    Row("tokens:organisation", ("draft",), NOBODY),
    Row("tokens:token", ("api token",), OWN | EDITOR),
    Row("tokens:token", ("api token",), OWN, post=new_end),
    Row("tokens:revoke", ("api token",), OWN | EDITOR, post={}),
    Row("tokens:revoke", ("api token",), NOBODY),
    # What it writes is a trace (tests/front_preview): a refusal must leave none.
    Row("front_preview:open", ("disclosures", "draft"), REACHING),
    Row("front_preview:open", ("disclosures", "live"), REACHING),
    Row("front_preview:open", ("notices", "draft"), NOBODY),
    Row("front_preview:open", ("pages", "draft"), NOBODY),
    Row("front_preview:open", ("disclosures", "draft"), NOBODY, post={}),
]
