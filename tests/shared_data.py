"""The data of a real city, and the schemas, that stand beside the project; they are read there and never copied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PARENTS = Path(__file__).resolve().parents[1:]
_NEAR = [folder / "shared" for folder in _PARENTS]
SHARED = Path(os.environ.get("GONGKAI_SHARED", "") or next((each for each in _NEAR if each.is_dir()), _NEAR[1]))
REAL_CITY = SHARED / "data"
SCHEMAS = SHARED / "schemas"

needs_real_city = pytest.mark.skipif(not REAL_CITY.is_dir(), reason=f"no data of a real city in {REAL_CITY}")
