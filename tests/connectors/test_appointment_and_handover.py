"""Slots that are booked and given back; a reader who is led to a provider and back. Nothing of the person stays."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cms.connectors.models import HandOver, HandOverState
from cms.connectors.replies import BadReplyError, read_booked, read_slots
from tests.pages.seen import words
from tests.town import Town

from .acts import item
from .test_paying import press

pytestmark = pytest.mark.django_db
SLOT = re.compile(r'name="slot" value="([^"]+)"')


@pytest.fixture
def visit(town: Town, connection: Any) -> Any:
    return item(town, "visit", "appointment", service_class="appointment")


@pytest.fixture
def led(town: Town, connection: Any) -> Any:
    return item(town, "led", "handover", inputs="[]", service_class="registration")


def text(response: Any) -> str:
    return words(response.content.decode())


def test_a_slot_is_booked_and_cancelled_by_its_number(visit):
    slots = SLOT.findall(Client().get("/do/visit/").content.decode())

    booked = Client().post("/do/visit/", {"act": "book", "slot": slots[0], "in-account": "20261123"})
    number = re.findall(r"Y[0-9A-F]{8}", booked.content.decode())[0]
    cancelled = Client().post("/do/visit/", {"act": "cancel", "number": number})

    assert "预约号" in text(booked) and booked["Cache-Control"] == "no-store"
    # What was taken stands beside its number: the page is printed.
    assert "09:00–11:00" in text(booked) and "余" not in text(booked)
    assert "预约已取消" in text(cancelled)
    assert Client().post("/do/visit/", {"act": "cancel", "number": number}).status_code == 422


def test_a_slot_that_is_taken_is_said(visit):
    response = Client().post("/do/visit/", {"act": "book", "slot": "2020-01-01-09", "in-account": "20261123"})

    assert response.status_code == 409
    assert "约满" in text(response)


@pytest.mark.parametrize("data", [{"act": "book"}, {"act": "book", "slot": "x"}, {"act": "cancel", "number": " "}])
def test_what_is_missing_is_said(visit, data):
    response = Client().post("/do/visit/", data)

    assert response.status_code == 400
    assert "请" in text(response)


def begin() -> tuple[HandOver, str]:
    response = Client().post("/do/led/")
    assert response.status_code == 303
    return HandOver.objects.latest("pk"), response["Location"]


def test_a_reader_is_led_there_and_back(led):
    made, page = begin()

    back = press(page, "done").removeprefix("http://testserver")
    first, again = Client().get(back), Client().get(back)

    made.refresh_from_db()
    assert (first.status_code, again.status_code, made.state) == (303, 409, HandOverState.DONE)
    assert "已办完" in text(Client().get(first["Location"]))


def test_what_has_ended_stays(led):
    made, page = begin()
    Client().get(press(page, "done").removeprefix("http://testserver"))

    press(page, "refused")
    Client().get(f"/do/led/{made.token}/")

    made.refresh_from_db()
    assert made.state == HandOverState.DONE


def test_a_tampered_return_says_so_and_the_provider_decides(led):
    made, page = begin()
    back = press(page, "accepted").removeprefix("http://testserver")

    response = Client().get(back.replace("status=accepted", "status=done"))

    made.refresh_from_db()
    assert (response.status_code, made.state) == (401, HandOverState.ACCEPTED)


def test_another_token_is_not_found(led):
    assert Client().get("/do/led/nothing/").status_code == 404


def test_a_silent_provider_shows_the_telephone(led, connection):
    connection.base_url = "http://127.0.0.1:1"
    connection.save()

    response = Client().post("/do/led/")

    assert response.status_code == 503
    assert "0411-00000000" in response.content.decode()


@pytest.mark.parametrize("told", [{}, {"slot": "2026-11-24"}, {"slot": {"id": "1", "date": "soon"}}])
def test_a_booking_counts_whatever_is_said_of_its_slot(told):
    assert read_booked({"status": "ok", "number": "Y1", **told}) is None


@pytest.mark.parametrize("left", [float("inf"), float("nan"), "many", None, []])
def test_a_number_that_is_none_is_no_answer(left):
    with pytest.raises(BadReplyError):
        read_slots({"status": "ok", "slots": [{"id": "1", "date": "2026-11-24", "left": left}]})
