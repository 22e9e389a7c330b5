"""The lines: one for each thing that was read or searched, in files that live for minutes.

A line is a random word, the day, a kind and a text; nginx writes the same (deploy/nginx/gongkai.conf). It has no
address, no browser, no hour of a reader. Several processes append to one file; each line goes out in one piece.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from django.conf import settings
from django.utils import timezone

from .models import Way

if TYPE_CHECKING:
    from collections.abc import Iterable

logger = logging.getLogger(__name__)
SEARCH = "search"
PERIOD_SECONDS = 600
# A flood fills no disk.
MOST_BYTES = 64_000_000
LONGEST = 2_000
_OWN = re.compile(r"lines-(\d+)\.log")
_PARTS = 4


def note(kind: str, text: str) -> None:
    """Leave a line. What cannot be written is not counted; nobody who reads learns of it."""
    line = f"{secrets.token_hex(8)} {timezone.localdate().isoformat()} {kind} {quote(text)}\n".encode()
    if len(line) > LONGEST:
        return
    path = Path(settings.DEMAND_ROOT) / f"lines-{int(time.time()) // PERIOD_SECONDS}.log"
    try:
        _append(path, line)
    except FileNotFoundError:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _append(path, line)
        except OSError as error:
            _complain(str(error))
    except OSError as error:
        _complain(str(error))


def _append(path: Path, line: bytes) -> None:
    # Opened anew each time: whoever removes a file that is over takes no line with it.
    place = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        if os.fstat(place).st_size < MOST_BYTES:
            os.write(place, line)
    finally:
        os.close(place)


@lru_cache(maxsize=8)
def _complain(error: str) -> None:
    """Say it once in each process."""
    logger.warning("What is read cannot be counted: %s", error)


def is_over(path: Path) -> bool:
    """Is this a file of ours into which nobody writes any more?"""
    found = _OWN.fullmatch(path.name)
    return found is not None and (int(found[1]) + 2) * PERIOD_SECONDS <= time.time()


def files() -> list[Path]:
    """Return the files to be counted: our own, and those that nginx writes."""
    own = sorted(each for each in Path(settings.DEMAND_ROOT).glob("lines-*.log") if _OWN.fullmatch(each.name))
    named = (Path(pattern) for pattern in settings.DEMAND_LOGS)
    others = sorted(found for each in named for found in each.parent.glob(each.name))
    return [*own, *(each for each in others if each.suffix != ".gz" and each not in own)]


@dataclass
class Asked:
    """A query on one day."""

    number: int = 0
    missed: int = 0
    found: int = 0


@dataclass
class Tally:
    """What many lines say: reads by day, way and address; searches by day and query."""

    reads: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    searches: dict[tuple[date, str], Asked] = field(default_factory=dict)


def tally(lines: Iterable[bytes]) -> Tally:
    """Sum up lines. What is no line of this kind is left out."""
    found = Tally()
    for line in lines:
        parts = line.decode(errors="replace").split(" ", _PARTS - 1)
        day = _day(parts[1]) if len(parts) == _PARTS else None
        if day is None:
            continue
        kind, text = parts[2], unquote(parts[3])
        if "\x00" in text:
            continue
        if kind in Way.values:
            found.reads[day, kind, text] += 1
        elif kind == SEARCH:
            _add_search(found, day, text)
    return found


def _add_search(found: Tally, day: date, text: str) -> None:
    number, _space, query = text.partition(" ")
    if not number.isascii() or not number.isdecimal() or not query:
        return
    asked = found.searches.setdefault((day, query), Asked())
    asked.number += 1
    asked.found = min(int(number), 1_000_000)
    asked.missed += not asked.found


@lru_cache(maxsize=1024)
def _day(written: str) -> date | None:
    """Return the day of a moment or day as written, here; None for what is none."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
