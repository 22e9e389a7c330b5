"""Traditional Chinese under /zh-hant/: HTML, API, redirects, feeds, files, queries, and what is not mounted."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import get_script_prefix, set_script_prefix

from cms.delivery.traditional import TraditionalMiddleware, simplified_query
from media.models import Document
from tests.factories import make_disclosure, make_notice
from tests.town import Town

pytestmark = pytest.mark.usefixtures("clock")


def get(path: str, **extra: Any) -> Any:
    return Client().get(path, **extra)


def answering(response: HttpResponse) -> TraditionalMiddleware:
    return TraditionalMiddleware(lambda request: response)


def test_a_page_is_converted_and_says_so(town: Town):
    page = get(f"/zh-hant{town.water.url}")

    assert page.status_code == 200
    assert page["Content-Language"] == "zh-Hant"
    assert '<html lang="zh-Hant"' in page.content.decode()
    assert "示例自來水公司" in page.content.decode()
    assert "示例自来水公司" not in page.content.decode()


def test_the_simplified_page_is_not_touched(town: Town):
    get(f"/zh-hant{town.water.url}")

    page = get(town.water.url)

    assert "示例自来水公司" in page.content.decode()
    assert 'href="/zh-hant/' in page.content.decode()
    assert page["Content-Language"] == "zh-hans"
    assert get_script_prefix() == "/"


def test_without_a_slash_it_leads_to_the_home_page(town: Town):
    answer = get("/zh-hant?mode=elder")

    assert (answer.status_code, answer["Location"]) == (301, "/zh-hant/?mode=elder")
    assert get("/zh-hant/").status_code == 200


def test_what_only_begins_like_the_prefix_is_another_address(town: Town):
    assert get("/zh-hantx/").status_code == 404


def test_a_missing_slash_keeps_the_prefix(town: Town):
    answer = get(f"/zh-hant{town.water.url.rstrip('/')}")

    assert answer["Location"] == f"/zh-hant{town.water.url}"


def test_an_index_number_leads_to_the_traditional_page(town: Town):
    page = make_disclosure(town.water, town.entries["water_price"], title="水价表")

    answer = get(f"/zh-hant/i/{page.record.index_number}")

    assert answer.status_code == 302
    assert answer["Location"] == f"/zh-hant{page.url}"


def test_what_is_not_there_is_said_in_traditional_characters(town: Town):
    answer = get("/zh-hant/nowhere/")

    assert answer.status_code == 404
    assert "沒有找到這一頁" in answer.content.decode()


@pytest.mark.parametrize("path", ["/zh-hant/admin/", "/zh-hant/en/", "/zh-hant/zh-hant/", "/zh-hant/en"])
def test_admin_english_and_a_second_prefix_are_not_mounted(town: Town, path: str):
    answer = get(path, follow=True)

    assert answer.status_code == 404


def test_the_interface_is_converted_and_stays_valid(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="水价“第一阶梯”")

    plain = get("/api/v2/disclosures/?fields=*").json()
    answer = get("/zh-hant/api/v2/disclosures/?fields=*")

    (before,), (after,) = plain["items"], json.loads(answer.content)["items"]
    assert after["title"] == "水價“第一階梯”"
    assert before.keys() == after.keys()
    assert after["index_number"] == before["index_number"]
    assert after["meta"]["html_url"] == before["meta"]["html_url"].replace("testserver/", "testserver/zh-hant/")
    assert answer["Content-Language"] == "zh-Hant"


def test_only_texts_change_in_the_interface(town: Town):
    def codes(value: object) -> list[object]:
        if isinstance(value, dict):
            return [(key, leaf) for key, each in value.items() for leaf in codes(each)]
        if isinstance(value, list):
            return [leaf for each in value for leaf in codes(each)]
        return [value if not isinstance(value, str) or value.isascii() else "text"]

    plain = get("/api/v2/organisations/?fields=*").content
    converted = get("/zh-hant/api/v2/organisations/?fields=*").content.replace(b"/zh-hant/", b"/")

    assert codes(json.loads(plain)) == codes(json.loads(converted))


def test_a_traditional_query_finds_what_is_written_in_simplified_characters(town: Town):
    make_disclosure(town.water, town.entries["water_price"], title="居民用水价格")

    html = get(f"/zh-hant/search/?q={quote('居民用水價格')}").content.decode()
    found = get(f"/zh-hant/api/v2/disclosures/?search={quote('水價格')}").json()

    assert "居民用水價格" in html
    assert found["meta"]["total_count"] == 1


def test_a_form_shows_again_what_was_typed_in(town: Town):
    html = get(f"/zh-hant/search/?q={quote('水價')}").content.decode()

    assert 'value="水價"' in html
    assert 'action="/zh-hant/search/"' in html


@pytest.mark.parametrize(
    ("query", "simplified"),
    [
        ("", ""),
        ("q=a%26b&x=1", "q=a%26b&x=1"),
        (f"q={quote('水價')}&page=2", f"q={quote('水价')}&page=2"),
        ("q=%FF%FE", "q=%FF%FE"),
        ("q=%", "q=%"),
    ],
)
def test_of_a_query_only_chinese_changes(query: str, simplified: str):
    assert simplified_query(query) == simplified


def test_what_is_no_text_in_a_query_is_still_refused(town: Town):
    assert get("/zh-hant/api/v2/disclosures/?search=%FF").status_code == 400


def test_a_feed_is_converted_and_keeps_the_prefix(town: Town):
    make_notice(town.water, title="停水通告")

    feed = get("/zh-hant/feed.atom")

    assert feed.status_code == 200
    assert b"/zh-hant/" in feed.content
    assert "辦事公開" in feed.content.decode()


def test_tables_convert_themselves(town: Town):
    answer = get("/zh-hant/roster.csv")

    text = b"".join(answer.streaming_content).decode()
    assert "示例自來水公司" in text
    assert answer["Content-Language"] == "zh-Hant"


def test_a_document_keeps_its_bytes_and_is_found_under_the_prefix(town: Town):
    response = HttpResponse("水价".encode(), content_type="text/csv")

    set_script_prefix("/zh-hant/")
    address = Document(pk=1, file="documents/a.csv").url
    set_script_prefix("/")
    served = answering(response)(RequestFactory().get(address))

    assert address == "/zh-hant/documents/1/a.csv"
    assert served.content.decode() == "水价"


def test_what_is_streamed_stays(rf):
    response = StreamingHttpResponse(["水价".encode()], content_type="text/html")

    served = answering(response)(rf.get("/zh-hant/x/"))

    assert b"".join(served.streaming_content).decode() == "水价"


def test_the_length_is_that_of_the_converted_text(rf):
    response = HttpResponse("发布" * 3)
    response["Content-Length"] = str(len(response.content))

    served = answering(response)(rf.get("/zh-hant/x/"))

    assert served["Content-Length"] == str(len(served.content))


def test_an_answer_without_text_stays(rf):
    assert answering(HttpResponseNotModified())(rf.get("/zh-hant/x/")).content == b""


def test_head_answers_as_get_does(town: Town):
    answer = Client().head(f"/zh-hant{town.water.url}")

    assert answer.status_code == 200
    assert answer["Content-Language"] == "zh-Hant"
    assert answer.content == b""


def test_a_failure_leaves_no_prefix_behind(rf):
    def failing(request: object) -> HttpResponse:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        TraditionalMiddleware(failing)(rf.get("/zh-hant/x/"))

    assert get_script_prefix() == "/"


def test_a_post_reaches_the_view_under_its_plain_path(rf):
    seen: dict[str, str] = {}

    def view(request: object) -> HttpResponse:
        seen.update(path=request.path_info, posted=request.POST["text"])
        return HttpResponse("好的，谢谢")

    answer = TraditionalMiddleware(view)(rf.post("/zh-hant/messages/", {"text": "水價"}))

    # What somebody writes is kept as written.
    assert seen == {"path": "/messages/", "posted": "水價"}
    assert answer.content.decode() == "好的，謝謝"
