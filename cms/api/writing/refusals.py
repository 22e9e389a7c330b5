"""What is refused while somebody writes: a problem, a sentence, and what is wrong field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import problems

if TYPE_CHECKING:
    from collections.abc import Iterable

# More would fill a screen; the next try tells the rest.
MOST_ERRORS = 100


class Refused(Exception):
    """A request that cannot be served as it is."""

    def __init__(self, problem: problems.Problem, detail: Any, **more: Any) -> None:
        super().__init__(detail)
        self.problem, self.detail, self.more = problem, detail, more


class BadField(Exception):
    """A value that has no place in its field: `path` leads to it (`body[0].value.title`)."""

    def __init__(self, path: str, message: Any) -> None:
        super().__init__(message)
        self.path, self.message = path, message


def invalid(errors: Iterable[tuple[str, Any]], detail: Any) -> Refused:
    """Refuse what was written, field by field: pairs of a path ("" for the whole) and a sentence."""
    told = [{"field": path, "message": str(message)} for path, message in errors][:MOST_ERRORS]
    first = next((each["field"] for each in told if each["field"]), None)
    return Refused(problems.INVALID, detail, parameter=first, errors=told)
