"""What no form sends is answered all the same, and never by a failure."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import RegistrationForm
from ledger.models import Letter
from tests.factories import make_person
from tests.people.registering import submitted_form
from tests.town import Town
from tests.workflows.acts import draft, signed_in
from workflows.bundles import submit_bundle

LONG = "9" * 5_000


def test_a_letter_of_endless_number_is_none(town: Town) -> None:
    assert signed_in(town.editor("water")).post(reverse("inbox:read"), {"letter": LONG}).status_code == 302
    assert not Letter.objects.exclude(read_at=None).exists()


def test_a_member_of_endless_number_was_not_shown(town: Town) -> None:
    reviewer = town.reviewer("water")
    bundle = submit_bundle(
        user=town.editor("water"),
        organisation=town.water,
        title="调价",
        reason="同时生效",
        subjects=[draft(town, entry="water_profile") for _number in range(2)],
    )

    response = signed_in(reviewer).post(
        reverse("approval:bundle", args=[bundle.pk]), {"action": "approve", "comment": "", "shown": LONG}
    )

    assert response.status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_audit_has_no_days_at_the_ends_of_the_calendar(town: Town, day: str) -> None:
    client = signed_in(town.auditor("portal"))

    assert client.get(reverse("audit:events"), {"since": day, "until": day}).status_code == 200


def test_a_nul_is_left_out(town: Town) -> None:
    auditor, superior = town.auditor("portal"), town.administrator("education_office")
    submitted_form(town.school, town.editor("school"))

    assert signed_in(auditor).get(reverse("audit:auditors"), {"q": "\x00示例"}).status_code == 200
    act = {"act": "return", "reason": "电话\x00有误"}
    assert signed_in(superior).post(reverse("people:form_act", args=[town.school.pk]), act).status_code == 302
    assert RegistrationForm.objects.get().reason == "电话有误"


def test_only_what_can_be_withdrawn_is_looked_for(town: Town) -> None:
    operator = make_person("operator", is_superuser=True)

    for model in ("auth", "accounts"):
        assert signed_in(operator).get(f"/admin/withdrawal/{model}/user/{operator.pk}/").status_code == 404
