"""Redis, shared by all processes; while it is away each process keeps for itself what it would have kept there.

What stands in the cache may always be lost: counts of requests, claims of due jobs, figures, drawn sheets. No session,
no lock of a sign-in and no answer of ours is there. So nothing is refused and nothing is let through for its absence:
limits go on, counted by each process alone.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
# After a failure Redis is not asked for so long: who asks would wait for it each time.
REST_SECONDS = 5.0


def _shared(name: str) -> Callable[..., Any]:
    """Return a method that asks Redis, and where that is away, this process."""

    def method(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        if not self.is_alone():
            try:
                found = getattr(super(SharedCache, self), name)(*args, **kwargs)
            except self.errors as error:
                self.rest(error)
            else:
                SharedCache._is_away = False
                return found
        return getattr(self.own, name)(*args, **kwargs)

    method.__name__ = name
    method.__doc__ = getattr(RedisCache, name).__doc__
    return method


class SharedCache(RedisCache):
    """The cache named by `redis://…`."""

    # For all threads of a process: each has an object of its own.
    _alone_until: ClassVar[float] = 0.0
    _is_away: ClassVar[bool] = False

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.own = LocMemCache("shared-cache", {name: each for name, each in params.items() if name != "OPTIONS"})

    @property
    def errors(self) -> Any:
        """Return what the library raises."""
        client: Any = self._cache
        return client._lib.RedisError

    def is_alone(self) -> bool:
        """Does this process keep for itself just now?"""
        return time.monotonic() < SharedCache._alone_until

    def rest(self, error: Exception) -> None:
        """Leave Redis alone for a while."""
        logger.warning("Redis does not answer; each process keeps for itself: %s", error)
        if not SharedCache._is_away:
            # What was kept the last time is old.
            self.own.clear()
        SharedCache._is_away, SharedCache._alone_until = True, time.monotonic() + REST_SECONDS

    add = _shared("add")
    get = _shared("get")
    set = _shared("set")
    touch = _shared("touch")
    delete = _shared("delete")
    get_many = _shared("get_many")
    has_key = _shared("has_key")
    incr = _shared("incr")
    set_many = _shared("set_many")
    delete_many = _shared("delete_many")
    clear = _shared("clear")
