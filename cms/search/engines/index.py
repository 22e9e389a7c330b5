"""Keeping the engine's index: what is written to it now, later, and when it is built anew."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max, Model
from modelsearch.backends.elasticsearchbase import ElasticsearchAtomicIndexRebuilder
from wagtail.search.backends.base import get_model_root
from wagtail.search.index import get_indexed_instance
from wagtail.search.utils import get_content_type_pk

from rules.segmentation import Dictionary

from ..backends.documents import document_of
from ..lexicon import lexicon, lexicon_to_write_by
from ..models import Unsent
from . import state
from .asking import SHORTNESS

if TYPE_CHECKING:
    from .backend import EngineSearchBackend
    from .state import Subject

logger = logging.getLogger(__name__)
BATCH = 200
# So often is looked whether more was noted meanwhile.
ROUNDS = 3


class RefusedError(Exception):
    """The engine is there, and does not do what it was asked."""


class EngineIndex:
    """One index for objects of all kinds, as the database has one table. Goes before Wagtail's own class."""

    backend: EngineSearchBackend
    name: str
    # Is this one being built, and still hidden? Did the engine fail meanwhile?
    is_new = is_lost = is_filled = False

    def is_alias(self) -> bool:
        """Is there an index in use under this name?"""
        return bool(self.backend.es.indices.exists_alias(name=self.name))

    def add_model(self, model: type[Model]) -> None:
        """Nothing: all kinds are kept alike."""

    def add_item(self, item: Model) -> None:
        self.add_items(type(item), [item])

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        self._write([(subject_of(item), item) for item in items])

    def delete_item(self, item: Model) -> None:
        self._write([(subject_of(item), None)])

    def _write(self, rows: Sequence[tuple[Subject, Model | None]]) -> None:
        if self.is_new:
            self._fill(rows)
            return
        first = state.note(subject for subject, _item in rows)
        if first is not None and state.is_built(self.backend.place):
            # What is taken back takes its notes along, and was never sent.
            transaction.on_commit(partial(send_soon, self, first), robust=True)

    def _fill(self, rows: Sequence[tuple[Subject, Model | None]]) -> None:
        if not self.is_lost:
            try:
                self.backend.send(list(self._actions(rows)), self.name, self.backend.patience)
                self.is_filled = True
            except self.backend.failures as error:
                self.is_lost = True
                logger.warning("The search engine failed while its index was built: %s", error)

    def send(self, rows: Sequence[tuple[Subject, Model | None]]) -> None:
        """Write to the index in use, or raise: an engine that has lost it must not make one of its own."""
        self.backend.send(list(self._actions(rows)), self.name, self.backend.seconds, require_alias=True)

    def _actions(self, rows: Iterable[tuple[Subject, Model | None]]) -> Iterator[dict[str, Any]]:
        dictionary = lexicon_to_write_by().indexing
        for (model, key), item in rows:
            identity = f"{model}:{key}"
            if item is None:
                yield {"_op_type": "delete", "_id": identity}
            else:
                yield {"_op_type": "index", "_id": identity, "_source": self._source(item, dictionary)}

    def _source(self, item: Model, dictionary: Dictionary) -> dict[str, Any]:
        document = document_of(item, self.backend.body_limit, dictionary)
        return {
            "title": " ".join(document.title),
            "body": " ".join(document.body),
            "autocomplete": " ".join(document.autocomplete),
            "type": get_content_type_pk(type(item)),
            "key": str(item.pk),
            "number": item.pk if isinstance(item.pk, int) else 0,
            "shortness": SHORTNESS / max(len(" ".join(document.title)), 1),
        }


def subject_of(item: Model) -> Subject:
    """Return under what an object is kept."""
    return get_model_root(type(item))._meta.label_lower, str(item.pk)


def send_soon(index: EngineIndex, first: int) -> None:
    """Send what was just noted, from its first note on.

    Whoever noted something earlier sends this too, or the worker does; also where it is much: nobody waits for that.
    """
    if not state.is_owed(BATCH, first):
        return
    try:
        for _round in range(ROUNDS):
            if not send_later(index):
                break
    except index.backend.failures as error:
        logger.warning("The search engine took no write, it is sent later: %s", error)


def send_later(index: EngineIndex) -> int:
    """Send what was noted, as it is now, and return how much that was. Raises what the engine fails with."""
    number = 0
    # What is noted from now on waits for the next time: there may be no end of it.
    last = Unsent.objects.aggregate(last=Max("pk"))["last"] or 0
    while noted := list(Unsent.objects.filter(pk__lte=last).order_by("pk")[:BATCH]):
        subjects = dict.fromkeys((each.model, each.key) for each in noted)
        index.send([(subject, _object(*subject)) for subject in subjects])
        Unsent.objects.filter(pk__in=[each.pk for each in noted]).delete()
        number += len(subjects)
    return number


def _object(model: str, key: str) -> Model | None:
    try:
        found = apps.get_model(model)._base_manager.filter(pk=key).first()
    except LookupError:
        # There is no such model any more, and nothing of it.
        return None
    instance: Model | None = get_indexed_instance(found) if found else None
    return instance


class EngineRebuilder(ElasticsearchAtomicIndexRebuilder):
    """What `update_index` does around writing every object. Without the engine it does nothing, and the state says so.

    Writes that come meanwhile are noted, and sent when the index is there.
    """

    def start(self) -> EngineIndex:
        """Make an index nobody sees yet."""
        index: EngineIndex = self.index
        self.version = Dictionary(lexicon().listed).version
        state.begin(index.name)
        index.is_new = True
        try:
            super().start()
        except index.backend.failures as error:
            index.is_lost = True
            logger.warning("The search engine makes no index: %s", error)
        return index

    def finish(self) -> None:
        """Put it in the place of the old one, unless it is not whole, or somebody began another meanwhile."""
        index, backend = self.index, self.index.backend
        if index.is_lost or not index.is_filled or not state.is_latest(index.name):
            self._discard()
            return
        try:
            super().finish()
        except backend.failures as error:
            logger.warning("The search engine does not take its new index: %s", error)
            self._discard()
            return
        state.built(index.name, backend.place, self.version)
        try:
            send_later(self.alias)
        except backend.failures as error:
            logger.warning("The search engine took no write, it is sent later: %s", error)

    def _discard(self) -> None:
        """Leave nothing behind in the engine: the next one is begun in five minutes."""
        try:
            self.index.delete()
        except self.index.backend.failures as error:
            logger.warning("The search engine keeps an index of no use, %s: %s", self.index.name, error)
