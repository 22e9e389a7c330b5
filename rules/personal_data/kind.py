"""What a kind of personal data is made of, and the parts its patterns share.

Every repetition in a pattern is bounded, and those that could be tried in many ways are possessive: the work for one
position of a text has a fixed limit, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# What stands between the digits of one number, as people write it in groups. Dashes and spaces are folded before.
GAP = r"[ \-.·]{1,2}+"
# A number with a check digit may be torn apart further: also by the end of a line.
ANY_GAP = r"[\s\-_.·/]{0,3}+"

_SEPARATORS = re.compile(r"[\s\-_.·/]+")
# Only the Latin letters have two cases here: Turkish ones would match as I.
_FLAGS = re.IGNORECASE | re.ASCII


class Action(StrEnum):
    """What a find means for the submission.

    BLOCK: it must go, or the third tier allows it. BLOCK_UNLESS_OFFICIAL: likewise, but among the phone numbers of an
    organisation it is a warning. WARN: the editor confirms and the approver sees it. INFO: it is listed only.
    """

    BLOCK = "block"
    BLOCK_UNLESS_OFFICIAL = "block_unless_official"
    WARN = "warn"
    INFO = "info"

    def settled(self, *, official: bool) -> Action:
        """Decide between the two meanings of BLOCK_UNLESS_OFFICIAL."""
        if self is not Action.BLOCK_UNLESS_OFFICIAL:
            return self
        return Action.WARN if official else Action.BLOCK


def _always(value: str) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of personal data.

    The patterns read folded text and name the find `value`; `check` and `mask` get it. Where there is a `context`, it
    must stand somewhere in the same text: the heading of a column is far from its cells.
    """

    code: str
    label: str
    action: Action
    patterns: tuple[re.Pattern[str], ...]
    mask: Callable[[str], str]
    check: Callable[[str], bool] = _always
    context: re.Pattern[str] | None = None


def compact(value: str) -> str:
    """Write a number without what separates its groups."""
    return _SEPARATORS.sub("", value).upper()


def keep(first: int, last: int) -> Callable[[str], str]:
    """Make a mask that shows the first and the last characters of a number and a star for each other one.

    So the notices of cities do it: 35*************123 for an identity number.
    """

    def mask(value: str) -> str:
        number = compact(value)
        end = len(number) - last
        return number[:first] + "*" * (end - first) + number[end:]

    return mask


def shown(value: str) -> str:
    """Mask nothing: for what concerns no person, and for words."""
    return value


def value(pattern: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Compile a pattern; the find is what stands between `before` and `after`."""
    return re.compile(f"{before}(?P<value>{pattern}){after}", _FLAGS)


def everywhere(pattern: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """Compile a pattern that is tried at every position, also within an earlier find that fails its check."""
    return re.compile(f"{before}(?=(?P<value>{pattern}){after})", _FLAGS)


def groups(*sizes: int, gap: str = GAP) -> str:
    """Write a pattern for digits in groups: `groups(3, 4, 4)` for 138 0013 8000."""
    return gap.join(rf"[0-9]{{{size}}}" for size in sizes)
