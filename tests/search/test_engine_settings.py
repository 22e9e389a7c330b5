"""What is said of wrong settings of a search engine, before anybody searches."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError
from wagtail.search.backends import get_search_backend

from cms.checks import refuse_to_start
from cms.search.engines.backend import Engine
from cms.search.engines.checks import check_search_engine

from .engine import use


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SEARCH_ENGINE": "solr"}, "SEARCH_ENGINE“solr”不认识，应为：elasticsearch、opensearch。"),
        ({"SEARCH_ENGINE_URL": "localhost:9200"}, "SEARCH_ENGINE_URL 不是地址"),
        ({"SEARCH_ENGINE_URL": "https://:9200"}, "SEARCH_ENGINE_URL 不是地址"),
        ({"SEARCH_ENGINE_URL": "https://host:port"}, "SEARCH_ENGINE_URL 不是地址"),
        ({"SEARCH_ENGINE_INDEX": "Gong Kai"}, "SEARCH_ENGINE_INDEX“Gong Kai”不能用作索引名"),
    ],
)
def test_wrong_settings_are_named_before_anything_starts(db, settings, changed, words):
    use(settings, "elasticsearch", "https://user:geheim@search.example.org:9200", **changed)

    (message,) = check_search_engine()

    assert words in message.msg
    with pytest.raises(SystemCheckError, match="gongkai"):
        refuse_to_start()
    with pytest.raises(ImproperlyConfigured, match="SEARCH_ENGINE") as told:
        get_search_backend()
    assert "geheim" not in str(told.value)


@pytest.mark.parametrize(("kind", "package"), [("elasticsearch", "elasticsearch"), ("opensearch", "opensearch-py")])
def test_a_missing_client_is_named(settings, monkeypatch, kind, package):
    monkeypatch.setattr("cms.search.engines.checks.find_spec", lambda name: None)
    use(settings, kind, "https://search.example.org:9200")

    (message,) = check_search_engine()

    assert f"没有安装 Python 包 {package}" in message.msg


def test_without_the_setting_nothing_is_checked(settings):
    settings.SEARCH_ENGINE = "solr"

    assert check_search_engine() == []


def test_the_password_is_not_shown_with_the_engine():
    assert "geheim" not in repr(Engine("elasticsearch", "https://user:geheim@search.example.org", "gongkai"))


def test_an_address_is_taken_apart():
    engine = Engine("elasticsearch", "https://user:p%40ss@search.example.org/es/", "gongkai")

    assert engine.host == "https://search.example.org:443/es"
    assert engine.login == ("user", "p@ss")
