"""Panels of the edit form: the checklist, and the choice of the entry."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel

from rules.screening import Screening
from snippets.screening.files import UNREAD
from snippets.screening.panel import ScreeningPanel, anchor_of

from .checklist import gaps
from .notice_time import is_late


class ChecklistPanel(ScreeningPanel):
    """What the draft still lacks, with a link to each gap, and the rule of its entry; findings to be answered."""

    class BoundPanel(ScreeningPanel.BoundPanel):
        """The checklist of one draft."""

        template_name = "pages/panels/checklist.html"

        def is_shown(self) -> bool:
            """Show it always: that nothing is missing is worth saying, too."""
            return bool(super(ScreeningPanel.BoundPanel, self).is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the gaps of the draft as it is in the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            # What asks for an answer is listed where the answer is given.
            told = Screening(tuple(each for each in self.screening.findings if not each.asks))
            found = [(gap, anchor_of(gap.field)) for gap in gaps(self.instance, told)]
            context["blocking"] = [each for each in found if each[0].blocking]
            unread = [(each, anchor_of(each.field)) for each in self.screening.findings if each.code == UNREAD]
            context["advice"] = [*(each for each in found if not each[0].blocking), *unread]
            context["entry"] = self.instance.entry if self.instance.entry_id else None
            return context


class EntryPanel(FieldPanel):
    """The entry; a link such as the start page's brings it along (`?entry=`)."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The entry of one draft."""

        def __init__(self, **kwargs: Any) -> None:
            form, request = kwargs.get("form"), kwargs.get("request")
            asked = request.GET.get("entry", "") if request is not None else ""
            if form is not None and not form.is_bound and not form.instance.entry_id and asked.isdecimal():
                offered = {str(line.entry.pk) for line in getattr(form.fields.get("entry"), "lines", [])}
                if asked in offered:
                    form.initial["entry"] = int(asked)
            super().__init__(**kwargs)


class LateReasonPanel(FieldPanel):
    """The reason of a late announcement; asked for only when it is late."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The reason of one draft."""

        def is_shown(self) -> bool:
            """Show it when it is late, and where a reason stands already."""
            return bool(super().is_shown() and (self.instance.late_reason or is_late(self.instance)))
