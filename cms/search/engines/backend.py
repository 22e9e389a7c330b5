"""What the backends of both engines have in common."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from asgiref.local import Local
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.views.decorators.debug import sensitive_variables

from .. import backends
from ..backends.backend import SegmentedSearchBackend
from ..backends.conditions import Question, Scope
from . import state
from .asking import MAPPINGS, MOST, request
from .index import EngineRebuilder, RefusedError, send_later
from .results import EngineResults, EngineShortlist, wanted_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import Model, QuerySet
    from wagtail.search.models import IndexEntry

    from ..backends.among import Among
    from ..backends.backend import Wanted
    from ..backends.conditions import Expression
    from ..backends.shortlists import Hit
    from .index import EngineIndex

logger = logging.getLogger(__name__)
# One that did not answer is left alone so long: nobody else waits for it.
AWAY, AWAY_SECONDS = "search-engine-away", 60
# Who builds an index may wait.
PATIENCE = 60.0
BAD_REQUEST = 400
PORTS = {"http": 80, "https": 443}
# Refused for what it says, whenever it is sent.
UNREADABLE = frozenset({"document_parsing_exception", "mapper_parsing_exception"})
# How long the request in hand has waited for the engine.
_waited = Local()


def _begin_to_count(**kwargs: Any) -> None:
    _waited.seconds = 0.0


def _count_no_more(**kwargs: Any) -> None:
    _waited.seconds = None


request_started.connect(_begin_to_count)
request_finished.connect(_count_no_more)


@dataclass(frozen=True)
class Engine:
    """Where it is."""

    kind: str
    # It holds the password.
    url: str = field(repr=False)
    index: str
    ca: str = ""
    seconds: float = 3.0

    @property
    def host(self) -> str:
        """Return its address without user and password."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS[parts.scheme]}{parts.path.rstrip('/')}"

    @property
    def login(self) -> tuple[str, str] | None:
        """Return user and password, which stand in an address with their % signs."""
        parts = urlsplit(self.url)
        return (unquote(parts.username), unquote(parts.password or "")) if parts.username else None


