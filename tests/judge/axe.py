"""axe, and the rules it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

# WCAG 2.2 A and AA, and what axe holds to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Off by default; WCAG 2.2 asks for it (2.5.8).
MORE_RULES = {"target-size": {"enabled": True}}
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}, "rules": MORE_RULES}


def complaints(tab: Page, within: str | None = None, *, without: tuple[str, ...] = ()) -> list[str]:
    """Return what axe says of a page, or of what a selector finds in it; one line for each place."""
    rules = {**MORE_RULES, **{rule: {"enabled": False} for rule in without}}
    options = {**OPTIONS, "rules": rules}
    found: list[dict[str, Any]] = Axe().run(tab, context=within, options=options).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
