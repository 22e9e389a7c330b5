"""The roster: every organisation's permanent code, and its state with basis and date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from .models import RosterEntry, RosterState

if TYPE_CHECKING:
    from datetime import date

    from .models import OrganisationPage

SERIAL_WIDTH = 5


class RosterCodes:
    """Give roster codes to many organisations in one go; asks the database once per division."""

    def __init__(self) -> None:
        self._taken = set(RosterEntry.objects.values_list("code", flat=True))
        self._last: dict[str, int] = {}

    def next(self, organisation: OrganisationPage) -> str:
        """Return the credit code, or, where there is none (or it is taken), division code + local serial."""
        code = organisation.credit_code
        if not code or code in self._taken:
            prefix = _prefix(organisation)
            if prefix not in self._last:
                same = (int(code.removeprefix(prefix)) for code in self._taken if code.startswith(prefix))
                self._last[prefix] = max(same, default=0)
            self._last[prefix] += 1
            code = f"{prefix}{self._last[prefix]:0{SERIAL_WIDTH}d}"
        self._taken.add(code)
        return code


def _prefix(organisation: OrganisationPage) -> str:
    return f"{organisation.division_code[:6] or '000000'}-"


def ensure_roster_entry(organisation: OrganisationPage) -> RosterEntry:
    """Return the organisation's row, made with a permanent code when there is none.

    The code is the unified social credit code, or, where there is none, division code + local serial.
    """
    existing = RosterEntry.objects.filter(organisation=organisation.pk).first()
    if existing:
        return existing
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return RosterEntry.objects.create(organisation_id=organisation.pk, code=_free_code(organisation))
        except IntegrityError:
            continue
    raise RuntimeError(f"no free roster code for {organisation}")


def _free_code(organisation: OrganisationPage) -> str:
    credit_code = organisation.credit_code
    if credit_code and not RosterEntry.objects.filter(code=credit_code).exists():
        return credit_code
    prefix = _prefix(organisation)
    last = RosterEntry.objects.filter(code__startswith=prefix).order_by("-code").values_list("code", flat=True).first()
    serial = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{serial:0{SERIAL_WIDTH}d}"


def set_roster_state(organisation: OrganisationPage, state: RosterState, basis: str, since: date) -> RosterEntry:
    """Change the state of an organisation in the roster, with its basis and date."""
    entry = ensure_roster_entry(organisation)
    entry.state, entry.basis, entry.since = state, basis, since
    entry.full_clean()
    entry.save(update_fields=["state", "basis", "since"])
    return entry
