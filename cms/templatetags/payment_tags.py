"""Amounts in templates."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def fen(amount: int) -> str:
    """Write an amount of fen in yuan."""
    return f"{amount // 100:,}.{amount % 100:02d}"
