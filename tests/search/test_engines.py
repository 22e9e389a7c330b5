"""Elasticsearch and OpenSearch by setting: the same answers as of the database. Tried against a stub only."""

from __future__ import annotations

import time

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from accounts.models import User
from cms.search.engines import asking, state
from cms.search.engines.backend import EngineSearchBackend
from cms.search.engines.index import EngineIndex
from cms.search.models import IndexState, Unsent
from pages.models import NoticePage
from snippets.models import SearchWords, ServiceItem
from tests.factories import make_disclosure, make_notice, make_service_item

from .conftest import titles
from .engine import stub_engine, use

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(params=["elasticsearch", "opensearch"])
def engine(request, settings, town):
    """A town whose texts an engine holds."""
    town.water.title = "滨海市自来水集团有限公司"
    town.water.save()
    SearchWords.objects.create(words="阶梯水价；累进水价")
    make_disclosure(town.water, town.entries["water_price"], title="累进水价办法", summary="居民用水")
    make_notice(town.water, title="計劃停水公告", area="示例街道")
    make_notice(town.water, title="示例街道施工", summary="施工期间停水")
    make_service_item(town.water, town.industries["waterworks"], title="水费缴纳", code="S002")
    with stub_engine() as stub:
        use(settings, request.param, stub.url)
        call_command("update_index", verbosity=0)
        yield stub


def both(queryset, query, **options):
    """Ask the engine and the database, and tell the two answers, and how many the engine was asked."""
    found = get_search_backend().search(query, queryset, **options)
    expected = get_search_backend("database").search(query, queryset, **options)
    assert found.count() == expected.count() == len(found)
    return titles(found), titles(expected)


QUERIES = [
    "滨海市自来水集团有限公司",
    "自来水集团",
    "zilaishui",
    "bhszlsjtyxgs",
    "自來水集團",
    "字来水集团",
    "阶梯水价",
    "计划停水",
    "停水",
    "停水 施工",
    "示例街道停水",
    "居民 用水 月球",
    "qwxzqwxz",
    "Ｗater",
    "的",
]


# What each of these finds that does not hold it as it is written.
MEANT = {
    "zilaishui": "滨海市自来水集团有限公司",
    "bhszlsjtyxgs": "滨海市自来水集团有限公司",
    "字来水集团": "滨海市自来水集团有限公司",
    "阶梯水价": "累进水价办法",
    "计划停水": "計劃停水公告",
}
COMPOSED = [
    PlainText("停水 施工", operator="or"),
    Phrase("示例街道施工"),
    Fuzzy("停水通知"),
    And([PlainText("停水"), Not(PlainText("施工"))]),
    Or([PlainText("施工"), PlainText("水价")]),
    Not(PlainText("停水")),
    MatchAll(),
]


def test_the_engine_finds_what_the_database_finds(engine):
    for query in QUERIES:
        before = engine.searches

        found, expected = both(Page.objects.live(), query)

        assert set(found) == set(expected), query
        assert MEANT.get(query, found[0] if found else "") in [*found, ""]
        assert engine.searches > before


def test_every_kind_of_query_has_the_same_answer(engine):
    for query in COMPOSED:
        found, expected = both(Page.objects.live(), query)

        assert set(found) == set(expected), query
        assert found


def test_a_service_is_found_by_its_code(engine):
    assert titles(get_search_backend().search("s002", ServiceItem)) == ["水费缴纳"]


def test_hits_in_titles_come_first(engine):
    assert titles(NoticePage.objects.search("停水")) == ["計劃停水公告", "示例街道施工"]
    assert titles(NoticePage.objects.search("停水", fields=["title"])) == ["計劃停水公告"]


def test_the_title_that_says_nothing_else_comes_first(engine, town):
    make_notice(town.water, title="第二十四中学")
    make_notice(town.water, title="第二十四中学招生简章", summary="第二十四中学 第二十四中学")

    assert titles(NoticePage.objects.search("第二十四中学"))[0] == "第二十四中学"


def test_a_beginning_completes_to_a_title(engine):
    before = engine.searches

    assert titles(Page.objects.autocomplete("自来水集")) == ["滨海市自来水集团有限公司"]
    assert engine.searches > before


def test_an_order_of_its_own_and_slices_are_kept(engine):
    found = NoticePage.objects.order_by("title").search("停水", order_by_relevance=False)

    assert titles(found) == ["示例街道施工", "計劃停水公告"]
    assert titles(found[1:]) == ["計劃停水公告"]
    assert found.facet("live") == {True: 2}


