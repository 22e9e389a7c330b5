"""The topics a stored read can rest on, beside its place in the tree."""

from __future__ import annotations

from typing import Any

from ledger.changes import topic_of as of

__all__ = [
    "CATALOGUE",
    "FRAME",
    "INDUSTRY_PAGES",
    "SERVICES",
    "SERVICE_HALL",
    "group",
    "notices_of",
    "of",
    "services_of",
    "versions",
]

# What stands around every page: menu, footer, portal settings.
FRAME = "frame"
# Any entry, any service item: for lists of them.
CATALOGUE = "catalogue"
SERVICES = "services"
# The pages whose addresses stand in other rows: the hall of the service items, those of the industries.
SERVICE_HALL = "service-hall"
INDUSTRY_PAGES = "industry-pages"


def group(organisation: Any, catalogue: Any, code: Any) -> str:
    """Return the topic of what an organisation has made public of one group of a catalogue."""
    return f"group:{organisation}:{catalogue}:{code}"


def versions(organisation: Any) -> str:
    """Return the topic of what replaced what in an organisation."""
    return f"versions:{organisation}"


def notices_of(organisation: Any) -> str:
    """Return the topic of what an organisation announces: its notices name each other."""
    return f"notices:{organisation}"


def services_of(provider: Any) -> str:
    """Return the topic of the service items of a provider."""
    return f"services:{provider}"
