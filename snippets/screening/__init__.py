"""What an automatic check finds in any object that is to be published: a page or a service item.

Personal data, words of the list, files nobody can read, links that lead nowhere. Pages add what only they know.
"""

from __future__ import annotations

from .answers import answers_of, confirm, request_exception
from .texts import Text, documents_of, mark_of_block, texts_of
from .whole import effort_of, findings_in, screen_texts, screened_at_once

__all__ = [
    "Text",
    "answers_of",
    "confirm",
    "documents_of",
    "effort_of",
    "findings_in",
    "mark_of_block",
    "request_exception",
    "screen_texts",
    "screened_at_once",
    "texts_of",
]
