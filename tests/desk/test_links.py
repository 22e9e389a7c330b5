"""The chooser of outside links answers whatever it is sent."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import make_person
from tests.town import Town
from tests.workflows.acts import signed_in

ADDRESS = "wagtailadmin_choose_page_external_link"


@pytest.mark.parametrize("chooser", ["external", "email", "phone", "anchor"])
def test_a_chooser_of_links_that_is_sent_nothing_asks_again(town: Town, chooser: str) -> None:
    answer = signed_in(town.editor("water")).post(reverse(ADDRESS.replace("external", chooser)), {})

    assert (answer.status_code, answer.json()["step"]) == (200, f"{chooser}_link")


def test_an_address_is_chosen_as_ever(town: Town) -> None:
    form = {"external-link-chooser-url": "https://example.org/", "external-link-chooser-link_text": "说明"}

    answer = signed_in(town.editor("water")).post(reverse(ADDRESS), form)

    assert answer.json()["result"]["url"] == "https://example.org/"


def test_strangers_choose_nothing(db: None) -> None:
    person = make_person("nobody")

    assert signed_in(person).post(reverse(ADDRESS), {}).status_code in {302, 403}
