"""What is public without being a page takes two people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from accounts.models import Duty
from ledger.models import Event
from snippets.models import CatalogueEntry, Industry, PortalSettings
from tests.factories import appoint, make_entry, make_industry, make_person
from tests.town import Town
from tests.workflows.acts import signed_in, told, words
from workflows.models import Proposal, ProposalState

INDUSTRY = "wagtailsnippets_snippets_industry:"
ENTRY = "wagtailsnippets_snippets_catalogueentry:"


def industry(**fields: Any) -> dict[str, Any]:
    return {"title": "改过的行业", "code": "changed", "catalogue": "generic", "order": "1", "parent": "", **fields}


@pytest.fixture
def first(town: Town) -> Client:
    return signed_in(town.administrator("portal"))


@pytest.fixture
def second(town: Town) -> Client:
    return signed_in(town.reviewer("portal"))


def decide(client: Client, act: str, comment: str = "") -> Any:
    proposal = Proposal.objects.latest("pk")
    return client.post(reverse("countersigning:proposal", args=[proposal.pk]), {"act": act, "comment": comment})


def test_a_posted_change_waits_and_changes_nothing(town: Town, first: Client) -> None:
    row = make_industry("before", title="原来的行业")

    response = first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())

    row.refresh_from_db()
    assert row.title == "原来的行业"
    assert "经第二人复核后生效" in told(response)[0]
    assert ["名称", "原来的行业", "改过的行业"] in Proposal.objects.get().changes[0]["values"]


def test_confirmed_by_a_second_person_it_takes_effect_in_the_name_of_the_first(
    town: Town, first: Client, second: Client
) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())

    decide(second, "confirm")

    row.refresh_from_db()
    assert (row.title, row.code) == ("改过的行业", "changed")
    assert Proposal.objects.get().state == ProposalState.CONFIRMED
    event = Event.objects.get(kind="countersigning.confirmed")
    assert event.actor == town.reviewer("portal")


def test_nobody_confirms_his_own_not_even_a_superuser(town: Town) -> None:
    boss = signed_in(make_person("boss", is_superuser=True))
    row = make_industry("before", title="原来的行业")
    boss.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())

    decide(boss, "confirm")

    row.refresh_from_db()
    assert row.title == "原来的行业"
    assert Proposal.objects.get().state == ProposalState.WAITING


def test_a_form_with_errors_is_shown_with_them(town: Town, first: Client) -> None:
    response = first.post(reverse(INDUSTRY + "add"), industry(title=""))

    assert response.status_code == 200
    assert not Proposal.objects.exists()


def test_adding_and_deleting_wait_too(town: Town, first: Client, second: Client) -> None:
    gone = make_industry("gone", title="无人使用")

    first.post(reverse(INDUSTRY + "add"), industry(code="added"))
    assert not Industry.objects.filter(code="added").exists()
    decide(second, "confirm")
    first.post(reverse(INDUSTRY + "delete", args=[gone.pk]))
    assert Industry.objects.filter(pk=gone.pk).exists()
    decide(second, "confirm")

    assert Industry.objects.filter(code="added").exists()
    assert not Industry.objects.filter(pk=gone.pk).exists()


def test_deleting_in_bulk_waits(town: Town, first: Client, second: Client) -> None:
    gone = make_entry("generic", "Z98", title="无人使用")
    address = reverse("wagtail_bulk_action", args=["snippets", "catalogueentry", "delete"])

    first.post(f"{address}?id={gone.pk}")
    assert CatalogueEntry.objects.filter(pk=gone.pk).exists()
    decide(second, "confirm")

    assert not CatalogueEntry.objects.filter(pk=gone.pk).exists()


def test_the_settings_of_the_portal_wait(town: Town, first: Client, second: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    stored = PortalSettings.for_site(site)
    form = {
        "site_name": "改过的名称",
        "site_name_en": "Changed",
        "seal_text": "办事公开",
        "index_number_scheme": stored.index_number_scheme,
    }

    first.post(reverse("wagtailsettings:edit", args=["snippets", "portalsettings", site.pk]), form)
    assert PortalSettings.objects.get(pk=stored.pk).site_name == stored.site_name
    decide(second, "confirm")

    assert PortalSettings.objects.get(pk=stored.pk).site_name == "改过的名称"


def test_a_redirect_waits(town: Town, second: Client) -> None:
    boss = signed_in(make_person("boss", is_superuser=True))
    form = {"old_path": "/old", "site": "", "is_permanent": "on", "redirect_link": "https://example.org/"}

    boss.post(reverse("wagtailredirects:add"), form)
    assert not Redirect.objects.exists()
    decide(second, "confirm")

    assert Redirect.objects.get().redirect_link == "https://example.org/"


def test_what_changed_meanwhile_is_not_overwritten(town: Town, first: Client, second: Client) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())
    Industry.objects.filter(pk=row.pk).update(title="别人改的行业")

    response = decide(second, "confirm")

    row.refresh_from_db()
    assert row.title == "别人改的行业"
    assert "请重新提出" in told(response)[0]
    assert Proposal.objects.get().state == ProposalState.STALE


def test_whoever_lost_the_right_meanwhile_changes_nothing(town: Town, first: Client, second: Client) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())
    town.administrator("portal").appointments.update(is_suspended=True)

    decide(second, "confirm")

    row.refresh_from_db()
    assert row.title == "原来的行业"
    assert Proposal.objects.get().state == ProposalState.STALE


def test_a_refusal_needs_a_reason_which_the_first_person_reads(town: Town, first: Client, second: Client) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())

    assert decide(second, "refuse").status_code == 422
    decide(second, "refuse", "名称与标准不符。")

    assert Proposal.objects.get().state == ProposalState.REFUSED
    assert town.administrator("portal").letters.get(kind="countersigning.refused").body == "名称与标准不符。"


def test_one_takes_back_what_one_proposed(town: Town, first: Client) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())

    decide(first, "withdraw")

    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_only_people_of_the_portal_see_proposals(town: Town, first: Client) -> None:
    row = make_industry("before", title="原来的行业")
    first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry())
    outsider = make_person("outsider")
    appoint(outsider, town.district, Duty.ADMINISTRATOR)

    for address in (
        reverse("countersigning:list"),
        reverse("countersigning:proposal", args=[Proposal.objects.get().pk]),
    ):
        assert signed_in(outsider).get(address).status_code != 200
        assert "改过的行业" in words(first.get(address)) or "原来的行业" in words(first.get(address))


def test_the_list_costs_no_more_queries_when_there_is_more(
    town: Town, first: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        row = make_industry(f"row{number}", title=f"行业{number}")
        first.post(reverse(INDUSTRY + "edit", args=[row.pk]), industry(code=f"changed{number}"))

    with django_assert_max_num_queries(30):
        assert first.get(reverse("countersigning:list")).status_code == 200
