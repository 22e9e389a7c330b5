"""What a load did, counted; and what it left for somebody to decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Rows created, updated, moved and unchanged, per kind; sentences about what was not done by itself."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """Return how many rows this load changed."""
        return self.created.total() + self.updated.total() + self.moved.total()
