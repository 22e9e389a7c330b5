"""The showcase, alone and with a crowd, built once a run: rows and files are put back for each test that reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.server.replay import Replay
from tests.town import Town, replay_town


class WithFiles:
    """A replay of a filled town whose pictures and files go along."""

    def __init__(self, fill: Callable[[Town], SimpleNamespace]) -> None:
        self.replay = Replay(lambda: fill(replay_town()))
        self.kept: Path | None = None

    def __call__(self, media: Path, make_folder: Callable[[], Path]) -> SimpleNamespace:
        """Put back rows and files; the first time they are made, in the folder where files go."""
        if self.kept is None:
            self.replay.record()
            self.kept = make_folder()
            copytree(media, self.kept, dirs_exist_ok=True)
        else:
            copytree(self.kept, media, dirs_exist_ok=True)
        return self.replay()


def _showcase(town: Town) -> SimpleNamespace:
    shown = build_showcase(town)
    shown.town = town
    return shown


def _crowded(town: Town) -> SimpleNamespace:
    shown = _showcase(town)
    add_crowd(town, range(3))
    return shown


replay_showcase, replay_crowded = WithFiles(_showcase), WithFiles(_crowded)
