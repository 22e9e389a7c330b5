"""Which backend a project gets."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from wagtail.search.backends import get_search_backend

from cms.search import backends
from cms.search.backends.backend import SegmentedSearchBackend


def test_the_backend_is_that_of_the_database():
    assert type(get_search_backend()) is backends.BY_VENDOR[connection.vendor]


def test_the_settings_name_this_backend(settings):
    assert isinstance(get_search_backend(), SegmentedSearchBackend)
    assert settings.WAGTAILSEARCH_BACKENDS["default"]["ATOMIC_REBUILD"] is False
    assert "modelsearch" not in settings.INSTALLED_APPS


def test_another_database_is_refused(monkeypatch):
    monkeypatch.setattr(backends, "connection", SimpleNamespace(vendor="mysql"))

    with pytest.raises(ImproperlyConfigured, match="mysql"):
        get_search_backend()
