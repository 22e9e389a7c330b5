"""The industry template: what a plugin declares, and the registry that reads it.

A plugin registers a function under the Wagtail hook `register_industry_template`; it returns one frozen
`IndustryTemplate`. Installed is not active: a branch is assigned one of its catalogues in the admin.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.apps import apps
from wagtail import hooks

from rules.screening import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from django.apps import AppConfig

    from .models import RecordPage, UnitPage

HOOK = "register_industry_template"
FALLBACK_PAGE_TYPE = "pages.UnitPage"
# What an organisation without a catalogue of its own falls back to: a unit, an office.
FALLBACK_CATALOGUES = frozenset({"generic", "office"})


@dataclass(frozen=True)
class Catalogue:
    """One catalogue of a template: its file of entries and the page type of units it rules."""

    code: str
    title: str
    file: Path
    title_en: str = ""
    # "app_label.ModelName"; None for the catalogue of offices, which no branch may be assigned.
    page_type: str | None = FALLBACK_PAGE_TYPE


@dataclass(frozen=True)
class IndustryTemplate:
    """All that one industry brings. `blocks` are (name, block) pairs.

    `checks` screen a draft: each takes a page and returns sentences (warnings about the body), or
    `rules.screening.Finding`s, which say how severe they are and which field they are about.
    """

    code: str
    label: str
    catalogues: tuple[Catalogue, ...]
    label_en: str = ""
    blocks: tuple[tuple[str, Any], ...] = ()
    service_kinds: tuple[tuple[str, str], ...] = ()
    checks: tuple[Callable[[Any], Sequence[str | Finding]], ...] = field(default=())


def installed() -> list[IndustryTemplate]:
    """Return the installed templates, ordered by code, so that every process builds the same blocks."""
    return sorted((declare() for declare in hooks.get_hooks(HOOK)), key=lambda template: template.code)


def catalogues() -> dict[str, Catalogue]:
    """Return every catalogue by its code."""
    return {catalogue.code: catalogue for template in installed() for catalogue in template.catalogues}


def template_of(catalogue_code: str) -> IndustryTemplate | None:
    """Return the template that brings a catalogue."""
    for template in installed():
        if any(catalogue.code == catalogue_code for catalogue in template.catalogues):
            return template
    return None


def app_of(template_code: str) -> AppConfig | None:
    """Return the app that declares a template: its models are the template's own."""
    for declare in hooks.get_hooks(HOOK):
        if declare().code == template_code:
            return apps.get_containing_app_config(declare.__module__)
    return None


def findings(page: RecordPage) -> list[str]:
    """Return what the checks of the template find in a disclosure or notice, each a sentence for its author."""
    return [finding.sentence for finding in industry_findings(page)]


def industry_findings(page: RecordPage) -> list[Finding]:
    """Return what the checks of the template find; a bare sentence is a warning about the body.

    The template is that of the organisation's catalogue: a notice may have no entry. A draft may have no place yet.
    """
    template = _template_for(page)
    if template is None:
        return []
    family = f"industry.{template.code}"
    return [_as_finding(found, family) for check in template.checks for found in check(page)]


def _template_for(page: RecordPage) -> IndustryTemplate | None:
    entry = getattr(page, "entry", None)
    if entry is not None:
        return template_of(entry.catalogue)
    organisation = page.organisation if page.pk else None
    return template_of(organisation.specific.catalogue_code) if organisation is not None else None


def _as_finding(found: str | Finding, family: str) -> Finding:
    """Put a finding of a check under the template's name; only personal data is ever let through by exception."""
    if isinstance(found, str):
        return Finding(family, Severity.WARN, "body", found)
    return replace(found, code=f"{family}.{found.code}", exceptional=False)


def page_type_for(catalogue_code: str) -> type[UnitPage]:
    """Return the page class of new units under a catalogue; a plain UnitPage when nothing says otherwise."""
    catalogue = catalogues().get(catalogue_code)
    label = (catalogue.page_type if catalogue else None) or FALLBACK_PAGE_TYPE
    model: type[UnitPage] = apps.get_model(label)
    return model
