"""The same overview as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from accounts.models import Duty
from workflows.models import ApprovalTier

from .table import Chain, acts, chains, notes, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = """# 权限一览

本文由 `manage.py write_permissions` 按权限策略（`accounts.policies`）、审核路径（`workflows.routes`）
和层级表（`pages.levels`）生成，测试保证与之一致，请勿手改。后台“人员 · 权限一览”是同一份，并标出本人。
"""


def as_markdown() -> str:
    """Return the document, always in Chinese."""
    with override("zh-hans"):
        parts = [HEAD, "## 职责\n", _duties(), *(part for chain in chains() for part in _chain(chain))]
        parts += ["## 对所有人\n", "\n".join(f"- {note}" for note in notes()) + "\n"]
        return "\n".join(parts)


def _duties() -> str:
    lines = [_row(["可以做什么", *Duty.labels]), _row(["---"] * (1 + len(Duty.values)))]
    lines += [_row([act.words, *("✓" if may else "" for may in act.cells)]) for act in acts()]
    return "\n".join(lines) + "\n"


def _chain(chain: Chain) -> list[str]:
    heads = ["单位", "级别", *ApprovalTier.labels, "人员由谁任免"]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for row in rows_of(chain):
        approvers = [each.level.label for each in row["approvers"]]
        above = "、".join(str(each.level.label) for each in row["appointed_by"]) or "系统运维"
        lines.append(_row([row["storey"].level.label, row["storey"].tier.label, *approvers, above]))
    return [f"## {chain.words}\n", drawing(chain), "\n".join(lines) + "\n"]


def drawing(chain: Chain) -> str:
    """Draw who supervises and who approves: power runs down, what is written runs up."""
    unit_approvers = chain.approvers
    lines = ["```text"]
    for storey in chain.storeys:
        tiers = [str(ApprovalTier(n).label) for n, each in enumerate(unit_approvers, start=1) if each == storey]
        deciding = f"　◀ 单位稿件的{'、'.join(tiers)}" if tiers else ""
        lines.append(f"{storey.words}{deciding}")
        if storey != chain.storeys[-1]:
            lines += ["  │ ▼ 任免人员、确认登记表、监督", "  │ ▲ 报送审核"]
    return "\n".join([*lines, "```\n"])


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
