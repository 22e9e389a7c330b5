"""What is asked how, and what becomes of the answers: a real server answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cms.service_health import checking, links
from cms.service_health.checking import check_due
from cms.service_health.models import Watched
from cms.service_health.probes import Finding, Outcome, Target, _probes, register_probe
from ledger.models import Event
from snippets.models import HealthState, ItemHealth, ServiceItem
from tests.factories import make_service_item
from tests.town import Town

from .server import SILENT, Provider, self_signed, serving


def item(town: Town, link: str, **fields: Any) -> ServiceItem:
    return make_service_item(town.water, town.industries["waterworks"], link=link, **fields)


def state(of: ServiceItem) -> str:
    return ItemHealth.objects.get(item=of).state


def test_a_link_that_answers_is_found_to_work(town: Town, provider: Provider) -> None:
    pay = item(town, f"{provider.base}/pay")

    check_due()

    assert state(pay) == HealthState.WORKING
    assert provider.methods("/pay") == ["HEAD"]
    assert provider.asked[0][2].startswith("GongkaiLinkCheck/1.0 (+http")


def test_a_server_that_dislikes_head_is_asked_for_the_page(town: Town, provider: Provider) -> None:
    provider.answers["/pay"] = {"HEAD": 501, "GET": 200}
    pay = item(town, f"{provider.base}/pay")

    check_due()

    assert state(pay) == HealthState.WORKING
    assert provider.methods("/pay") == ["HEAD", "GET"]


def test_one_failure_is_none(town: Town, provider: Provider) -> None:
    provider.answers["/pay"] = 500
    pay = item(town, f"{provider.base}/pay")

    check_due()

    assert state(pay) == HealthState.UNKNOWN
    assert Watched.objects.get().failures == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody longer than a moment."""
    asked = links.get
    monkeypatch.setattr(links, "get", lambda url, **more: asked(url, seconds=0.3, **more))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("status", [404, 500, SILENT])
def test_several_failures_over_some_time_are_an_interruption(
    town: Town, provider: Provider, rounds: Any, status: Any
) -> None:
    provider.answers["/pay"] = status
    pay = item(town, f"{provider.base}/pay")

    rounds(3)

    found = ItemHealth.objects.get(item=pay)
    assert (found.state, found.reason) == (HealthState.DOWN, "timeout" if status == SILENT else f"status {status}")
    assert found.since == Watched.objects.get().failing_since
    assert Event.objects.filter(kind="service.went_down", organisation_id=town.water.pk).count() == 1


