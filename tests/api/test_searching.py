"""`search=` finds Chinese words, among what passes the filters."""

from __future__ import annotations

import pytest

from tests.factories import make_disclosure, make_notice, make_service_item


@pytest.fixture
def papers(town):
    """Publish a price and a notice of the water works, a plan of the school and a service."""
    make_disclosure(
        town.water, town.entries["water_price"], title="居民生活用水价格", body=[("text", "<p>阶梯水价。</p>")]
    )
    make_disclosure(town.school, town.entries["school_admission"], title="招生计划", summary="含用水保障说明")
    make_notice(town.water, title="计划停水", area="示例街道")
    make_service_item(town.water, town.industries["waterworks"], title="水费查询", personal_input="用户号")
    return town


def test_words_are_found_in_title_summary_and_body(api, papers):
    assert api.titles("disclosures", search="用水") == {"居民生活用水价格", "招生计划"}
    assert api.titles("disclosures", search="阶梯水价") == {"居民生活用水价格"}
    assert api.titles("notices", search="示例街道") == {"计划停水"}
    assert api.titles("service-items", search="水费") == {"水费查询"}
    assert api.titles("organisations", search="自来水") == {"示例自来水公司"}
    assert api.titles("industries", search="小学") == {"小学"}
    assert api.titles("catalogue", search="招生") == {"招生计划"}
    assert "计划停水" in api.titles("pages", search="停水")


def test_a_search_obeys_every_filter(api, papers):
    assert api.titles("disclosures", search="用水", industry="education") == {"招生计划"}
    assert api.titles("disclosures", search="用水", validity="in_force", division="2102", level="unit") == {
        "居民生活用水价格",
        "招生计划",
    }
    assert api.titles("organisations", search="示例", type="education.SchoolPage", roster="proposed") == {"示例小学"}
    assert api.titles("service-items", search="水费", descendant_of=papers.water_office.pk) == {"水费查询"}
    assert api.titles("disclosures", search="用水", locale="en") == set()


def test_a_search_can_be_ordered_and_paged(api, papers):
    shown = api.list("organisations", search="示例", order="-title")
    response = api.answer("organisations/", search="示例", limit=2, offset=1, order="-title").json()

    assert [item["title"] for item in shown] == sorted((item["title"] for item in shown), reverse=True)
    assert response["meta"]["total_count"] == len(shown)
    assert response["items"] == shown[1:3]


@pytest.mark.parametrize("order", ["first_published_at", "-last_published_at", "generated_on", "tree", "id"])
def test_every_order_goes_with_a_search(api, papers, order):
    assert len(api.list("disclosures", search="用水", order=order)) == 2


def test_words_combine_as_told(api, papers):
    assert api.titles("disclosures", search="阶梯 招生", search_operator="and") == set()
    assert api.titles("disclosures", search="阶梯 招生", search_operator="or") == {"居民生活用水价格", "招生计划"}


@pytest.mark.parametrize("words", ["!!!", "*", '"', "' OR 1=1 --", "水" * 100, "😀", "a:b", "NEAR(", "\\", "ａｂｃ"])
def test_odd_words_find_nothing_and_break_nothing(api, papers, words):
    for endpoint in ("disclosures", "organisations", "service-items"):
        assert api.answer(f"{endpoint}/", search=words).status_code == 200
