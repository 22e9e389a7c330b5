"""The panel of the edit form that shows findings and asks for the author's answer."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel

from rules.screening import Answer, Finding, Screening, Severity

from .forms import CONFIRM, EXCEPTION
from .whole import screened_at_once

# Where the form keeps a field, when it is not at the label of that name.
ANCHORS = {"body": "body", "attachments": "id_attachments-FORMS"}


def anchor_of(field: str) -> str:
    """Return where in the form a field is."""
    return ANCHORS.get(field, f"id_{field}-label")


class ScreeningPanel(Panel):
    """Findings, each with a link to its field; a tick, and a reason where an exception is asked for."""

    def get_form_options(self) -> dict[str, Any]:
        """Claim the two fields that answer."""
        return {"fields": [CONFIRM, EXCEPTION]}

    class BoundPanel(Panel.BoundPanel):
        """The findings of one draft."""

        template_name = "snippets/panels/screening.html"

        @cached_property
        def screening(self) -> Screening:
            """Return the findings about what is in the form."""
            typed: Screening | None = getattr(self.form, "screening", None)
            return typed if typed is not None else screened_at_once(self.instance)

        def is_shown(self) -> bool:
            """Show it only where there is something to say."""
            return bool(super().is_shown() and any(_concerns_the_author(each) for each in self.screening.findings))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the findings, sorted by what is to be done about them."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **answer_context(self.screening, self.form), "told": self._told()}

        def _told(self) -> list[tuple[Finding, str]]:
            """Return what only has to be known or corrected, with the place in the form."""
            return [
                (each, anchor_of(each.field))
                for each in self.screening.findings
                if _concerns_the_author(each) and not each.asks and each.answer == Answer.NONE
            ]


def answer_context(screening: Screening, form: Any) -> dict[str, Any]:
    """Return what the tick and the reason are about, and their fields."""
    asked = [each for each in screening.findings if each.asks and each.severity == Severity.WARN]
    lifted = [each for each in screening.findings if each.exceptional and each.severity == Severity.BLOCK]
    return {
        "asked": [(each, anchor_of(each.field)) for each in asked],
        "lifted": [(each, anchor_of(each.field)) for each in lifted],
        "confirm": form[CONFIRM] if form is not None and CONFIRM in form.fields else None,
        "exception": form[EXCEPTION] if form is not None and EXCEPTION in form.fields else None,
    }


def _concerns_the_author(finding: Finding) -> bool:
    return bool(finding.field)
