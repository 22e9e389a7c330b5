"""The formats there are, and how a run writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from .tables import write_tables
from .workshop import workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from .workshop import Workshop

TABLES = ("csv", "xlsx")
FORMATS: tuple[str, ...] = (*TABLES,)
OTHERS: dict[str, Callable[[Workshop], None]] = {}


def write_exports(root: Path, formats: Collection[str], say: Callable[[str], None]) -> None:
    """Write formats into a folder. Raises BusyError when another run is at it."""
    with translation.override(settings.LANGUAGE_CODE), workshop(root, set(formats), say) as made:
        if tables := [each for each in TABLES if each in formats]:
            write_tables(made, tables)
        for name, write in OTHERS.items():
            if name in formats:
                write(made)
