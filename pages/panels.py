"""Panels of the edit form: the checklist, and the choice of the entry."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, Panel

from .checklist import gaps

# Where the form keeps a field, when it is not at the label of that name.
ANCHORS = {"body": "body", "attachments": "id_attachments-FORMS"}


class ChecklistPanel(Panel):
    """What the draft still lacks, with a link to each gap, and the rule of its entry."""

    class BoundPanel(Panel.BoundPanel):
        """The checklist of one draft."""

        template_name = "pages/panels/checklist.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the gaps of the draft as it is in the form."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            found = [(gap, ANCHORS.get(gap.field, f"id_{gap.field}-label")) for gap in gaps(self.instance)]
            context["blocking"] = [each for each in found if each[0].blocking]
            context["advice"] = [each for each in found if not each[0].blocking]
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
