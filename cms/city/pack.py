"""Read a whole pack: everything is checked, every problem is collected, nothing is written anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .catalogues import Catalogue, DefaultCatalogue, bundled_catalogues, read_catalogues
from .divisions import District, read_divisions
from .face import City, read_city
from .industries import IndustryRow, read_industries
from .life_events import LifeEventRow, read_life_events
from .problems import Place, Problems
from .services import SERVICE_CLASSES, ServiceRow, read_services
from .source import Progress, Source, silent
from .units import GrassrootsRow, UnitRow, read_grassroots, read_units
from .words import WordsRow, read_words

INDUSTRIES = Path(__file__).resolve().parents[2] / "industries"


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a pack says. Load nothing of it while its problems hold an error."""

    folder: Path
    city: City
    districts: tuple[District, ...]
    catalogues: Mapping[str, Catalogue]
    industries: tuple[IndustryRow, ...]
    units: tuple[UnitRow, ...]
    grassroots: tuple[GrassrootsRow, ...]
    services: tuple[ServiceRow, ...]
    words: tuple[WordsRow, ...] = ()
    life_events: tuple[LifeEventRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Installed:
    """What the installed industry templates bring, against which a pack's codes are checked."""

    catalogues: tuple[DefaultCatalogue, ...]
    service_classes: tuple[str, ...] = SERVICE_CLASSES


def bundled() -> Installed:
    """Return what the templates of this project bring."""
    return Installed(bundled_catalogues(INDUSTRIES))


def read_pack(
    folder: Path, installed: Installed | None = None, progress: Progress = silent
) -> tuple[Pack | None, Problems]:
    """Read the pack in a folder.

    Returns the pack (None where `city.toml` cannot be read) and everything that is wrong with it, sorted.
    """
    installed = installed or bundled()
    problems = Problems()
    source = Source(folder, problems, progress)
    city = read_city(source)
    if city is None:
        return None, problems
    districts = read_divisions(source, city) if "divisions" in city.files else ()
    catalogues = read_catalogues(source, city, installed.catalogues)
    industries = read_industries(source, city, catalogues) if "industries" in city.files else ()
    services = read_services(source, city, industries, installed.service_classes)
    pack = Pack(
        folder=folder,
        city=city,
        districts=districts,
        catalogues=catalogues,
        industries=industries,
        units=read_units(source, city, districts, industries),
        grassroots=read_grassroots(source, city, districts, industries),
        words=read_words(source, city),
        services=services,
        life_events=read_life_events(source, city, services),
    )
    _check_streets(pack.grassroots, city, problems)
    return pack, problems


def _check_streets(rows: Iterable[GrassrootsRow], city: City, problems: Problems) -> None:
    """Every village needs the row of its street: the street is the department above it."""
    rows = tuple(rows)
    streets = {row.official_code for row in rows if row.is_street}
    for row in rows:
        if not row.is_street and row.street_code not in streets:
            place = Place(city.files["grassroots_units"], row.line)
            problems.error(place, _("文件里没有街道“%(street)s”自己的一行。") % {"street": row.street_code})
