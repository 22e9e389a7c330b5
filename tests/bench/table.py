"""The table: what was measured against what must be reached, in words for people and in JSON."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from .cluster import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEAD = (
    "| 行 | 内容 | 公开信息条数 | 对照 | 目标 | 实测：中位数 [最小–最大] | 每秒：本站／对照 "
    "| 每次 CPU 毫秒（应用+数据库）：本站／对照 | 字节：本站／对照 | 结论 |\n" + "|---" * 10 + "|"
)


@dataclass
class Line:
    """One measured target. `values` are ratios or figures, one a round; no values means there is nothing to measure."""

    row: int
    name: str
    size: int
    anchor: str
    target: float
    at_least: bool = True
    unit: str = "×"
    values: list[float] = field(default_factory=list)
    ours: dict[str, float] = field(default_factory=dict)
    other: dict[str, float] = field(default_factory=dict)
    note: str = ""
    broken: bool = False

    @property
    def verdict(self) -> str:
        """Say whether the target is reached."""
        if not self.values:
            return "未建"
        value = median(self.values)
        reached = value >= self.target if self.at_least else value <= self.target
        return "达到" if reached and not self.broken else "未达到"

    def cells(self) -> list[str]:
        """Write the line of the table."""
        sign = "≥" if self.at_least else "≤"
        measured = "—"
        if self.values:
            measured = f"{number(median(self.values))} {self.unit}".strip()
            if len(self.values) > 1:
                measured += f" [{number(min(self.values))}–{number(max(self.values))}]"
        return [
            *(
                str(self.row),
                self.name,
                f"{self.size:,}",
                self.anchor,
                f"{sign} {number(self.target)} {self.unit}".strip(),
            ),
            f"{measured} {self.note}".strip(),
            both(self.ours, self.other, lambda told: number(told["rps"])),
            both(self.ours, self.other, lambda told: f"{number(told['app'])}+{number(told['database'])}"),
            both(self.ours, self.other, lambda told: number(told["bytes"]) if "bytes" in told else "—"),
            self.verdict,
        ]


def both(ours: dict[str, float], other: dict[str, float], write: Any) -> str:
    """Write a figure of ours and of the other one, as far as they are known."""
    return " ／ ".join(write(told) for told in (ours, other) if told) or "—"


def number(value: float) -> str:
    """Write a figure with as many digits as it is worth."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}" if abs(value) < 0.1 else f"{value:.2f}"


def written(lines: list[Line], facts: dict[str, Any]) -> str:
    """Write the table with what must be known of the run."""
    told = "；".join(f"{name} {value}" for name, value in facts.items())
    rows = ["| " + " | ".join(line.cells()) + " |" for line in sorted(lines, key=lambda line: (line.row, line.size))]
    return "\n".join([told + "。", "", HEAD, *rows])


def save(lines: list[Line], facts: dict[str, Any], *, document: bool) -> Path:
    """Keep the run as JSON, and put the table into the document."""
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    told = [asdict(line) | {"verdict": line.verdict} for line in lines]
    file.write_text(json.dumps({"facts": facts, "lines": told}, ensure_ascii=False, indent=1))
    if document:
        text = DOCUMENT.read_text()
        before, rest = text.split(BEGIN)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{written(lines, facts)}\n{END}{rest.split(END)[1]}")
    return file


def load_average() -> str:
    """Return the load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"