class EngineSearchBackend(SegmentedSearchBackend):
    """Search by an engine; goes before Wagtail's own class for it, which knows the client."""

    results_class = EngineResults
    shortlist_class = EngineShortlist
    atomic_rebuilder_class = EngineRebuilder
    settings = {"settings": {}, "mappings": MAPPINGS}
    # What the client raises when the engine is away or refuses; what user and password are called in it.
    failures: tuple[type[Exception], ...] = ()
    login_option = ""
    patience = PATIENCE
    # What the engine fails with is caught here; what our own database fails with must be told.
    catch_indexing_errors = False
    es: Any

    @sensitive_variables()
    def __init__(self, params: dict[str, Any]) -> None:
        self.engine: Engine = params.pop("ENGINE")
        options: dict[str, Any] = {"max_retries": 0, "retry_on_timeout": False}
        options |= {self.login_option: self.engine.login} if self.engine.login else {}
        options |= {"ca_certs": self.engine.ca} if self.engine.ca else {}
        super().__init__({**params, "HOSTS": [self.engine.host], "OPTIONS": options, "TIMEOUT": PATIENCE})
        self.seconds = self.engine.seconds

    def search_by(self, body: dict[str, Any], seconds: float) -> Any:
        """Search the index in use, in so much time; all of it or nothing."""
        raise NotImplementedError

    def write(self, actions: Collection[dict[str, Any]], seconds: float, **options: Any) -> list[dict[str, Any]]:
        """Write by the client's `bulk`, and return what was refused."""
        raise NotImplementedError

    def send(self, actions: Collection[dict[str, Any]], index: str, seconds: float, **options: Any) -> None:
        """Write to an index, or raise; what is to be deleted may be gone already.

        What the engine cannot read goes to the log: one text must not keep it out of use for ever.
        """
        refused = self.write(actions, seconds, index=index, raise_on_error=False, **options)
        errors = [each for each in refused if each.get("delete", {}).get("result") != "not_found"]
        unreadable = [each for each in errors if _is_unreadable(each)]
        if others := [each for each in errors if each not in unreadable]:
            raise RefusedError(str(others[0])[:500])
        for each in unreadable:
            logger.error("The search engine cannot read this, and is not going to find it: %s", str(each)[:500])
        if unreadable:
            # Nor what it said before.
            deletions = [{"_op_type": "delete", "_id": each["index"]["_id"]} for each in unreadable]
            self.send(deletions, index, seconds, **options)

    @property
    def place(self) -> str:
        """Return by what name the state knows this engine."""
        where = sha256(f"{self.engine.host} {self.engine.index}".encode()).hexdigest()[:16]
        return f"{self.engine.kind}:{where}"

    def get_index_for_model(self, model: type[Model] | None) -> EngineIndex:
        index: EngineIndex = self.index_class(self, self.engine.index)
        return index

    def answer(self, body: dict[str, Any]) -> Any:
        """Return the hits of a search; None when the engine does not hold everything, or does not answer."""
        if cache.get(AWAY) or not state.is_complete(self.place):
            return None
        try:
            return self._hits(body)
        except self.failures as error:
            logger.warning("The search engine does not answer, the database does: %s", error)
            if getattr(error, "status_code", None) != BAD_REQUEST:
                cache.set(AWAY, True, AWAY_SECONDS)
            return None

    def _hits(self, body: dict[str, Any]) -> Any:
        waited = getattr(_waited, "seconds", None)
        left = self.seconds - (waited or 0.0)
        if left <= 0:
            raise RefusedError("one request has waited for it long enough")
        begun = monotonic()
        try:
            found = self.search_by(body, left)
        finally:
            if waited is not None:
                _waited.seconds = waited + monotonic() - begun
        if found["timed_out"] or found["_shards"]["failed"]:
            raise RefusedError("only a part of the index has answered")
        return found["hits"]

    def is_in_use(self) -> bool:
        """Does it answer, as far as is known?"""
        return not cache.get(AWAY) and state.is_complete(self.place)

    def is_missing(self) -> bool:
        """Has it no index, or not all of it? Raises what the engine fails with."""
        return not self.get_index_for_model(None).is_alias() or not state.is_built(self.place)

    def catch_up(self) -> int:
        """Send what was noted, and return how much that was."""
        return send_later(self.get_index_for_model(None))

    @cached_property
    def database(self) -> SegmentedSearchBackend:
        """Return the backend of the database, which answers in its stead."""
        return backends.SearchBackend({"BODY_LIMIT": self.body_limit})

    def matching(self, question: Question, entries: QuerySet[IndexEntry]) -> QuerySet[IndexEntry]:
        return self.database.matching(question, entries)

    def nearest(
        self, question: Question, entries: QuerySet[IndexEntry], wanted: Wanted, stop: int | None
    ) -> QuerySet[Any]:
        return self.database.nearest(question, entries, wanted, stop)

    def is_rare(self, question: Question, most: int) -> bool:
        return self.database.is_rare(question, most)

    def ranked(self, question: Question, among: Among, most: int) -> list[tuple[Any, int]]:
        return self.database.ranked(question, among, most)

    def latest(self, question: Question, among: Among, most: int) -> list[Hit]:
        return self.database.latest(question, among, most)

    def some(self, question: Question, among: Among, types: Collection[int], most: int) -> list[Hit]:
        return self.database.some(question, among, types, most)

    def few(self, expression: Expression, sets: Sequence[Among]) -> list[list[int]]:
        types = [each for among in sets for each in among.types]
        answer = self.answer(request(Question(expression, Scope.EVERYTHING), types))
        if answer is None or answer["total"]["value"] > MOST:
            return self.database.few(expression, sets)
        return [wanted_keys(answer["hits"], among) for among in sets]

    def tune(self) -> None:
        """Nothing: an engine sees to itself."""


def _is_unreadable(refused: dict[str, Any]) -> bool:
    error = refused.get("index", {}).get("error")
    return isinstance(error, dict) and error.get("type") in UNREADABLE
