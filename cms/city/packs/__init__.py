"""The packs that come with the software."""

from __future__ import annotations

from pathlib import Path

SAMPLE = Path(__file__).parent / "sample"
