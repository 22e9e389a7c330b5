"""The edge: fresh answers as files that a web server in front sends without asking us.

`EDGE_ROOT/<era>/…` mirrors the addresses; `EDGE_ROOT/now` points at the present era, so that everything can go at
once. A file is only written while the row it comes from is locked, and is removed by whoever marks that row before
the mark can be seen: there is never one that the database does not vouch for.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

logger = logging.getLogger(__name__)
STANDARD = "standard"
FILES = {"text/html": "index.html", "application/json": "index.json"}
NOW = "now"
# Bytes of a name in a folder.
LONGEST = 255


def write(address: str, variant: str, content_type: str, body: bytes) -> None:
    """Put an answer at the edge. The caller holds the lock of its row."""
    name = FILES.get(content_type.partition(";")[0])
    if not settings.EDGE_ROOT or name is None:
        return
    folder = _folder(address, variant)
    if folder is None:
        return
    part = folder / f".{uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(body)
        os.utime(part, (moment := _moment_of(body), moment))
        part.replace(folder / name)
    except OSError:
        # A disk that is full, or not ours: the answer is stored and sent all the same.
        logger.warning("%s could not be put at the edge.", address, exc_info=True)
        with suppress(OSError):
            part.unlink()


def _moment_of(body: bytes) -> int:
    """Return what stands in for a file's time. nginx makes its validator of time, to the second, and length.

    Two versions within one second may share both: whoever has the first would be told for ever that nothing changed.
    """
    return int.from_bytes(sha256(body).digest()[:4]) >> 2


@contextmanager
def taken_back_on_failure(place: tuple[str, str]) -> Iterator[Callable[[str, bytes], None]]:
    """Yield what puts an answer at the edge; where the transaction around it fails, nothing vouches for the file."""
    written = []

    def put(content_type: str, body: bytes) -> None:
        written.append(place)
        write(*place, content_type, body)

    try:
        yield put
    except BaseException:
        remove(written)
        raise


def has(address: str, variant: str) -> bool:
    """Is there a file for an address?"""
    folder = _folder(address, variant)
    return folder is not None and any(os.path.exists(folder / name) for name in FILES.values())


def remove(places: Iterable[tuple[str, str]]) -> None:
    """Take answers away, by address and variant."""
    for address, variant in places:
        folder = _folder(address, variant)
        if folder is not None:
            for name in FILES.values():
                with suppress(FileNotFoundError, NotADirectoryError):
                    (folder / name).unlink()


def clear() -> None:
    """Take everything away, at one stroke."""
    if not settings.EDGE_ROOT:
        return
    root = Path(settings.EDGE_ROOT)
    now = root / NOW
    with suppress(FileNotFoundError):
        gone = root / f"gone-{uuid4().hex}"
        now.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _folder(address: str, variant: str) -> Path | None:
    """Return where an address stands; None for one that could lead out of the root, or that no disk takes."""
    path = unquote(urlsplit(address).path)
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or os.sep in part or "\0" in part or len(part.encode()) > LONGEST for part in parts):
        return None
    return Path(settings.EDGE_ROOT) / NOW / (variant or STANDARD) / Path(*parts)
