"""The formats there are, and how a run writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from .dcat import write_catalogue
from .hsds import write_hsds
from .services import write_services
from .tables import write_tables
from .workshop import workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from .workshop import Workshop

TABLES = ("csv", "xlsx")
# The catalogue comes last: it lists what the others have written.
OTHERS: dict[str, Callable[[Workshop], None]] = {
    "jsonld": write_services,
    "hsds": write_hsds,
    "dcat": write_catalogue,
}
FORMATS: tuple[str, ...] = (*TABLES, *OTHERS)


def write_exports(root: Path, formats: Collection[str], say: Callable[[str], None]) -> None:
    """Write formats into a folder. Raises BusyError when another run is at it."""
    # Whatever is written anew, the catalogue must tell its size and digest.
    wanted = {*formats, "dcat"}
    with translation.override(settings.LANGUAGE_CODE), workshop(root, wanted, say) as made:
        if tables := [each for each in TABLES if each in wanted]:
            write_tables(made, tables)
        for name, write in OTHERS.items():
            if name in wanted:
                write(made)
