"""Several at once: the ways that lead there, and how long a reader waits for all of them."""

from __future__ import annotations

from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.test import Client

from cms.connectors import bills, payments
from cms.connectors.asking import SilentError
from cms.connectors.models import JointOrder, OrderState, PaymentOrder
from tests.languages.acts import in_english
from tests.pages.seen import Seen, words
from tests.town import Town

from .acts import ACCOUNT, connect, inputs, item, payable

pytestmark = pytest.mark.django_db
WAY = "水电气暖一次缴"


@pytest.mark.parametrize("number", [0, 1, 2])
def test_home_and_hall_lead_to_the_joint_payment_when_two_can_be_paid(town: Town, portal_hall: str, number: int):
    item(town, "asked", "query")
    for each in range(number):
        payable(town, f"bill-{each}")

    pages = [Seen("/"), Seen(portal_hall)]

    assert [page.links.get(WAY) for page in pages] == (["/pay/"] * 2 if number >= 2 else [None] * 2)


def test_a_list_of_other_services_leads_nowhere_else(town: Town, portal_hall: str):
    item(town, "asked", "query", service_class="query")
    payable(town, "bill-1")
    payable(town, "bill-2")

    asked, paid = Seen(f"{portal_hall}?class=query"), Seen(f"{portal_hall}?class=payment")

    assert WAY not in asked.links
    assert paid.links[WAY] == "/pay/"


def test_what_is_done_here_is_done_online_in_the_hall(town: Town, portal_hall: str):
    item(town, "here", "query", title="查水费")
    item(town, "nowhere", "link", title="只能到场")

    rows = {row["title"]: row["note"] for row in Seen(portal_hall).context["rows"]}

    assert rows == {"查水费": "", "只能到场": "电话或现场办理"}


def test_a_translation_that_lags_is_done_where_its_source_is(town: Town, portal_hall: str):
    source = item(town, "here", "link", inputs="[]")
    in_english(source, {"示例here": "Done here"})
    source.connector, source.inputs = "query", inputs(ACCOUNT)  # type: ignore[assignment]
    source.save()

    hall, guide = Seen(f"/en{portal_hall}"), Seen(f"/en{portal_hall}here/")

    assert [(row["title"], row["note"]) for row in hall.context["rows"]] == [("Done here", "")]
    assert 'name="in-account"' in guide.html
    assert 'lang="zh-Hans">用户号</label>' in guide.html


def test_machines_read_where_it_is_done(town: Town, portal_hall: str):
    item(town, "here", "query")

    page = Client().get(f"{portal_hall}here/").content.decode()

    (row,) = Client().get("/api/v2/service-items/?code=here&fields=*").json()["items"]
    assert (row["connector"], row["do_url"]) == ("query", "http://testserver/do/here/")
    assert [each["name"] for each in row["inputs"]] == ["account"]
    assert '"serviceUrl": "http://testserver/do/here/"' in page or '"serviceUrl":"http://testserver/do/here/"' in page


@pytest.mark.parametrize("address", ["/do/open/", "/pay/"])
def test_the_way_back_leads_through_the_hall(town: Town, portal_hall: str, address: str):
    item(town, "open", "appointment")

    response = Client().get(address)

    assert [crumb["title"] for crumb in response.context["breadcrumbs"]][:2] == ["首页", "办事大厅"]
    assert f'href="{portal_hall}"' in response.content.decode()


def test_all_providers_are_asked_at_once(town: Town, monkeypatch: pytest.MonkeyPatch):
    number = bills.MOST_ASKED
    together = Barrier(number, timeout=20)

    def ask(*_asked: Any) -> dict[str, Any]:
        # Broken, and the answer missing, unless all of them wait at the same time.
        together.wait()
        return {"status": "ok", "bills": []}

    connect(town.water, "https://provider.example.org/")
    codes = [f"bill-{each}" for each in range(number)]
    for code in codes:
        payable(town, code)
    monkeypatch.setattr(bills, "ask", ask)

    query = "&".join(f"item={code}" for code in codes)
    response = Client().post(f"/pay/?{query}", {"act": "bills", **{f"{code}-account": "12345" for code in codes}})

    assert response.status_code == 200
    assert "没有答复" not in words(response.content.decode())


def test_asking_for_all_parts_ends_in_seconds(town: Town, monkeypatch: pytest.MonkeyPatch):
    connection, joint = connect(town.water, "https://provider.example.org/"), JointOrder.objects.create()
    for each in range(4):
        PaymentOrder.objects.create(
            joint=joint, connection=connection, code="c", title="t", bill=str(each), amount=5, account="x",
            state=OrderState.SENT,
        )  # fmt: skip
    asked: list[float] = []

    def ask(*_asked: Any, within: float) -> dict[str, Any]:
        asked.append(within)
        raise SilentError("too slow")

    # Each look at the clock is three seconds after the one before.
    seconds = count(0, 3)
    monkeypatch.setattr(payments, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(payments, "ask", ask)

    silent = payments.look_up_all(joint)

    assert len(silent) == 4
    assert asked == [payments.ALL_TOGETHER - 3]
