"""What is wrong with a pack, and where. Everything is collected, nothing stops at the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _


class Severity(StrEnum):
    """An error forbids the whole load; a warning holds one row back or says how it is loaded."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """A file of the pack, relative to its folder, and a line counted from 1; 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in a sentence its author understands."""

    severity: Severity
    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        label = _("错误") if self.severity is Severity.ERROR else _("警告")
        return f"{Place(self.file, self.line)} {label}：{self.reason}"


@dataclass
class Problems:
    """Collect problems; iterate over them sorted: errors first, then by file and line."""

    found: list[Problem] = field(default_factory=list)

    def error(self, place: Place, reason: Any) -> None:
        """Add what forbids the load."""
        self.found.append(Problem(Severity.ERROR, place.file, place.line, str(reason)))

    def warn(self, place: Place, reason: Any) -> None:
        """Add what the author should look at; the load goes on."""
        self.found.append(Problem(Severity.WARNING, place.file, place.line, str(reason)))

    @property
    def errors(self) -> list[Problem]:
        """Return what forbids the load, sorted."""
        return [problem for problem in self if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """Return what the author should look at, sorted."""
        return [problem for problem in self if problem.severity is Severity.WARNING]

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self.found, key=lambda problem: (problem.severity, problem.file, problem.line)))

    def __len__(self) -> int:
        return len(self.found)
