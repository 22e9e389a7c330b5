"""Personal data in texts that are to be published: where it stands and what is to be done about it.

Names of persons are not looked for; nor are numbers written in Chinese numerals or circled digits.
"""

from __future__ import annotations

from .finding import Finding, find_personal_data
from .kinds import KINDS, Action, Kind

__all__ = ["KINDS", "Action", "Finding", "Kind", "find_personal_data"]
