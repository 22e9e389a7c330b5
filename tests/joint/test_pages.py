"""What a citizen sees: own results at once, each source in its block, a plain link without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cms.joint.models import OutsideSource
from cms.joint.personal import NAMES
from cms.joint.standing import failed
from rules.personal_data import Action
from rules.personal_data.kinds import KINDS
from tests.factories import make_disclosure
from tests.town import Town

from .answering import Engine, make_source, result

PAGE, SOURCE, PART = "/search/outside/", "/search/outside/searxng/", "/search/outside/searxng/part/"


@pytest.fixture
def open_town(town: Town, no_sources: None) -> Town:
    make_disclosure(town.water, town.entries["water_price"], title="居民生活用水价格")
    return town


def test_own_results_stand_there_and_nobody_is_asked(client: Client, open_town: Town, engine: Engine) -> None:
    make_source(engine, about="示例说明")

    page = client.get(f"{PAGE}?q=用水价格")

    assert "居民生活<mark>用水</mark>" in page.text or "用水价格" in page.text
    assert f'data-joint-part="{PART}?q=%E7%94%A8%E6%B0%B4%E4%BB%B7%E6%A0%BC"' in page.text
    assert f'href="{SOURCE}?q=' in page.text
    assert "示例说明" in page.text
    assert engine.asked == []


def test_the_sentence_beside_the_button_names_who_is_told(client: Client, open_town: Town, engine: Engine) -> None:
    make_source(engine)

    text = client.get(PAGE).text

    assert "只带搜索词，不带您的任何信息" in text
    assert "示例来源 searxng" in text


def test_a_source_page_shows_what_it_answers(client: Client, open_town: Town, engine: Engine) -> None:
    engine.says({"results": [result(publishedDate="2026-11-20T00:00:00")]})
    make_source(engine)

    page = client.get(f"{SOURCE}?q=停水")

    assert page.status_code == 200
    for words in ("停水通知", "检修停水", "www.example.gov.cn", "2026年11月20日", 'rel="noreferrer nofollow external"'):
        assert words in page.text
    assert client.get(f"{PAGE}?q=停水").text.count("停水通知") == 1


def test_silence_is_told_with_its_time_and_its_reason(
    client: Client, open_town: Town, engine: Engine, clock: Any
) -> None:
    engine.status = 503
    make_source(engine)

    part = client.get(f"{PART}?q=停水")

    assert part.status_code == 200
    assert "自 09:30 起没有应答：拒绝答复（HTTP 503）。" in part.text


def test_who_rests_is_not_asked_from_the_page_either(
    client: Client, open_town: Town, engine: Engine, clock: Any
) -> None:
    source = make_source(engine)
    for _turn in range(3):
        failed(source, "超时")

    page = client.get(f"{PAGE}?q=停水").text

    assert "自 09:30 起没有应答：超时。09:31 以后再问。" in page
    assert "data-joint-part" not in page


def test_links_open_in_a_window_of_their_own_and_say_so(client: Client, open_town: Town) -> None:
    make_source("https://www.example.com", "link")

    page = client.get(f"{PAGE}?q=停水").text

    assert 'href="https://www.example.com/search?q=%E5%81%9C%E6%B0%B4"' in page
    assert 'target="_blank" rel="noopener noreferrer nofollow external"' in page
    assert "（新窗口）" in page


@pytest.mark.parametrize("words", ["张三 110101199003078515", "13912345678 停水"])
def test_personal_data_goes_nowhere(client: Client, open_town: Town, engine: Engine, words: str) -> None:
    make_source(engine)
    make_source("https://www.example.com", "link")

    pages = [client.get(address, {"q": words}) for address in (PAGE, SOURCE, PART)]

    assert [page.status_code for page in pages] == [200, 200, 400]
    assert "没有发给别处" in pages[0].text and "没有发给别处" in pages[1].text
    assert "data-joint-part" not in pages[0].text
    assert "www.example.com" not in pages[0].text
    assert engine.asked == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "\x00",
        "水" * 10_000,
        "😀",
        '"',
        "a AND (b OR",
        "NEAR(",
        "'; --",
        "<script>",
        "{searchTerms}",
        "\ud800",
        "%",
    ],
)  # fmt: skip
def test_odd_words_get_a_clear_answer(client: Client, open_town: Town, engine: Engine, words: str) -> None:
    engine.says({"results": []})
    make_source(engine)
    query = {"q": words.encode("utf-8", "surrogatepass")}

    pages = [client.get(address, query) for address in (PAGE, SOURCE, PART)]

    asks = bool(words.replace("\x00", "").strip())
    assert [page.status_code for page in pages] == [200, 200, 200 if asks else 400]
    assert len(engine.asked) == asks
    assert not any("<script>" in page.text for page in pages)
    assert ("只用了前 100 个字" in pages[0].text) == (len(words) > 100)


def test_a_source_page_leads_to_the_page_of_the_source(client: Client, open_town: Town, engine: Engine) -> None:
    engine.status = 503
    make_source(engine)
    make_source("https://www.example.com", "link")

    silent, link = client.get(f"{SOURCE}?q=停水").text, client.get(f"{PAGE}link/?q=停水").text

    assert f'href="{engine.url}/search?q=%E5%81%9C%E6%B0%B4' in silent
    assert 'href="https://www.example.com/search?q=%E5%81%9C%E6%B0%B4"' in link


def test_nothing_is_kept_framed_or_told(client: Client, open_town: Town, engine: Engine) -> None:
    engine.says({"results": []})
    make_source(engine)

    for address in (PAGE, SOURCE, PART):
        headers = client.get(f"{address}?q=停水").headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert "Set-Cookie" not in headers


def test_who_asks_too_often_is_told_so(client: Client, open_town: Town, engine: Engine, settings: Any) -> None:
    settings.JOINT_SEARCH_PER_CLIENT = 2
    engine.says({"results": []})
    make_source(engine)

    statuses = [client.get(f"{PART}?q=停水{number}").status_code for number in range(3)]

    assert statuses == [200, 200, 429]
    assert "问得太快" in client.get(f"{SOURCE}?q=停水9").text
    assert len(engine.asked) == 2


def test_without_a_free_hand_one_is_told_to_ask_again(client: Client, open_town: Town, engine: Engine) -> None:
    source = make_source(engine)
    cache.add(_flight(source), 1)

    part, page = client.get(f"{PART}?q=停水"), client.get(f"{SOURCE}?q=停水")

    assert (part.status_code, part["Retry-After"], page.status_code) == (202, "1", 503)
    assert f'<a href="{SOURCE}?q=%E5%81%9C%E6%B0%B4" rel="nofollow">再问一次</a>' in page.text


def _flight(source: OutsideSource) -> str:
    from cms.joint.asking import _key

    return f"{_key(source, '停水', 'zh-hans')}-flight"


def test_a_head_asks_nobody(client: Client, open_town: Town, engine: Engine) -> None:
    make_source(engine)

    client.head(f"{SOURCE}?q=停水")

    assert engine.asked == []


@pytest.mark.parametrize("code", ["nothing", "off"])
def test_what_is_no_source_or_is_switched_off_is_not_found(
    client: Client, open_town: Town, engine: Engine, code: str
) -> None:
    make_source(engine, code="off", is_active=False)

    assert client.get(f"{PAGE}{code}/?q=停水").status_code == 404
    assert client.get(f"{PAGE}{code}/part/?q=停水").status_code == 404
    assert "示例来源" not in client.get(f"{PAGE}?q=停水").text


def test_with_no_hand_at_all_nobody_is_asked(client: Client, open_town: Town, engine: Engine, settings: Any) -> None:
    settings.JOINT_SEARCH_AT_ONCE = 0
    make_source(engine, "gongkai")

    page = client.get(f"{PAGE}?q=停水").text

    assert "data-joint-part" not in page
    assert f"{engine.url}/search?q=" in page or f"{engine.url}/search/?q=" in page
    assert client.get(f"{PAGE}gongkai/?q=停水").status_code == 200
    assert engine.asked == []


def test_in_english_and_traditional(client: Client, open_town: Town, engine: Engine) -> None:
    engine.says({"results": [result(url="https://a.example.org/办事")]})
    make_source(engine, title_en="Sample source", about_en="Sample words")

    english, traditional = client.get(f"/en{PAGE}?q=water").text, client.get(f"/zh-hant{SOURCE}?q=停水").text

    assert "Sample source" in english and "Sample words" in english
    assert "https://a.example.org/%E5%8A%9E%E4%BA%8B" in traditional


def test_personal_data_is_named_in_the_language_of_the_page(client: Client, open_town: Town, engine: Engine) -> None:
    make_source(engine)

    assert "a mobile number" in client.get(f"/en{PAGE}?q=13912345678").text


def test_every_kind_of_personal_data_has_a_name() -> None:
    named = {kind.code: kind.label for kind in KINDS if kind.action != Action.INFO}

    with override("zh-hans"):
        assert {code: str(name) for code, name in NAMES.items()} == named


def test_the_search_page_leads_here_and_says_what_is_told(client: Client, open_town: Town) -> None:
    for query in ("用水价格", "没有的东西吧"):
        page = client.get("/search/", {"q": query}).text
        assert f'href="{PAGE}?q=' in page
        assert "才会发给" in page


def test_sources_cost_no_query_each(client: Client, open_town: Town, engine: Engine) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{PAGE}?q=用水价格")
        return len(captured)

    make_source(engine)
    client.get(f"{PAGE}?q=用水价格")
    few = queries()
    for number in range(8):
        make_source(engine, code=f"more-{number}", title=f"更多 {number}")

    assert queries() == few
