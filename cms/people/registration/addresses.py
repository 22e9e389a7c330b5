"""Whose mailbox stands beside whom: whoever reads a mailbox can set the password of its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def address_problems(rows: Sequence[Mapping[str, Any]], numbers: Sequence[int] = ()) -> dict[int, str]:
    """Say, by the place of the row, which mailbox is another person's; `numbers` are the rows as the reader counts."""
    addresses = [str(row.get("email") or "").strip().lower() for row in rows]
    found = User.objects.annotate(lower=Lower("email")).filter(lower__in={each for each in addresses if each})
    owners: dict[str, set[str]] = {}
    for address, username in found.values_list("lower", "username"):
        owners.setdefault(address, set()).add(username)
    first: dict[str, int] = {}
    problems: dict[int, str] = {}
    for index, (row, address) in enumerate(zip(rows, addresses, strict=True)):
        if not address:
            continue
        number = numbers[index] if numbers else index + 1
        before = first.setdefault(address, index)
        if owners.get(address, set()) - {row.get("username")}:
            problems[index] = _("第 %(number)d 行的邮箱已属于另一个账号；如是本人，请填写用户名。") % {"number": number}
        elif not _is_same_person(row, rows[before]):
            words = {"number": number, "before": numbers[before] if numbers else before + 1}
            problems[index] = _("第 %(number)d 行的邮箱与第 %(before)d 行另一人的相同，请各填本人的邮箱。") % words
    return problems


def _is_same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """As issuing tells people apart: by user name, or by name and phone."""
    if one.get("username") and one.get("username") == other.get("username"):
        return True
    return all((one.get(name) or "") == (other.get(name) or "") for name in ("name", "phone"))
