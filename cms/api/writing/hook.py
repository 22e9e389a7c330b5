"""Where spectacular finds the description of the write API (POSTPROCESSING_HOOKS)."""

from __future__ import annotations

from typing import Any

from .described import describe


def describe_writing(result: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Add the write API."""
    return describe(result)
