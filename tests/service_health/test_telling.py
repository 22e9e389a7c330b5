"""The unit and its superior hear of it once."""

from __future__ import annotations

from typing import Any

from ledger.models import Letter
from tests.factories import make_service_item
from tests.town import Town

from .server import Provider


def test_the_unit_and_its_superior_get_one_letter_about_all_that_went_down(
    town: Town, provider: Provider, rounds: Any
) -> None:
    editor, superior = town.editor("water"), town.administrator("water_office")
    town.editor("school")
    for name in ("pay", "query"):
        provider.answers[f"/{name}"] = 500
        make_service_item(town.water, town.industries["waterworks"], title=name, link=f"{provider.base}/{name}")

    rounds(6)

    assert sorted(Letter.objects.values_list("recipient", "kind")) == sorted(
        (person.pk, "service.went_down") for person in (editor, superior)
    )
    letter = Letter.objects.first()
    assert letter.subject == "示例自来水公司：2 项在线服务网上办理不通"
    assert "“pay”：答复错误 500" in letter.body
    assert letter.url == "/admin/service-health/?state=down"


def test_they_hear_when_it_recovers(town: Town, provider: Provider, rounds: Any) -> None:
    town.editor("water")
    provider.answers["/pay"] = 500
    make_service_item(town.water, town.industries["waterworks"], title="缴纳水费", link=f"{provider.base}/pay")
    rounds(3)
    provider.answers.clear()

    rounds(3)

    kinds = list(Letter.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["service.went_down", "service.recovered"]
    assert Letter.objects.last().subject == "示例自来水公司：“缴纳水费”网上办理已恢复"


def test_what_goes_up_and_down_all_day_is_told_once(town: Town, provider: Provider, rounds: Any) -> None:
    town.editor("water")
    make_service_item(town.water, town.industries["waterworks"], link=f"{provider.base}/pay")

    for _turn in range(3):
        provider.answers["/pay"] = 500
        rounds(3)
        provider.answers.clear()
        rounds(3)

    assert Letter.objects.filter(kind="service.went_down").count() == 1


def test_an_item_of_a_whole_branch_is_told_to_the_portal(town: Town, provider: Provider, rounds: Any) -> None:
    office = town.administrator("portal")
    provider.answers["/enrol"] = 500
    make_service_item(None, town.industries["primary"], link=f"{provider.base}/enrol")

    rounds(3)

    assert list(Letter.objects.values_list("recipient", flat=True)) == [office.pk]
