"""Addresses that are keys: whoever knows one reads what was paid or applied for, or a draft.

No log keeps more than its beginning; nginx masks the same ones (deploy/nginx/gongkai.conf).
"""

from __future__ import annotations

import logging
import re

KEYS = re.compile(
    r"(/*(?:/zh-hant|/en)?/+(?:pay/|do/[^/? ]+/|mine/+(?:confirm|out)/|draft/|admin/password_reset/confirm/)(?=[^? ])"
    r"|/api/v2/preview/?(?=\?))"
)


def masked(text: str) -> str:
    """Return of such an address its beginning, and everything else as it is."""
    found = KEYS.match(text)
    return f"{found[1]}***" if found else text


class Masked(logging.Filter):
    """Masks what a line of the log is filled with: Django names the address of what it refuses or fails at."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through."""
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        return True
