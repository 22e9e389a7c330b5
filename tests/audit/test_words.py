"""Whatever is recorded has Chinese words for those who read the audit."""

from __future__ import annotations

import re

from cms.audit.kinds import KINDS
from tests.architecture.house import sources
from workflows.models import BundleState
from workflows.records import OF_TIER, OF_WORKFLOW

LITERAL = re.compile(r"\brecord\(\s*\"([a-z_]+\.[a-z_.]+)\"")


def test_every_kind_that_is_recorded_by_its_name_has_words() -> None:
    recorded = {kind for file in sources() for kind in LITERAL.findall(file.read_text())}

    assert len(recorded) > 20
    assert recorded - KINDS.keys() == set()


def test_so_has_every_step_of_an_approval() -> None:
    bundles = {f"bundle.{end}" for end in (BundleState.RETURNED, BundleState.RECALLED, "approved", "submitted")}

    assert ({*OF_TIER, *OF_WORKFLOW} | bundles) - KINDS.keys() == set()
