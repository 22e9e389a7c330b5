"""Whatever a source answers: a clear state, nothing executed, in time."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cms.joint.asking import State, ask

from .answering import ATOM, RSS, XML, Engine, drip, endless, keep_silent, make_source, result

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_sources")]

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>
<rss><channel><item><title>&lol2;</title><link>https://a.example.org/</link></item></channel></rss>"""
OUTSIDE_ENTITY = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title><link>https://a.example.org/</link></item></channel></rss>"""


def found(engine: Engine, kind: str = "searxng", **fields: Any) -> Any:
    return ask(make_source(engine, kind, **fields), "停水", "zh-hans")


def shown(client: Client, engine: Engine, kind: str = "searxng") -> str:
    make_source(engine, kind)
    text: str = client.get(f"/search/outside/{kind}/part/?q=停水").text
    return text


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>停水",
        "<img src=x onerror=alert(1)>停水",
        "&lt;script&gt;alert(1)&lt;/script&gt;停水",
        "&amp;lt;img src=x onerror=alert(1)&amp;gt;停水",
        '"><svg onload=alert(1)>停水',
        "停水</a><iframe src=javascript:alert(1)>",
    ],
)
def test_html_in_a_title_is_no_html(client: Client, engine: Engine, title: str) -> None:
    engine.says({"results": [result(title=title, content=title, engines=[title])]})

    page = shown(client, engine)

    assert "停水" in page
    assert not any(tag in page for tag in ("<script", "<img", "<iframe", "<svg onload"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "https://user:word@a.example.org/", "http://192.168.0.1/reset",
        "http://[::1]/", "http://localhost/", "https://a.example.org\\@b.example.org/", "https://[broken", "", None, 7,
        "https:///nowhere", "x" * 3_000, "https://a.example.org:99999/", "https://\ud800.example.org/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_left_out_and_counted(engine: Engine, url: Any) -> None:
    engine.says({"results": [result(url=url), result(title="好的")]})

    outcome = found(engine)

    # A relative one belongs to the source itself.
    assert [each.title for each in outcome.answer.findings] == ["好的"] or url in {"", " javascript:alert(1)"}
    assert outcome.answer.dropped == 1


def test_what_no_encoding_holds_is_left_out(client: Client, engine: Engine) -> None:
    engine.says({"results": [result(title="停\ud800水\x00\u202e通知\u200b", content="\udfff")]})

    page = shown(client, engine)

    assert "停 水 通知" in page
    assert "\u202e" not in page


def test_a_chinese_address_is_encoded_and_its_host_shown_in_ascii(engine: Engine) -> None:
    engine.says({"results": [result(url="https://政务.example/查询 一?q=水")]})

    (finding,) = found(engine).answer.findings

    assert finding.url == "https://xn--zfr164b.example/%E6%9F%A5%E8%AF%A2%20%E4%B8%80?q=%E6%B0%B4"
    assert finding.host == "xn--zfr164b.example"


def test_of_ten_thousand_results_ten_are_shown(engine: Engine) -> None:
    engine.says({"results": [{"title": str(number), "url": f"https://a.example/{number}"} for number in range(9_000)]})

    outcome = found(engine)

    assert [each.title for each in outcome.answer.findings] == [str(number) for number in range(10)]


@pytest.mark.parametrize("said", [[], {}, None, 7, "x", {"results": {}}, {"results": None}, {"items": []}])
@pytest.mark.parametrize("kind", ["searxng", "gongkai"])
def test_another_shape_is_not_understood(engine: Engine, said: Any, kind: str) -> None:
    engine.says(said)
    if kind == "gongkai" and said == {"items": []}:
        return

    assert str(found(engine, kind).trouble.why) == "答复读不懂"


def test_odd_values_in_the_right_shape_are_left_out(engine: Engine) -> None:
    odd: list[Any] = [None, [], 7, "x", {}, {"title": {}}, result(publishedDate={}, engines=7, content=["x"])]
    engine.says({"results": odd})

    outcome = found(engine)

    assert [each.title for each in outcome.answer.findings] == ["停水通知"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00{", "application/json"),
        (b"[" * 100_000, "application/json"),
        ("停水".encode("gb18030"), "application/json"),
        (b'{"results": []}', "text/html"),
        (b'{"results": []}', ""),
    ],
)
def test_bytes_that_are_no_json_are_not_understood(engine: Engine, body: bytes, kind: str) -> None:
    engine.says(body, kind)

    assert str(found(engine).trouble.why) == "答复读不懂"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LAUGHS.encode(), RSS),
        (OUTSIDE_ENTITY.encode(), RSS),
        (b"<!DOCTYPE html><html><body>no</body></html>", "application/xhtml+xml"),
        (b"<html><body>no</body></html>", XML),
        (b"<rss><channel>", RSS),
        (b"\xff\xfe<rss/>", RSS),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', RSS),
        ('<?xml version="1.0" encoding="utf-8"?><rss>公告</rss>'.encode("gb18030"), RSS),
        (b"<rss/>", "text/html"),
        (b"", RSS),
    ],
)
def test_xml_that_is_broken_or_a_trap_is_not_understood(engine: Engine, body: bytes, kind: str) -> None:
    engine.says(body, kind)

    assert str(found(engine, "feed").trouble.why) == "答复读不懂"


