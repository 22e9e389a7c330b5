"""Does the engine hold all that the database holds? Only then is it asked.

A write is noted with what was written, and sent when that is certain; one the engine did not take, or that came while
its index was being built, is sent later. What is noted counts:
until all is sent, writes are noted too, so that none overtakes another, and the database answers.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F

from ..models import IndexState, Unsent

# A subject: the root of its kind, and its key.
Subject = tuple[str, str]


def is_complete(engine: str) -> bool:
    """Was all of this engine's index built, by the words questions are cut by, and everything sent since? One query."""
    built = IndexState.objects.filter(pk=1, engine=engine, engine_version=F("version"))
    return built.exclude(Exists(Unsent.objects.all())).exists()


def is_built(engine: str) -> bool:
    """Was all of it built, whatever was not sent since?"""
    return IndexState.objects.filter(pk=1, engine=engine, engine_version=F("version")).exists()


def begin(building: str) -> None:
    """Note that an index is being built, which is going to hold whatever was noted before."""
    IndexState.objects.update_or_create(pk=1, defaults={"engine": "", "engine_building": building})
    Unsent.objects.all().delete()


def is_latest(building: str) -> bool:
    """Did nobody begin another one since?"""
    return IndexState.objects.filter(pk=1, engine_building=building).exists()


def built(building: str, engine: str, version: str) -> None:
    """Note that the index that was begun last is there."""
    values = {"engine": engine, "engine_version": version, "engine_building": ""}
    IndexState.objects.filter(pk=1, engine_building=building).update(**values)


def note(subjects: Iterable[Subject]) -> int | None:
    """Note what is to be sent, and return the number of the first note."""
    notes = Unsent.objects.bulk_create([Unsent(model=model, key=key) for model, key in subjects], batch_size=500)
    return min((each.pk for each in notes), default=None)


def is_owed(most: int, first: int) -> bool:
    """Is this the first of all notes, and are they no more than so many?"""
    notes = list(Unsent.objects.order_by("pk").values_list("pk", flat=True)[: most + 1])
    return len(notes) <= most and notes[:1] == [first]
