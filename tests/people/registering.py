"""What a unit writes into its registration form, for the tests of this room."""

from __future__ import annotations

from typing import Any

from accounts.models import RegistrationForm
from cms.people.registration.service import decide, save_form, submit

HEAD = {
    "leader_name": "王分管",
    "leader_post": "副校长",
    "leader_phone": "0411-11112222",
    "office_name": "办公室",
    "head_name": "李主任",
    "head_phone": "0411-33334444",
    "signer": "赵填表",
}
CLERK = {"name": "张三", "duty": "editor", "phone": "13900000001", "email": "", "username": ""}
CHECKER = {"name": "李四", "duty": "reviewer", "phone": "13900000002", "email": "", "username": ""}


def posted(*staff: dict[str, str], **head: str) -> dict[str, str]:
    """Return what the screen posts."""
    data = {**HEAD, "filled_on": "2026-11-23", **head}
    data |= {"staff-TOTAL_FORMS": str(len(staff)), "staff-INITIAL_FORMS": "0"}
    for number, row in enumerate(staff):
        data |= {f"staff-{number}-{name}": value for name, value in row.items()}
    return data


def submitted_form(place: Any, by: Any, *staff: dict[str, str]) -> RegistrationForm:
    """Fill in and submit."""
    save_form(organisation=place, values=HEAD, staff=staff or (CLERK, CHECKER), by=by)
    return submit(organisation=place, by=by)


def confirmed_form(place: Any, by: Any, superior: Any, *staff: dict[str, str]) -> RegistrationForm:
    """Fill in, submit, and have it confirmed."""
    submitted_form(place, by, *staff)
    return decide(organisation=place, confirm=True, by=superior)
