"""What the table says of a measurement."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from . import cpu, table
from .table import Line


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (Line(4, "网页", 1000, "原版", 40, values=[39.0, 41.0, 50.0]), "达到"),
        (Line(4, "网页", 1000, "原版", 40, values=[39.0, 39.5, 50.0]), "未达到"),
        (Line(8, "游标", 1000, "第一页", 1.2, at_least=False, values=[1.1, 1.3, 1.2]), "达到"),
        (Line(8, "游标", 1000, "第一页", 1.2, at_least=False, values=[1.3]), "未达到"),
        (Line(13, "旧内容", 1000, "—", 100, at_least=False, values=[0], broken=True), "未达到"),
        (Line(1, "边缘", 1000, "nginx", 0.8), "未建"),
    ],
)
def test_the_median_decides(line: Line, verdict: str) -> None:
    assert line.verdict == verdict


def test_only_the_part_between_the_marks_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"前\n{table.BEGIN}\n旧\n{table.END}\n后\n")
    monkeypatch.setattr(table, "DOCUMENT", document)
    monkeypatch.setattr(table, "ROOT", tmp_path)

    file = table.save([Line(4, "网页", 1000, "原版", 40, values=[41.0])], {"日期": "今天"}, document=True)

    text = document.read_text()
    assert text.startswith("前\n")
    assert text.endswith("\n后\n")
    assert "旧" not in text
    assert "| 4 | 网页 | 1,000 | 原版 | ≥ 40.0 × | 41.0 × | — | — | — | 达到 |" in text
    assert file.is_file()


def test_the_processor_time_of_a_process_is_counted() -> None:
    before, until = cpu.seconds([os.getpid()]), time.process_time() + 0.1

    while time.process_time() < until:
        pass

    assert cpu.seconds([os.getpid()]) > before
