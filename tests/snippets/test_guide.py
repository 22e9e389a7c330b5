"""The guide to a service item, worked out from the item alone."""

from __future__ import annotations

import pytest

from snippets.guide import actions, facts, guide, offline, step
from snippets.models import Industry, ServiceItem


def item(**fields) -> ServiceItem:
    values = {
        "title": "缴纳水费",
        "service_class": "payment",
        "industry": Industry(code="water", title="供水"),
        "personal_input": "户号",
        **fields,
    }
    return ServiceItem(**values)


@pytest.mark.parametrize(
    ("line", "title", "text"),
    [
        ("找到户号：印在账单左上角。", "找到户号", "印在账单左上角。"),
        ("1. 付款", "付款", ""),
        ("2、付款: 可用银行卡。", "付款", "可用银行卡。"),
        ("先打电话，再到营业厅。", "先打电话，再到营业厅。", ""),
        ("很" * 60, "很" * 60, ""),
    ],
)
def test_a_step_is_parted_at_its_colon(line, title, text):
    assert step(line) == {"title": title, "text": text}


def test_online_first_where_there_is_a_link():
    ways = actions(item(link="https://example.com/", phone="0411-0000-0000"))

    assert [way["url"] for way in ways] == ["https://example.com/", "#offline"]
    assert ways[0]["external"]


def test_the_telephone_first_where_there_is_none():
    ways = actions(item(phone="0411-0000-0000（工作日）", place="营业厅"))

    assert [way["url"] for way in ways] == ["tel:041100000000", "#offline"]


def test_nothing_to_press_where_nothing_is_known():
    assert actions(item()) == []
    assert offline(item()) is None


def test_empty_facts_are_left_out():
    assert facts(item(fee="不收费")) == [{"label": "要准备什么", "value": "户号"}, {"label": "费用", "value": "不收费"}]


def test_an_item_without_help_has_a_guide_all_the_same():
    found = guide(item())

    assert (found["lead"], found["more_help"], found["steps"]) == ("", [], [])
    assert found["kicker"] == ["供水各单位分别办理", "暂不能在网上办理"]