def test_the_page_and_the_interface_say_the_same_with_and_without(engine, settings, town):
    def answers():
        page = Client().get("/search/", {"q": "停水"}).context
        told = Client().get("/api/v2/notices/", {"search": "停水"}).json()
        return (
            {str(row["title"]) for row in page["rows"]},
            [(kind["code"], kind["number"]) for kind in page["kinds"]],
            {item["title"] for item in told["items"]},
            told["meta"],
        )

    before = engine.searches
    by_engine = answers()
    asked = engine.searches - before
    settings.WAGTAILSEARCH_BACKENDS = {"default": settings.OF_THE_DATABASE}

    assert by_engine == answers()
    assert asked >= 2


def test_what_the_engine_takes_for_public_is_not_shown_when_the_database_says_otherwise(engine):
    # Nobody told the engine: no signal is sent.
    Page.objects.filter(title="計劃停水公告").update(live=False)

    found = Client().get("/api/v2/notices/", {"search": "计划停水"}).json()["items"]
    assert "計劃停水公告" not in {item["title"] for item in found}
    assert "計劃停水公告" not in Client().get("/search/", {"q": "计划停水"}).text


def test_a_draft_is_found_by_editors_alone(engine, town):
    make_notice(town.water, title="尚未公开的抢修", live=False)

    assert titles(Page.objects.search("抢修")) == ["尚未公开的抢修"]
    assert titles(Page.objects.live().search("抢修", operator="and")) == []
    assert Client().get("/api/v2/notices/", {"search": "抢修"}).json()["meta"]["total_count"] == 0


def test_a_change_is_found_at_once_and_what_is_deleted_no_more(engine, town):
    page = make_notice(town.water, title="抢修通告")
    rows = engine.rows
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]

    page.title = "检修通告"
    page.save()
    assert titles(Page.objects.search("检修")) == ["检修通告"]
    page.delete()

    assert engine.rows == rows - 1
    assert not Unsent.objects.exists()
    assert titles(Page.objects.search("检修", operator="and")) == []


def test_a_common_word_is_left_to_the_database(engine, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 1)
    monkeypatch.setattr("cms.search.engines.results.MOST", 1)
    before = engine.searches

    assert len(titles(NoticePage.objects.search("停水"))) == 2
    assert engine.searches == before + 1


def test_a_publication_survives_an_engine_that_is_gone(engine, settings, town):
    engine.stop()

    page = make_notice(town.water, title="抢修通告")
    Page.objects.get(title="示例街道施工").delete()

    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert {each.key for each in Unsent.objects.all()} >= {str(page.pk)}
    with stub_engine() as another:
        use(settings, settings.SEARCH_ENGINE, another.url)
        call_command("rebuild_search")
        assert not Unsent.objects.exists()
        assert titles(Page.objects.search("抢修")) == ["抢修通告"]
        assert another.searches == 1


def test_what_the_engine_refused_is_sent_again(engine, town, capsys):
    engine.behave(status=503)
    page = make_notice(town.water, title="抢修通告")
    gone = Page.objects.get(title="示例街道施工")
    gone.delete()
    call_command("rebuild_search")
    assert Unsent.objects.count() >= 2
    engine.behave()
    rows = engine.rows

    # Not asked while it lacks something.
    before = engine.searches
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert engine.searches == before
    call_command("rebuild_search")

    assert "检索引擎补上了" in capsys.readouterr().out
    assert not Unsent.objects.exists()
    assert engine.rows == rows
    assert titles(Page.objects.search("抢修")) == [page.title]
    assert engine.searches == before + 1
    assert titles(NoticePage.objects.search("示例街道施工", operator="and")) == []


def test_nobody_waits_long_for_a_slow_engine(engine, settings, town):
    use(settings, settings.SEARCH_ENGINE, engine.url, SEARCH_ENGINE_SECONDS=0.2)
    engine.behave(seconds=3)

    begun = time.perf_counter()
    make_notice(town.water, title="抢修通告")
    for _time in range(3):
        assert titles(Page.objects.search("抢修")) == ["抢修通告"]

    assert time.perf_counter() - begun < 2
    assert Unsent.objects.exists()


