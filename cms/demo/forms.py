"""Registration forms in every state, so that each screen of them has something to show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.models import FormState, RegisteredStaff, RegistrationForm

if TYPE_CHECKING:
    from accounts.models import User

PHONE = "0411-00000000"
HEAD = {
    "leader_name": "示例领导",
    "leader_post": "副主任（示例）",
    "leader_phone": PHONE,
    "office_name": "办公室（示例）",
    "head_name": "示例主任",
    "head_phone": PHONE,
    "signer": "示例填表人",
}
# A year and more ago: to be confirmed anew.
LONG_AGO = timedelta(days=400)


def add_forms(places: dict[str, Any], people: dict[str, User]) -> int:
    """Make a form in each state where there is none yet; return how many were made."""
    if RegistrationForm.objects.exists():
        return 0
    now = timezone.now()
    decided = {"decided_by": people["bureau_admin"], "decided_at": now - timedelta(days=3)}
    editor, teacher = people["water_editor"], people["school_editor"]
    # Confirmed, with somebody who has no account yet: the bureau can issue one.
    _form(
        places["water"],
        FormState.CONFIRMED,
        editor,
        ("示例三", "editor", editor.username),
        ("示例甲", "editor", ""),
        **decided,
    )
    _form(places["school"], FormState.SUBMITTED, teacher, ("示例七", "editor", teacher.username))
    _form(places["village"], FormState.DRAFT, None, ("示例十一", "editor", "village_editor"))
    operator = people["operator"]
    _form(places["gas"], FormState.RETURNED, operator, ("示例乙", "editor", ""), decided_at=now, reason="请补审核员。")
    _form(places["heating"], FormState.CONFIRMED, operator, ("示例丙", "editor", ""), decided_at=now - LONG_AGO)
    return 5


def _form(place: Any, state: str, by: User | None, *staff: tuple[str, str, str], **fields: Any) -> None:
    submitted = {"submitted_by": by, "submitted_at": timezone.now() - timedelta(days=5)} if by else {}
    form = RegistrationForm.objects.create(
        organisation_id=place.pk, state=state, filled_on=timezone.localdate(), **HEAD, **submitted, **fields
    )
    RegisteredStaff.objects.bulk_create(
        RegisteredStaff(form=form, order=order, name=name, duty=duty, username=username, phone=PHONE)
        for order, (name, duty, username) in enumerate(staff)
    )
