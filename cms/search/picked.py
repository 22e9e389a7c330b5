"""What was found, in its order, of which only those are fetched that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class Picked:
    """Objects known by their keys; each is fetched once, when it is first taken, without those that are gone."""

    def __init__(self, keys: Sequence[Any], fetch: Callable[[Sequence[Any]], Mapping[Any, Any]]) -> None:
        self.keys, self.fetch = keys, fetch
        self._fetched: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def count(self) -> int:
        """Return how many there are."""
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Any]:
        return [*self.of(self.keys[part]).values()]

    def of(self, keys: Sequence[Any]) -> dict[Any, Any]:
        """Return the objects of keys, in the order of those."""
        if missing := [key for key in keys if key not in self._fetched]:
            self._fetched |= self.fetch(missing)
        return {key: self._fetched[key] for key in keys if key in self._fetched}

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])
