"""Taking back from the public, and the second look at it."""

from __future__ import annotations

from .asking import NOBODY, REACH, Row, people
from .world import PLACES

REVIEWERS = people(" ".join(PLACES), ["reviewer"])
OWN_REVIEWERS = people(REACH, ["reviewer"])
# The district's reviewer withdrew it, and the portal's is the only other one above.
SECOND = people("portal", ["reviewer"])
PAGE, ITEM = ("wagtailcore", "page", "live"), ("snippets", "serviceitem", "item public")
GONE = {"kind": "gone", "reason": "内容有误。"}

ROWS = [
    Row("withdrawal:list", (), REVIEWERS),
    Row("withdrawal:withdraw", PAGE, people(REACH)),
    Row("withdrawal:withdraw", PAGE, people(REACH), post=GONE),
    Row("withdrawal:withdraw", ITEM, people(REACH)),
    Row("withdrawal:withdraw", ITEM, people(REACH), post=GONE),
    # No public record of its own: an organisation, an account, what is not there.
    Row("withdrawal:withdraw", ("wagtailcore", "page", "own"), NOBODY, post=GONE),
    Row("withdrawal:withdraw", ("accounts", "user", "user"), NOBODY, post=GONE),
    Row("withdrawal:withdraw", ("wagtailcore", "page", "draft"), NOBODY, post=GONE),
    Row("withdrawal:review", ("review",), SECOND),
    Row("withdrawal:review", ("review",), SECOND, post={"action": "confirm"}),
    Row("withdrawal:review", ("review",), SECOND, post={"action": "restore", "comment": "无误。"}, finishes=True),
    Row("withdrawal:request", ("request",), people("above", ["reviewer"])),
    Row("withdrawal:request", ("request",), people("above", ["reviewer"]), post={"action": "grant"}),
    Row("withdrawal:request", ("request",), people("above", ["reviewer"]), post={"action": "x", "comment": "无误。"}),
    Row("withdrawal:revoke", ("schedule",), OWN_REVIEWERS),
    Row("withdrawal:revoke", ("schedule",), OWN_REVIEWERS, post={"reason": "推迟。"}),
    # What the public had once stays.
    Row("wagtailadmin_pages:delete", ("withdrawn page",), NOBODY, post={}),
    Row("wagtailsnippets_snippets_serviceitem:delete", ("item public",), NOBODY, post={}),
]
