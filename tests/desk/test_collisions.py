"""What the database undoes because of another transaction is told in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse

from tests.town import Town
from tests.workflows.acts import signed_in, submitted, told
from workflows import views


def test_whoever_loses_is_led_back_and_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)
    address = reverse("approval:item", args=[state.pk])

    def lose(**kwargs: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(views, "decide", lose)
    answer = signed_in(reviewer).post(
        address, {"action": "approve", "comment": ""}, headers={"referer": f"http://testserver{address}"}
    )

    assert (answer.status_code, answer["Location"]) == (302, f"http://testserver{address}")
    assert "没有生效" in told(answer)[0]


def test_other_faults_of_the_database_are_no_collision(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewer = town.reviewer("water")
    state = submitted(town)

    def fail(**kwargs: Any) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(views, "decide", fail)

    with pytest.raises(OperationalError):
        signed_in(reviewer).post(reverse("approval:item", args=[state.pk]), {"action": "approve", "comment": ""})
