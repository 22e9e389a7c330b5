"""The kinds: what address each takes, what a description leads to, and how a plugin adds one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail import hooks

from cms.joint.addresses import filled, host_of
from cms.joint.asking import State, ask
from cms.joint.blocks import link_of
from cms.joint.kinds import HOOK, Answer, Finding, SourceKind, choices, kinds
from cms.joint.models import OutsideSource

from .answering import RSS, XML, Engine, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_sources")]

DESCRIPTION = """<?xml version="1.0"?><OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>示例</ShortName>{urls}</OpenSearchDescription>"""


def source(kind: str, address: str) -> OutsideSource:
    return OutsideSource(title="示例", code="sample", kind=kind, address=address)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("gongkai", "https://a.example.org/"),
        ("searxng", "https://a.example.org/search-here/"),
        ("opensearch", "https://a.example.org/opensearch.xml?lang=zh"),
        ("feed", "https://a.example.org/?q={searchTerms}&n={count?}"),
        ("link", "https://a.example.org/{searchTerms}"),
    ],
)
def test_an_address_that_fits_its_kind_is_taken(kind: str, address: str) -> None:
    source(kind, address).full_clean()


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("gongkai", "http://a.example.org/"),
        ("gongkai", "https://a.example.org/?q=1"),
        ("gongkai", "https://10.0.0.1/"),
        ("gongkai", "https://localhost/"),
        ("gongkai", "https://user:word@a.example.org/"),
        ("gongkai", "https://a.example.org:8443/"),
        ("searxng", "a.example.org"),
        ("feed", "https://a.example.org/?q="),
        ("feed", "https://{searchTerms}.example.org/"),
        ("link", "javascript:alert('{searchTerms}')"),
        ("link", "https://a.example.org/?q=%s"),
        ("opensearch", "file:///etc/passwd"),
        ("nothing", "https://a.example.org/"),
    ],
)
def test_an_address_that_does_not_fit_is_refused_in_words(kind: str, address: str) -> None:
    with pytest.raises(ValidationError) as refused:
        source(kind, address).full_clean()

    assert refused.value.message_dict.keys() <= {"address", "kind"}


def test_words_are_put_into_a_template_as_they_are() -> None:
    template = "https://a.example.org/?q={searchTerms}&p={startPage?}&n={count}&b={geo:box?}"

    assert filled(template, "水 价&x=1#{count}") == (
        "https://a.example.org/?q=%E6%B0%B4%20%E4%BB%B7%26x%3D1%23%7Bcount%7D&p=&n=10&b="
    )


def test_a_host_that_looks_like_another_is_shown_as_it_is() -> None:
    assert host_of("https://аpple.example/") == "xn--pple-43d.example"
    assert host_of("nothing") == ""


def described(engine: Engine, *urls: str) -> OutsideSource:
    engine.says(DESCRIPTION.format(urls="".join(urls)), XML)
    return make_source(f"{engine.url}/opensearch.xml", "opensearch")


def test_a_description_with_a_feed_is_asked_for_the_feed(engine: Engine) -> None:
    feed, page = (
        '<Url type="application/rss+xml" template="{0}/rss?q={{searchTerms}}"/>',
        '<Url type="text/html" template="{0}/s?q={{searchTerms}}"/>',
    )
    sister = described(engine, page.format(engine.url), feed.format(engine.url))

    def answer(handler: Any) -> None:
        body, kind = (
            (b"<rss><channel><item><title>t</title><link>/1</link></item></channel></rss>", RSS)
            if handler.path.startswith("/rss")
            else (engine.body, XML)
        )
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n\r\n" % kind.encode() + body)

    engine.manner = answer
    outcome = ask(sister, "水价", "zh-hans")
    ask(sister, "水费", "zh-hans")

    assert [each.url for each in outcome.answer.findings] == [f"{engine.url}/1"]
    assert outcome.answer.more == f"{engine.url}/s?q=%E6%B0%B4%E4%BB%B7"
    # The description is read once.
    assert [each.partition("?")[0] for each in engine.asked] == ["/opensearch.xml", "/rss", "/rss"]


def test_a_description_that_has_pages_only_is_linked_to(engine: Engine) -> None:
    sister = described(engine, f'<Url type="text/html" template="{engine.url}/s?q={{searchTerms}}"/>')

    outcome = ask(sister, "水价", "zh-hans")

    assert outcome.answer.only_page
    assert outcome.answer.more == link_of(sister, "水价", "zh-hans") == f"{engine.url}/s?q=%E6%B0%B4%E4%BB%B7"


@pytest.mark.parametrize(
    "url",
    [
        '<Url type="text/html" template="https://b.example.org/?q={searchTerms}"/>',
        '<Url type="text/html" template="javascript:alert({searchTerms})"/>',
        '<Url type="text/html" method="post" template="/s?q={searchTerms}"/>',
        '<Url type="text/html" template="/s"/>',
        '<Url type="text/html" rel="suggestions" template="/s?q={searchTerms}"/>',
        "<Url/>",
        "",
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(engine: Engine, url: str) -> None:
    assert ask(described(engine, url), "水价", "zh-hans").state is State.SILENT


def test_a_plugin_adds_a_kind_and_what_it_returns_is_cleaned_like_all(engine: Engine) -> None:
    findings = (Finding("<b>示例</b>", "/1"), Finding("x", "javascript:alert(1)"))
    kind = SourceKind("plugin", "示例类别", "填地址", lambda address: None, lambda question: Answer(findings))

    with hooks.register_temporarily(HOOK, lambda: kind):
        outcome = ask(make_source(engine, "plugin"), "水价", "zh-hans")

        assert ("plugin", "示例类别") in choices()
        assert [(each.title, each.url) for each in outcome.answer.findings] == [("示例", f"{engine.url}/1")]
        assert outcome.answer.dropped == 1


def test_a_source_whose_plugin_is_gone_is_not_shown(client: Any, engine: Engine, town: Any) -> None:
    make_source(engine, "gone")

    assert "gone" not in kinds()
    assert "示例来源" not in client.get("/search/outside/?q=水价").text
    assert client.get("/search/outside/gone/?q=水价").status_code == 200
