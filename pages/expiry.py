"""A record with lists of names leaves the public when their display is over, whoever forgets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from blocks.display import display_end, name_lists
from blocks.writing import written_date

if TYPE_CHECKING:
    from datetime import datetime


class DisplayedMixin:
    """Keeps the end of the display as the record's own expiry, in every version that is saved."""

    expire_at: datetime | None
    body: Any

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Let no version outlive its display; an earlier end that an editor has set stays."""
        self._end_with_the_display()
        stock: Any = super()
        return stock.save_revision(*args, **kwargs)

    def _end_with_the_display(self) -> None:
        end, before = display_end(self.body), self._end_before()
        if before is not None and self.expire_at == before:
            # It was the display's; the display has another end now, or none.
            self.expire_at = None
        if end is not None and (self.expire_at is None or self.expire_at > end):
            self.expire_at = end

    def _end_before(self) -> datetime | None:
        page: Any = self
        last = page.latest_revision if page.pk else None
        # Only the body is asked for: the whole version would be built of a dozen questions.
        written = last.content.get("body") if last is not None else None
        return display_end(page._meta.get_field("body").to_python(written)) if written else None

    @property
    def expiry_reason(self) -> str:
        """Say what was on display, why and for how long, when it is over; empty for anything else."""
        return "；".join(
            _("公示期%(start)s至%(end)s，已满。公示事项：%(reason)s")
            % {
                "start": written_date(each["display_from"]) if each.get("display_from") else "",
                "end": written_date(each["display_to"]),
                "reason": each.get("reason") or "",
            }
            for each in name_lists(self.body)
            if each.get("display_to")
        )
