"""Where exports are made: a folder of its own, put in the place of the one before only when it is whole.

`<root>/current` is a link to the folder that is served. Whoever reads a file of the folder before may finish: it is
kept until the next time.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from .leaving import left_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

CURRENT, MANIFEST, LOCK = "current", "index.json", ".lock"
STEP = 10_000


class BusyError(Exception):
    """Somebody else is writing exports into the same folder."""


@dataclass(frozen=True)
class Item:
    """A file as it is announced."""

    name: str
    format: str
    title: str
    about: str
    media_type: str
    conforms_to: str = ""


@dataclass(frozen=True)
class Written(Item):
    """A file that is there."""

    size: int = 0
    sha256: str = ""
    rows: int = 0
    written_at: str = ""
    # When the run began that read its content, and what was known then to have left the public; see `leaving`.
    as_of: str = ""
    left: dict[str, int] = field(default_factory=dict)


@dataclass
class Workshop:
    """The folder in which one run writes its files. `say` is told how far it is."""

    folder: Path
    say: Callable[[str], None]
    began: datetime
    left: dict[str, int]
    files: list[Written] = field(default_factory=list)
    _rows: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def file(self, item: Item, of: str) -> Iterator[IO[bytes]]:
        """Give a file to write; `of` names the rows that are counted into it."""
        with (self.folder / item.name).open("wb") as file:
            yield file
        self.keep(item, self._rows[of])

    def keep(self, item: Item, rows: int) -> None:
        """Note down a file that is finished."""
        path = self.folder / item.name
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        written = Written(
            **asdict(item),
            size=path.stat().st_size,
            sha256=digest,
            rows=rows,
            written_at=timezone.localtime().isoformat(timespec="seconds"),
            as_of=timezone.localtime(self.began).isoformat(),
            left=self.left,
        )
        self.files.append(written)
        self.say(f"{item.name} {rows}")

    def counted(self, name: str, rows: Iterable[Any]) -> Iterator[Any]:
        """Count rows as they pass."""
        self._rows[name] = 0
        for row in rows:
            yield row
            self._rows[name] += 1
            if self._rows[name] % STEP == 0:
                self.say(f"… {name} {self._rows[name]}")


@contextmanager
def workshop(root: Path, formats: set[str], say: Callable[[str], None]) -> Iterator[Workshop]:
    """Give a folder to write these formats into, and serve it when nothing went wrong.

    The files of other formats are taken over. Raises BusyError when another run is at it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        _sweep(root)
        now = timezone.now()
        made = Workshop(root / f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:6]}", say, now, left_by(now))
        made.folder.mkdir()
        try:
            _take_over(root, made, formats)
            yield made
            _finish(root, made)
        except BaseException:
            shutil.rmtree(made.folder, ignore_errors=True)
            raise


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError from None
        yield


def _take_over(root: Path, made: Workshop, formats: set[str]) -> None:
    for file in files_in(root):
        if file.format not in formats:
            os.link(current(root) / file.name, made.folder / file.name)
            made.files.append(file)


def _finish(root: Path, made: Workshop) -> None:
    """Write what is there, then let the link point to it: one step, no reader sees half."""
    listed = [asdict(each) for each in made.files]
    (made.folder / MANIFEST).write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    link = root / f".{made.folder.name}"
    link.symlink_to(made.folder.name)
    os.replace(link, root / CURRENT)


def _sweep(root: Path) -> None:
    """Remove what earlier runs left: all but the folder that is served."""
    served = current(root).name
    for each in root.iterdir():
        if each.is_dir() and not each.is_symlink() and each.name != served:
            shutil.rmtree(each, ignore_errors=True)


def current(root: Path) -> Path:
    """Return the folder that is served; there may be none yet."""
    return (root / CURRENT).resolve()


def files_in(root: Path) -> list[Written]:
    """Return the files that are served."""
    try:
        listed = json.loads((current(root) / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Written(**each) for each in listed]
