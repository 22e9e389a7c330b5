"""A subscriber of a subtree sees what is in it, what enters it and what leaves it."""

from __future__ import annotations

from typing import Any

import pytest

from cms.public_events.kinds import CHANGED, MOVED, PUBLISHED
from cms.webhooks.matching import Scope, Telling, telling

SCOPE = Scope(root=5, above=frozenset({1, 2, 5}))
PAGE = {"endpoint": "disclosures"}


@pytest.mark.parametrize(
    ("kind", "subject", "data", "told"),
    [
        (PUBLISHED, 9, {"within": [1, 2, 5, 9]}, Telling("content.published")),
        (PUBLISHED, 9, {"within": [1, 2, 6, 9]}, None),
        (MOVED, 9, {"within": [1, 2, 5, 9], "was_within": [1, 2, 5, 7, 9]}, Telling("content.moved")),
        (MOVED, 9, {"within": [1, 2, 5, 9], "was_within": [1, 2, 6, 9]}, Telling("content.published", "entered")),
        (MOVED, 9, {"within": [1, 2, 6, 9], "was_within": [1, 2, 5, 9]}, Telling("content.deleted", "left")),
        (MOVED, 9, {"within": [1, 2, 6, 9], "was_within": [1, 2, 7, 9]}, None),
        (CHANGED, 2, {"within": [1, 2]}, None),
        (CHANGED, 2, {"within": [1, 2], "subtree": True}, Telling("content.changed")),
        (MOVED, 2, {"within": [1, 8, 2], "was_within": [1, 2], "subtree": True}, Telling("content.moved")),
        (CHANGED, 3, {"within": [], "endpoint": "catalogue"}, Telling("catalogue.changed")),
        (CHANGED, 3, {"within": [5], "endpoint": "service-items"}, Telling("service.changed")),
        (
            CHANGED, 3, {"within": [6], "was_within": [5], "endpoint": "service-items"},
            Telling("service.deleted", "left"),
        ),
    ],
)  # fmt: skip
def test_an_event_is_told_as_the_subscriber_sees_it(
    kind: str, subject: int, data: dict[str, Any], told: Telling | None
) -> None:
    assert telling(kind, subject, PAGE | data, SCOPE) == told


def test_a_subscriber_may_want_some_kinds_only() -> None:
    scope = Scope(5, frozenset({5}), ["content.deleted"])
    left = {"within": [6, 9], "was_within": [5, 9]}

    assert telling(PUBLISHED, 9, PAGE | {"within": [5, 9]}, scope) is None
    assert telling(MOVED, 9, PAGE | left, scope) == Telling("content.deleted", "left")
