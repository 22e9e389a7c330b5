"""How many tiers approve a record before it is public, and which review it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from snippets.models import CatalogueEntry


class RecordTiersMixin:
    """The tiers follow from the entry, from its hurry, and from who has withdrawn the record before."""

    pk: Any
    go_live_at: datetime | None
    default_approval_tiers: int
    tiers_to_return: int

    @property
    def approval_tiers(self) -> int:
        """Return the tiers before publication: the first alone where it is due at once."""
        return 1 if self.is_at_once else self.all_tiers

    @property
    def tiers_afterwards(self) -> list[int]:
        """Return the tiers that review afterwards what is published at once."""
        return list(range(2, self.all_tiers + 1)) if self.is_at_once else []

    @property
    def all_tiers(self) -> int:
        """Return the tiers of the entry, else of the type; more, where a superior has withdrawn it."""
        entry: CatalogueEntry | None = getattr(self, "entry", None)
        return max(entry.approval_tiers if entry else self.default_approval_tiers, self.tiers_to_return)

    @property
    def is_at_once(self) -> bool:
        """Is it due at once or within hours by its rule? What is to go live later is in no such hurry."""
        is_for_later = self.go_live_at is not None and self.go_live_at > timezone.now()
        return self.is_due_at_once and not is_for_later and self.tiers_to_return == 1

    @property
    def is_due_at_once(self) -> bool:
        """Does the entry's rule say so? Nobody claims it for a single page."""
        entry: CatalogueEntry | None = getattr(self, "entry", None)
        return entry is not None and entry.is_due_at_once
