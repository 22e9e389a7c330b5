"""All questions that can be asked of any object, in one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from media.reading import TextState
from rules.screening import SLOW, Finding, Screening

from .files import texts_of_files, unread_files
from .links import link_findings
from .personal import personal_findings
from .texts import Text, documents_of, texts_of
from .words import word_findings

# Reading a file for the first time costs about this much more than reading its text.
FIRST_READING = 100_000


def screen_texts(obj: Any) -> Iterator[Finding]:
    """Yield what texts, files and links of an object hold."""
    files = documents_of(obj)
    yield from findings_in([*texts_of(obj), *texts_of_files(files)])
    yield from unread_files(files)
    yield from link_findings(obj)


def findings_in(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield the personal data and the words of the list in some texts."""
    read = [text for text in texts if text.text]
    yield from personal_findings(read)
    yield from word_findings(read)


def effort_of(obj: Any) -> int:
    """Return how many characters there are to read; a file that nobody has read yet counts for more."""
    unread = TextState.UNKNOWN
    files = sum(
        FIRST_READING if document.text_state == unread and not document.extracted_text else len(document.extracted_text)
        for _field, document in documents_of(obj)
    )
    return files + sum(len(text.text) for text in texts_of(obj))


def screened_at_once(obj: Any) -> Screening:
    """Screen what is on a form; what takes long is left to the worker, which reads it after the submission."""
    found: Screening = obj.screen() if obj.screening_effort <= SLOW else Screening()
    return found
