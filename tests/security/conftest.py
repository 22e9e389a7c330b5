"""The world is built once for each module."""

from __future__ import annotations

from .world import world

__all__ = ["world"]
