"""What an automatic check of a draft found: findings that point to a field, and what they mean for its way on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

KEY_LENGTH = 16
# What has more to read than this (characters) is read by the worker: about two seconds on a small machine.
SLOW = 400_000


class Severity(StrEnum):
    """BLOCK stands in the way; WARN is looked at by those who approve; INFO is only listed."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Answer(StrEnum):
    """What the author said about a finding: it may be public, or an exception is asked for."""

    NONE = ""
    CONFIRMED = "confirmed"
    EXCEPTION = "exception"


_ORDER = list(Severity)


@dataclass(frozen=True)
class Finding:
    """One finding: the form's field, the place in words, a sentence, and a masked sample, never the whole value.

    `code` is dotted: family and kind (`personal_data.mobile`, `word.forbid`, `file.unread`). `asks` says whether
    somebody has to confirm it; `exceptional` whether a block may be lifted by the third tier.
    """

    code: str
    severity: Severity
    field: str
    sentence: str
    where: str = ""
    sample: str = ""
    asks: bool = False
    exceptional: bool = False
    answer: Answer = Answer.NONE
    # Who answered, and what was said.
    by: int | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """Name the finding so that an answer to it outlives changes elsewhere in the text."""
        named = "\n".join((self.code, self.field, self.sample or self.where))
        return sha256(named.encode()).hexdigest()[:KEY_LENGTH]

    @property
    def family(self) -> str:
        """Return the first part of the code."""
        return self.code.partition(".")[0]

    @property
    def stops(self) -> bool:
        """Does it stand in the way of submitting?"""
        return self.severity == Severity.BLOCK and self.answer != Answer.EXCEPTION

    @property
    def is_open(self) -> bool:
        """Is a confirmation asked for that nobody has given?"""
        return self.asks and self.severity == Severity.WARN and self.answer == Answer.NONE

    def as_json(self) -> dict[str, Any]:
        """Return plain values, for a JSON field."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, False)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Finding:
        """Read what `as_json` wrote; what a later version added is left out."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in row.items() if name in known}
        values.setdefault("field", "")
        values["severity"] = Severity(values["severity"])
        values["answer"] = Answer(values.get("answer", ""))
        return cls(**values)


@dataclass(frozen=True)
class Screening:
    """All findings about one draft, what stands in the way first."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Screening:
        """Put findings in order."""
        return cls(tuple(sorted(findings, key=lambda finding: (not finding.stops, _ORDER.index(finding.severity)))))

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> Screening:
        """Read what `as_json` wrote."""
        return cls(tuple(Finding.from_json(row) for row in rows))

    def as_json(self) -> list[dict[str, Any]]:
        """Return plain values, for a JSON field."""
        return [finding.as_json() for finding in self.findings]

    @property
    def stopping(self) -> list[Finding]:
        """Return what stands in the way."""
        return [finding for finding in self.findings if finding.stops]

    @property
    def open(self) -> list[Finding]:
        """Return what somebody still has to confirm."""
        return [finding for finding in self.findings if finding.is_open]

    @property
    def exceptions(self) -> list[Finding]:
        """Return what is in the text by exception: the third tier decides."""
        return [finding for finding in self.findings if finding.answer == Answer.EXCEPTION]

    def answered(self, answers: Mapping[str, Mapping[str, Any]]) -> Screening:
        """Return the findings with what their author said about them, by their keys."""
        return Screening.of(_answered(finding, answers.get(finding.key)) for finding in self.findings)


def _answered(finding: Finding, said: Mapping[str, Any] | None) -> Finding:
    """Attach an answer where it fits: nobody asks an exception for a word, nobody just confirms a block."""
    if said is None:
        return finding
    fits = {
        Answer.CONFIRMED: finding.asks and finding.severity == Severity.WARN,
        Answer.EXCEPTION: finding.exceptional and finding.severity == Severity.BLOCK,
    }
    answer = Answer(said.get("answer", ""))
    if not fits.get(answer):
        return finding
    return replace(finding, answer=answer, by=said.get("by"), reason=str(said.get("reason", "")))
