"""What was found, in its order, of which only those are fetched that somebody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class Picked:
    """Objects known by their keys; each slice is fetched when it is taken, without those that are gone."""

    def __init__(self, keys: Sequence[int], fetch: Callable[[Sequence[int]], Mapping[int, Any]]) -> None:
        self.keys, self.fetch = keys, fetch

    def __len__(self) -> int:
        return len(self.keys)

    def count(self) -> int:
        """Return how many there are."""
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Any]:
        keys = self.keys[part]
        found = self.fetch(keys) if keys else {}
        return [found[key] for key in keys if key in found]

    def __iter__(self) -> Iterator[Any]:
        return iter(self[:])
