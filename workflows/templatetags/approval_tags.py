"""What forms of other rooms show of the approval."""

from __future__ import annotations

from typing import Any

from django import template

from ..ahead import route_ahead as sentences_of

register = template.Library()


@register.inclusion_tag("workflows/route_ahead.html", takes_context=True)
def route_ahead(context: dict[str, Any]) -> dict[str, Any]:
    """Say who will decide on the draft of an edit form's panel."""
    panel = context["self"]
    subject, parent = panel.instance, getattr(panel.form, "parent_page", None)
    organisation = subject.responsible_organisation if subject.pk else getattr(parent, "specific", None)
    specific = getattr(organisation, "specific", organisation)
    known = specific if hasattr(specific, "chain") else None
    return {"sentences": sentences_of(subject, known, panel.request.user)}
