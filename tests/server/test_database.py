"""Each test finds the database as the migrations leave it, whatever the test before it did."""

from __future__ import annotations

import pytest
from django.db import connection
from wagtail.models import Locale, Page, Site


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_finds_root_page_site_and_locale(turn):
    found = (Page.objects.filter(depth=1).count(), Site.objects.count(), Locale.objects.count())
    Site.objects.all().delete()

    assert found == (1, 1, 1)


@pytest.mark.django_db
def test_sqlite_is_a_file_with_a_write_ahead_log_as_in_the_demo():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")

    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()

    assert mode == ("wal",)


@pytest.mark.django_db
def test_postgresql_finds_trigrams_in_chinese():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")

    # In the C locale a Han character is no letter, and every trigram search finds nothing.
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT show_trgm('办理')")
        (trigrams,) = cursor.fetchone()

    assert trigrams
