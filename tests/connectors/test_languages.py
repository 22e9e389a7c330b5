"""What is done here, in English: what is not translated says in which language it stands; titles have their spaces."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.pages.seen import Seen
from tests.town import Town

from .acts import item
from .test_paying import begin, go

pytestmark = pytest.mark.django_db
CHINESE = 'lang="zh-Hans"'
_numbers = count(70_000_000)


def post(address: str, **fields: str) -> str:
    return Client().post(address, fields).content.decode()


def marked(html: str, words: str) -> bool:
    """Does an element of nothing but these words say that it is Chinese, wherever one stands?"""
    found = re.findall(rf"<(\w+)([^<>]*)>\s*{words}\s*</\1>", html)
    assert found, words
    return all(CHINESE in attributes for _tag, attributes in found)


@pytest.mark.parametrize(("account", "title"), [("20261123", "Result: "), ("x", "Please correct: ")])
def test_a_title_begins_with_what_came_of_it_and_a_space(town: Town, connection, account: str, title: str):
    item(town, "ask", "query")

    assert f"<title>{title}示例ask" in " ".join(post("/en/do/ask/", **{"in-account": account}).split())


def test_the_answer_and_the_way_to_it_are_marked(town: Town, connection, portal_hall: str):
    item(town, "ask", "query", title="水费查询")

    page = post("/en/do/ask/", **{"in-account": "20261123"})

    assert marked(page, "水费查询") and marked(page, "办事大厅")
    assert marked(page, "用户号") and marked(page, "在账单上。") and marked(page, "示＊＊（示例）")
    assert CHINESE not in post("/do/ask/", **{"in-account": "20261123"}).partition("<main")[2].partition("</main>")[0]


def test_a_slot_is_named_with_its_place(town: Town, connection):
    item(town, "visit", "appointment", service_class="appointment")

    assert marked(Seen("/en/do/visit/").html, "示例上门")


def test_bills_orders_and_receipts_are_marked(town: Town, connection, bill):
    account = str(next(_numbers))
    owed = post("/en/pay/", act="bills", **{"water-bill-account": account})
    address = begin({"water-bill": account})
    open_order = Client().get(f"/en{address}").content.decode()
    go(address, "water-bill")
    fill, receipt = Seen("/en/pay/").html, Client().get(f"/en{address}receipt/").content.decode()

    assert marked(fill, "示例water-bill") and marked(fill, town.water.title) and marked(fill, "用户号")
    assert marked(owed, "示例water-bill") and marked(owed, "2026年11月（示例）")
    assert marked(open_order, "示例water-bill") and marked(open_order, "示例营业厅")
    assert marked(receipt, "示例water-bill")


def test_the_breadcrumbs_of_a_page_without_translation_are_marked(town: Town):
    found = Seen(f"/en{town.water.url}").html

    crumbs = found[found.index('<ol class="crumb">') :].partition("</ol>")[0]
    assert marked(crumbs, "市水务局") and marked(crumbs, town.water.title)
    assert re.search(r"<a href=\"/en/\">Home</a>", crumbs)
    assert CHINESE not in Seen(town.water.url).html.partition("</ol>")[0].partition('<ol class="crumb">')[2]


def test_the_breadcrumbs_of_a_guide_are_marked(town: Town, portal_hall: Any):
    item(town, "ask", "query", title="水费查询")

    found = Seen(f"/en{portal_hall}ask/").html

    crumbs = found[found.index('<ol class="crumb">') :].partition("</ol>")[0]
    assert marked(crumbs, "水费查询") and marked(crumbs, "办事大厅")
