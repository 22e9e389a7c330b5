"""Names of cases that are the same in every process, so that two workers collect the same tests."""

from __future__ import annotations


def case_name(value: object) -> str:
    """Write a value of a case; a set in order, as it has none of its own."""
    return repr(sorted(value) if isinstance(value, set) else value)
