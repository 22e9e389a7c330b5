"""What is written to an engine, when it is built anew, and what happens without it. Tried against a stub only."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from accounts.models import User
from cms.search.engines import asking, state
from cms.search.engines.backend import AWAY, EngineSearchBackend
from cms.search.engines.index import EngineIndex
from cms.search.models import IndexState, Unsent
from pages.models import NoticePage
from snippets.models import SearchWords
from tests.factories import make_notice

from .conftest import titles
from .engine import stub_engine, use

pytestmark = pytest.mark.usefixtures("clock")


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
    before, searches = engine.told["asked"]["_bulk"], engine.searches

    make_notice(town.water, title="抢修通告")
    for _time in range(3):
        assert titles(Page.objects.search("抢修")) == ["抢修通告"]

    # Whoever had waited to the end would have been told that it is written.
    assert Unsent.objects.exists()
    # And whoever had asked again would have waited again.
    assert engine.told["asked"]["_bulk"] == before + 1
    assert engine.searches == searches


def test_one_page_waits_no_longer_than_one_answer_may_take(engine, settings):
    use(settings, settings.SEARCH_ENGINE, engine.url, SEARCH_ENGINE_SECONDS=1.0)
    engine.behave(seconds=0.4)
    before = engine.searches

    assert Client().get("/search/", {"q": "qwxzqwxz 月球"}).status_code == 200

    assert engine.searches - before <= 3
    assert cache.get(AWAY)


def test_a_part_of_the_index_is_no_answer(engine):
    engine.behave(failed=1)

    assert titles(NoticePage.objects.search("停水")) == ["計劃停水公告", "示例街道施工"]
    assert cache.get(AWAY)


def test_what_is_taken_back_was_never_sent(engine, town):
    rows = engine.rows

    with pytest.raises(RuntimeError), transaction.atomic():
        make_notice(town.water, title="抢修通告")
        Page.objects.get(title="示例街道施工").delete()
        assert engine.rows == rows
        raise RuntimeError

    assert engine.rows == rows
    assert not Unsent.objects.exists()
    assert titles(NoticePage.objects.search("示例街道施工", operator="and")) == ["示例街道施工"]


def test_what_is_written_in_one_transaction_is_sent_when_it_is_over(engine, town):
    with transaction.atomic():
        make_notice(town.water, title="抢修通告")
        make_notice(town.water, title="检修通告")
        Page.objects.get(title="示例街道施工").delete()
        assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    before = engine.searches

    assert not Unsent.objects.exists()
    assert titles(Page.objects.search("抢修")) == ["抢修通告"]
    assert engine.searches == before + 1


def test_what_our_own_database_fails_with_is_told(engine, monkeypatch):
    def fail(subjects):
        raise DatabaseError

    monkeypatch.setattr(state, "note", fail)

    with pytest.raises(DatabaseError):
        Page.objects.get(title="示例街道施工").delete()


def test_one_text_the_engine_cannot_read_does_not_keep_it_out_of_use(engine, town, monkeypatch):
    source = EngineIndex._source

    def broken(index, item, dictionary):
        found = source(index, item, dictionary)
        return found | {"number": "?"} if getattr(item, "title", "") == "抢修通告" else found

    monkeypatch.setattr(EngineIndex, "_source", broken)
    rows = engine.rows
    page = make_notice(town.water, title="检修通告")
    page.title = "抢修通告"
    page.save()

    assert engine.rows == rows
    assert state.is_complete(get_search_backend().place)
    call_command("update_index", backend_name="default", verbosity=0)
    assert state.is_complete(get_search_backend().place)
    assert engine.rows == rows


def test_a_note_of_what_no_longer_exists_is_settled(engine):
    Unsent.objects.create(model="pages.goneforever", key="1")

    call_command("rebuild_search")

    assert state.is_complete(get_search_backend().place)


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


def test_an_index_that_fails_is_not_left_behind_and_not_called_built(engine, capsys):
    (name,) = engine.told["indexes"]
    get_search_backend().es.indices.delete(index=name)
    engine.behave(status=503, only="_bulk")

    call_command("rebuild_search")

    assert engine.told["indexes"] == {}
    told = capsys.readouterr()
    assert "已重建" not in told.out
    assert "没有建成" in told.err


def test_an_index_without_anything_in_it_is_not_taken_into_use(engine):
    (name,) = engine.told["indexes"]

    call_command("update_index", backend_name="default", schema_only=True, verbosity=0)

    assert list(engine.told["indexes"]) == [name]
    assert not state.is_complete(get_search_backend().place)


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


def test_an_engine_that_was_just_set_is_built_by_the_worker(settings, commits, town):
    with stub_engine() as stub:
        use(settings, "elasticsearch", stub.url)
        town.water.save()
        assert titles(Page.objects.search(town.water.title))
        assert stub.searches == 0

        call_command("rebuild_search")

        assert IndexState.objects.get().engine == get_search_backend().place
        assert titles(Page.objects.search(town.water.title))
        assert stub.searches == 1


def test_without_an_engine_a_rebuild_goes_on_with_the_database(settings, commits, town):
    with stub_engine() as stub:
        use(settings, "opensearch", stub.url)
    SearchWords.objects.create(words="蓝贝壳计划")

    call_command("rebuild_search")
    call_command("rebuild_search")

    assert isinstance(get_search_backend(), EngineSearchBackend)
    assert not state.is_complete(get_search_backend().place)
    assert titles(Page.objects.search(town.water.title))