def test_a_deep_document_is_read_to_its_end(engine: Engine) -> None:
    engine.says(b"<rss>" + b"<a>" * 70_000 + b"</a>" * 70_000 + b"</rss>", RSS)

    assert found(engine, "feed").state is State.ANSWERED


def test_a_feed_is_read(engine: Engine) -> None:
    engine.says(
        """<?xml version="1.0"?><rss version="2.0" xmlns:o="http://a9.com/-/spec/opensearch/1.1/"><channel>
        <o:totalResults>42</o:totalResults>
        <item><title><![CDATA[<b>停水</b>通知]]></title><link>/a</link><description>&lt;p&gt;检修&lt;/p&gt;</description>
        <pubDate>Mon, 23 Nov 2026 20:00:00 GMT</pubDate><source url="x">示例局</source></item>
        <item><title>没有地址</title><link>javascript:alert(1)</link></item></channel></rss>""",
        RSS,
    )

    outcome = found(engine, "feed")

    (finding,) = outcome.answer.findings
    assert (finding.title, finding.url, finding.excerpt) == ("停水通知", f"{engine.url}/a", "检修")
    # In Beijing it was the next day.
    assert (finding.on, finding.publisher, outcome.answer.total) == (date(2026, 11, 24), "示例局", 42)
    assert outcome.answer.dropped == 1


def test_an_atom_feed_is_read(engine: Engine) -> None:
    engine.says(
        """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">停水</title>
        <link rel="self" href="https://a.example.org/self"/><link href="https://a.example.org/1"/>
        <updated>2026-11-20T10:00:00+08:00</updated><author><name>示例公司</name></author></entry></feed>""",
        ATOM,
    )

    (finding,) = found(engine, "feed").answer.findings

    assert (finding.url, finding.on, finding.publisher) == ("https://a.example.org/1", date(2026, 11, 20), "示例公司")


@pytest.mark.parametrize("said", ["0001-01-01", "9999-12-31T23:59:59Z", "yesterday", "2026-13-45", "Mon, 99 Foo 2026"])
def test_a_day_that_cannot_be_is_not_shown(engine: Engine, said: str) -> None:
    engine.says({"results": [result(publishedDate=said)]})

    assert found(engine).answer.findings[0].on is None


@pytest.mark.parametrize("manner", [drip, keep_silent])
def test_who_is_slow_is_cut_off_in_time(engine: Engine, manner: Any) -> None:
    engine.manner = manner
    begun = time.monotonic()

    outcome = found(engine, deadline=300)

    assert str(outcome.trouble.why) == "超时"
    assert time.monotonic() - begun < 0.9


def test_who_does_not_end_is_cut_off(engine: Engine) -> None:
    engine.manner = endless

    assert str(found(engine).trouble.why) == "答复太大"


@pytest.mark.parametrize("status", [204, 403, 429, 500, 503])
def test_a_status_is_told(engine: Engine, status: int) -> None:
    engine.status = status

    assert str(found(engine).trouble.why) == f"拒绝答复（HTTP {status}）"


def test_the_words_are_not_carried_to_another_host(engine: Engine, settings: Any) -> None:
    engine.status, engine.more = 302, {"Location": engine.url.replace("127.0.0.1", "localhost") + "/elsewhere"}
    settings.GUARDED_HTTP_ALLOWED = [*settings.GUARDED_HTTP_ALLOWED, engine.url.replace("127.0.0.1", "localhost")[7:]]

    outcome = found(engine)

    assert str(outcome.trouble.why) == "把请求转到了别的网站"
    assert len(engine.asked) == 1


def test_a_private_address_is_not_asked(engine: Engine, settings: Any) -> None:
    source = make_source(engine)
    settings.GUARDED_HTTP_ALLOWED = []

    outcome = ask(source, "停水", "zh-hans")

    assert str(outcome.trouble.why) == "地址不允许访问"
    assert engine.asked == []


def test_nothing_of_the_reader_goes_along(client: Client, engine: Engine) -> None:
    engine.says({"results": []})
    make_source(engine)
    client.cookies["mode"] = "elder"

    client.get(
        "/search/outside/searxng/part/?q=停水", headers={"referer": "http://testserver/secret", "user-agent": "me"}
    )

    (headers,) = engine.headers
    assert not {"cookie", "referer", "x-forwarded-for"} & headers.keys()
    assert headers["user-agent"] == "GongkaiJointSearch/1.0"
    assert engine.words == [
        {"q": ["停水"], "format": ["json"], "safesearch": ["1"], "pageno": ["1"], "language": ["zh-CN"]}
    ]
