"""Find personal data in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rules.spans import Folded, fold, nfkc, without_overlaps

from .kinds import KINDS, Action, Kind

_SEVERITY = [Action.BLOCK, Action.WARN, Action.INFO]
# Signs that pass for the X at the end of an identity number: multiplication, Cyrillic, Greek.
_LOOKS_LIKE_X = "×✕хХχΧ"


@dataclass(frozen=True)
class Finding:
    """A find in the text that was given; `masked` is all of its value that may be kept in a log.

    `action` is one of BLOCK, WARN and INFO.
    """

    kind: str
    label: str
    action: Action
    start: int
    end: int
    masked: str


def find_personal_data(text: str, *, official: bool = False) -> list[Finding]:
    """Find what must not, or not without a second look, be published; in the order of the text.

    `official` is for the phone numbers of an organisation: a mobile number warns there. Finds never overlap: the most
    severe one stays. Give the cells of a table parted by tabs and its rows by line ends, so that numbers of different
    cells are not read as one. Time grows in line with the text.
    """
    folded = fold(text, _character)
    found = [finding for kind in KINDS for finding in _of_kind(kind, folded, official)]
    found.sort(key=lambda finding: _SEVERITY.index(finding.action))
    kept = without_overlaps(found, len(text), lambda finding: (finding.start, finding.end))
    return sorted(kept, key=lambda finding: finding.start)


def _of_kind(kind: Kind, folded: Folded, official: bool) -> Iterator[Finding]:
    if kind.context and not kind.context.search(folded.text):
        return
    action = kind.action.settled(official=official)
    for pattern in kind.patterns:
        for match in pattern.finditer(folded.text):
            if kind.check(match["value"]):
                yield Finding(
                    kind.code, kind.label, action, *folded.span(*match.span("value")), kind.mask(match["value"])
                )


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    # ① and ² are numbers of items and notes: as digits they would grow together with the number next to them.
    if category == "No":
        return character
    # The comma of Chinese prose tells a sentence from a row of cells.
    if character == "，":
        return "、"
    if category == "Pd" or character == "−":
        return "-"
    if category == "Zs":
        return " "
    return "X" if character in _LOOKS_LIKE_X else nfkc(character)