def test_three_failures_at_once_are_too_soon(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/pay"] = 500
    pay = item(town, f"{provider.base}/pay")

    for _turn in range(3):
        Watched.objects.update(next_at="2026-11-01T00:00Z")
        rounds(1, minutes=2)

    assert state(pay) == HealthState.UNKNOWN


def test_a_redirect_into_the_house_counts_as_failing(town: Town, provider: Provider, rounds: Any) -> None:
    provider.redirects["/pay"] = "http://10.0.0.1/"
    pay = item(town, f"{provider.base}/pay")

    rounds(3)

    found = ItemHealth.objects.get(item=pay)
    assert (found.state, found.reason) == (HealthState.DOWN, "private")


def test_a_certificate_nobody_trusts_counts_as_failing(town: Town, settings: Any, rounds: Any, tmp_path: Path) -> None:
    settings.LINK_CHECK = True
    with serving(self_signed(tmp_path)) as secure:
        settings.GUARDED_HTTP_ALLOWED = [secure.host]
        pay = item(town, f"{secure.base}/pay")

        rounds(3)

    found = ItemHealth.objects.get(item=pay)
    assert (found.state, found.reason) == (HealthState.DOWN, "certificate")


@pytest.mark.parametrize("status", [401, 403, 405])
def test_a_page_that_is_not_for_machines_works(town: Town, provider: Provider, status: int) -> None:
    provider.answers["/pay"] = status
    pay = item(town, f"{provider.base}/pay")

    check_due()

    assert state(pay) == HealthState.WORKING


def test_a_host_that_is_asked_too_often_is_left_alone(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/pay"] = 429
    pay = item(town, f"{provider.base}/pay")

    rounds(4)

    assert state(pay) == HealthState.UNKNOWN
    assert provider.methods("/pay") == ["HEAD"]


def test_it_recovers_by_itself_after_two_answers(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/pay"] = 500
    pay = item(town, f"{provider.base}/pay")
    rounds(3)
    provider.answers.clear()

    rounds(1)
    after_one = state(pay)
    rounds(1)

    assert (after_one, state(pay)) == (HealthState.DOWN, HealthState.WORKING)
    assert Event.objects.filter(kind="service.recovered").count() == 1


def test_a_link_that_flaps_is_never_called_down(town: Town, provider: Provider, rounds: Any) -> None:
    pay = item(town, f"{provider.base}/pay")
    rounds(1)

    for turn in range(8):
        provider.answers["/pay"] = 200 if turn % 3 == 2 else 500
        Watched.objects.update(next_at="2026-11-01T00:00Z")
        rounds(1)

    assert state(pay) == HealthState.WORKING
    assert not Event.objects.filter(kind__startswith="service.").exists()


def test_what_works_is_asked_about_once_a_day(town: Town, provider: Provider, rounds: Any) -> None:
    item(town, f"{provider.base}/pay")

    rounds(48, minutes=60)

    assert 2 <= len(provider.asked) <= 3


def test_of_one_host_a_few_are_asked_in_a_round(town: Town, provider: Provider) -> None:
    for number in range(9):
        item(town, f"{provider.base}/{number}")

    asked = [check_due() for _turn in range(4)]

    assert asked == [3, 3, 3, 0]


def test_no_more_than_the_most_are_asked_in_a_round(town: Town, provider: Provider, settings: Any) -> None:
    settings.LINK_CHECK_MAX = 2
    for number in range(3):
        item(town, f"{provider.base}/{number}")

    assert check_due() == 2


def test_one_address_of_two_items_is_asked_once(town: Town, provider: Provider) -> None:
    both = [item(town, f"{provider.base}/pay") for _turn in range(2)]

    check_due()

    assert [state(each) for each in both] == [HealthState.WORKING] * 2
    assert len(provider.asked) == 1


def test_nothing_is_asked_when_it_is_switched_off(town: Town, provider: Provider, settings: Any) -> None:
    settings.LINK_CHECK = False
    item(town, f"{provider.base}/pay")

    assert check_due() == 0
    assert provider.asked == []


def test_when_nobody_answers_the_fault_is_ours(town: Town, settings: Any, rounds: Any, monkeypatch: Any) -> None:
    settings.LINK_CHECK = True
    silent = Finding(Outcome.FAILING, "timeout", is_network=True)
    monkeypatch.setattr(links.LinkProbe, "check", lambda self, target: silent)
    items = [item(town, f"https://{number}.example.org/") for number in range(3)]

    rounds(4)

    assert {state(each) for each in items} == {HealthState.UNKNOWN}
    assert set(Watched.objects.values_list("failures", flat=True)) == {0}


def test_a_new_link_is_a_new_beginning(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/old"] = 500
    pay = item(town, f"{provider.base}/old")
    rounds(3)
    ServiceItem.objects.filter(pk=pay.pk).update(link=f"{provider.base}/new")

    rounds(1)

    assert state(pay) == HealthState.WORKING
    assert [row.key for row in Watched.objects.all()] == [f"{provider.base}/new"]


def test_a_new_link_that_is_known_to_work_ends_an_interruption(town: Town, provider: Provider, rounds: Any) -> None:
    provider.answers["/old"] = 500
    item(town, f"{provider.base}/known")
    pay = item(town, f"{provider.base}/old")
    rounds(3)
    assert state(pay) == HealthState.DOWN
    ServiceItem.objects.filter(pk=pay.pk).update(link=f"{provider.base}/known")

    rounds(1)

    assert state(pay) == HealthState.WORKING


def test_an_item_without_a_link_is_forgotten(town: Town, provider: Provider, rounds: Any) -> None:
    pay = item(town, f"{provider.base}/pay")
    rounds(1)
    ServiceItem.objects.filter(pk=pay.pk).update(link="")

    rounds(1)

    assert not ItemHealth.objects.exists()


class Broken:
    """A connector's probe, for one item."""

    code = "broken"
    label = "坏的接口"

    def __init__(self, item: int, error: bool = False) -> None:
        self.item, self.error = item, error

    def targets(self) -> Any:
        yield Target("joint", frozenset({self.item}), "pay.example.org")

    def check(self, target: Target) -> Finding:
        if self.error:
            raise RuntimeError
        return Finding(Outcome.FAILING, "signature")


@pytest.fixture
def no_other_probe() -> Any:
    before = dict(_probes)
    yield
    _probes.clear()
    _probes.update(before)


@pytest.mark.usefixtures("no_other_probe")
def test_a_connector_adds_a_probe_of_its_own(town: Town, provider: Provider, rounds: Any) -> None:
    pay = item(town, f"{provider.base}/pay")
    register_probe(Broken(pay.pk))

    rounds(3)

    found = ItemHealth.objects.get(item=pay)
    assert (found.state, found.reason) == (HealthState.DOWN, "signature")


@pytest.mark.usefixtures("no_other_probe")
def test_a_probe_that_breaks_says_nothing(town: Town, provider: Provider, rounds: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(checking.logger, "exception", lambda *args: None)
    pay = item(town, f"{provider.base}/pay")
    register_probe(Broken(pay.pk, error=True))

    rounds(3)

    assert state(pay) == HealthState.UNKNOWN
