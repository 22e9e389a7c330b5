"""Whatever is typed into the field or put to the interface: a right status, and words that say what is wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_disclosure
from tests.pages.seen import Seen
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")
LISTS = ["disclosures", "notices", "organisations", "service-items", "catalogue", "industries", "pages"]
TYPED = [
    "水",
    "税",
    "x",
    "😀🎉",
    "\x00",
    "停水\x00",
    '"',
    "''",
    '"停水',
    "停水 AND",
    "NOT 停水",
    "NEAR(停水 通知, 2)",
    "title:停水",
    "-停水",
    "停*",
    "(停水",
    "停水:*A & !通知",
    "'; DROP TABLE wagtailcore_page; --",
    "%s %(x)s {0}",
    "\\",
    "<script>alert(1)</script>",
    "\u202e\u200b",
    "停水" * 500,
]


@pytest.fixture
def paper(town: Town) -> Town:
    """A town with a disclosure to be found."""
    make_disclosure(town.water, town.entries["water_price"], title="停水赔偿标准")
    return town


@pytest.mark.parametrize("query", TYPED, ids=lambda query: ascii(query)[:30])
def test_the_page_answers_whatever_is_typed(paper: Town, query):
    seen = Seen("/search/", q=query)

    assert seen.status == 200
    assert "<script>alert" not in seen.html
    assert "条" in seen.main or "没有找到相符的内容" in seen.main or "搜公开信息" in seen.main


@pytest.mark.parametrize("query", ["", " ", "\x00", "\t\n"], ids=ascii)
def test_without_a_query_the_page_says_what_can_be_found(paper: Town, query):
    assert "搜公开信息、公告、单位和在线服务" in Seen("/search/", q=query).main


def test_a_text_of_ten_thousand_characters_is_cut_and_the_page_says_so(paper: Town):
    seen = Seen("/search/", q="停水赔偿标准 " + "字" * 10_000)

    assert seen.status == 200
    assert "搜索词太长，只用了前 100 个字" in seen.main


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "\x00"], ids=ascii)
def test_a_page_that_does_not_exist_is_one_that_does(paper: Town, page):
    assert Seen("/search/", q="停水", page=page).status == 200


@pytest.mark.parametrize("query", TYPED, ids=lambda query: ascii(query)[:30])
def test_the_interface_answers_or_says_what_is_wrong(paper: Town, query):
    for name in LISTS:
        answer = Client(SERVER_NAME="localhost").get(f"/api/v2/{name}/", {"search": query})

        expected = 400 if "\x00" in query else 414 if len(query) > 999 else 200
        assert answer.status_code == expected, (name, answer.content.decode())


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "参数“search”"),
        ("停" * 150, 400, "参数“search”"),
        ("停" * 10_000, 414, "地址过长"),
    ],
    ids=["empty", "150 characters", "10,000 characters"],
)
def test_the_interface_refuses_nothing_and_too_much_and_says_why(paper: Town, query, status, words):
    answer = Client(SERVER_NAME="localhost").get("/api/v2/disclosures/", {"search": query})

    assert answer.status_code == status
    assert words in answer.content.decode()
