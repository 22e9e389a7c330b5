"""What the installed industry templates bring, as the pack's reader wants it."""

from __future__ import annotations

from pages.industry_templates import installed
from snippets.templates_hook import service_class_choices

from .catalogues import DefaultCatalogue
from .pack import Installed


def from_registry() -> Installed:
    """Ask the registry, so that catalogues of third-party templates count too."""
    return Installed(
        catalogues=tuple(
            DefaultCatalogue(catalogue.code, template.code, catalogue.file)
            for template in installed()
            for catalogue in template.catalogues
        ),
        service_classes=tuple(code for code, _label in service_class_choices()),
    )