def test_a_search_that_is_not_answered_is_answered_by_the_database_and_told(engine, client, town):
    client.force_login(User.objects.create_superuser("root", "root@example.org", "root"))
    assert client.get("/readyz").json()["parts"]["search"] == "ok"
    engine.behave(status=503)

    shown = client.get(reverse("wagtailadmin_pages:search"), {"q": "自来水集团"})
    asked = engine.searches
    client.get(reverse("wagtailadmin_pages:search"), {"q": "自来水集团"})

    assert [page.title for page in shown.context["page_obj"]] == ["滨海市自来水集团有限公司"]
    assert engine.searches == asked
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["search"]) == (200, "alone")


def test_what_is_written_during_a_rebuild_is_not_lost(engine, town, monkeypatch):
    fill = EngineIndex._fill

    def fill_and_publish(index, rows):
        fill(index, rows)
        if not Page.objects.filter(title="抢修通告").exists():
            late = Page.objects.get(title="累进水价办法")
            late.title = "旧水价办法"
            late.save()
            make_notice(town.water, title="抢修通告")
            Page.objects.get(title="示例街道施工").delete()

    monkeypatch.setattr(EngineIndex, "_fill", fill_and_publish)
    call_command("update_index", backend_name="default", verbosity=0)

    assert not Unsent.objects.exists()
    assert titles(Page.objects.search("旧水价")) == ["旧水价办法"]
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert titles(NoticePage.objects.search("示例街道施工", operator="and")) == []
    assert engine.told["asked"]["_search"] == 3
    assert len(engine.told["indexes"]) == 1


def test_a_rebuild_that_was_overtaken_takes_no_effect(engine):
    backend = get_search_backend()
    early = backend.rebuilder_class(backend.get_index_for_model(Page))
    early.start()
    call_command("update_index", backend_name="default", verbosity=0)
    rows = engine.rows

    early.finish()

    assert state.is_complete(backend.place)
    assert engine.rows == rows
    assert len(engine.told["indexes"]) == 1


def test_while_an_index_is_being_built_the_database_answers(engine, town):
    backend = get_search_backend()
    backend.rebuilder_class(backend.get_index_for_model(Page)).start()
    before = engine.searches
    make_notice(town.water, title="抢修通告")

    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert engine.searches == before
    assert Unsent.objects.exists()
    call_command("rebuild_search")
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert engine.searches == before + 1


def test_an_engine_that_lost_its_index_gets_another(engine, settings, town):
    (name,) = engine.told["indexes"]
    backend = get_search_backend()
    backend.es.indices.delete(index=name)

    make_notice(town.water, title="抢修通告")
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    # It made none by itself, cut in its own way.
    assert engine.told["indexes"] == {}
    call_command("rebuild_search")

    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert engine.searches == 1


def test_new_words_of_our_own_wait_for_both(engine, town):
    make_notice(town.water, title="关于蓝贝壳计划的通知")
    SearchWords.objects.create(words="蓝贝壳计划")
    assert titles(Page.objects.search("蓝贝壳计划")) == ["关于蓝贝壳计划的通知"]

    call_command("update_index", backend_name="database", verbosity=0)
    before = engine.searches
    assert titles(Page.objects.search("蓝贝壳计划")) == ["关于蓝贝壳计划的通知"]
    assert engine.searches == before
    call_command("rebuild_search")

    assert titles(Page.objects.search("蓝贝壳计划")) == ["关于蓝贝壳计划的通知"]
    assert engine.searches == before + 1


def test_an_engine_that_was_just_set_is_built_by_the_worker(settings, town):
    with stub_engine() as stub:
        use(settings, "elasticsearch", stub.url)
        town.water.save()
        assert titles(Page.objects.search(town.water.title))
        assert stub.searches == 0

        call_command("rebuild_search")

        assert IndexState.objects.get().engine == get_search_backend().place
        assert titles(Page.objects.search(town.water.title))
        assert stub.searches == 1


def test_without_an_engine_a_rebuild_goes_on_with_the_database(settings, town):
    with stub_engine() as stub:
        use(settings, "opensearch", stub.url)
    SearchWords.objects.create(words="蓝贝壳计划")

    call_command("rebuild_search")
    call_command("rebuild_search")

    assert isinstance(get_search_backend(), EngineSearchBackend)
    assert not state.is_complete(get_search_backend().place)
    assert titles(Page.objects.search(town.water.title))
