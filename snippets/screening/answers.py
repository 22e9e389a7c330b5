"""What the author says about findings: it may be public; or an exception is asked for, with a reason.

Kept in the draft itself (`screening_answers`), so that they belong to a version and to the person who saved it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from rules.screening import Answer

if TYPE_CHECKING:
    from rules.screening import Finding

FIELD = "screening_answers"


def answers_of(obj: Any) -> Mapping[str, Mapping[str, Any]]:
    """Return what was said about the findings of an object, by their keys."""
    kept = getattr(obj, FIELD, None)
    return kept if isinstance(kept, dict) else {}


def confirm(obj: Any, findings: Iterable[Finding], user: Any) -> None:
    """Note that a person says: this may be public. Not saved."""
    _say(obj, findings, {"answer": Answer.CONFIRMED.value, **_who(user)})


def request_exception(obj: Any, findings: Iterable[Finding], user: Any, reason: str) -> None:
    """Note that a person asks for an exception for these findings and no others. Not saved; no reason, no exception."""
    wanted = list(findings) if reason else []
    _drop_exceptions(obj, {finding.key for finding in wanted})
    _say(obj, wanted, {"answer": Answer.EXCEPTION.value, "reason": reason, **_who(user)})


def _who(user: Any) -> dict[str, Any]:
    return {"by": getattr(user, "pk", None), "at": timezone.now().isoformat()}


def _drop_exceptions(obj: Any, keys: set[str]) -> None:
    """Take back the exceptions for what is not in the text any more."""
    kept = answers_of(obj)
    if any(said.get("answer") == Answer.EXCEPTION and key not in keys for key, said in kept.items()):
        left = {key: said for key, said in kept.items() if said.get("answer") != Answer.EXCEPTION or key in keys}
        setattr(obj, FIELD, left)


def _say(obj: Any, findings: Iterable[Finding], said: dict[str, Any]) -> None:
    if not hasattr(obj, FIELD):
        return
    kept = dict(answers_of(obj))
    for finding in findings:
        if _differs(kept.get(finding.key), said):
            kept[finding.key] = said
    setattr(obj, FIELD, kept)


def _differs(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> bool:
    """Has anything changed but the hour? Whoever said it first stays named."""
    return before is None or any(before.get(name) != now.get(name) for name in ("answer", "reason"))
