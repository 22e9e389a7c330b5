"""A check names the content whose template is gone."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from blocks.checks import check_sealed_content, unknown_block_types
from tests.factories import make_disclosure

pytestmark = pytest.mark.django_db

GONE = {"type": "gone_plugin", "value": {"a": [1]}, "id": "1"}


@pytest.fixture
def disclosure(town):
    """Publish a disclosure with one block nobody can read and two that everybody can."""
    blocks = [{"type": "text", "value": "<p>一</p>", "id": "2"}, GONE, GONE | {"id": "3"}]
    return make_disclosure(town.water, town.entries["water_profile"], body=blocks)


def test_stored_types_without_a_block_are_found(disclosure):
    found = {field.model._meta.label: types for field, types in unknown_block_types()}

    assert found == {"pages.DisclosurePage": {"gone_plugin"}}


def test_the_check_warns_with_field_and_type(disclosure):
    (warning,) = check_sealed_content(databases=["default"])

    assert warning.id == "blocks.W001"
    assert "gone_plugin" in warning.msg
    assert "pages.DisclosurePage.body" in warning.msg


def test_a_column_that_holds_no_stream_is_passed_over(disclosure):
    table = disclosure._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = %s", ['{"type": "gone_plugin"}'])

    assert list(unknown_block_types()) == []


def test_without_a_database_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_sealed_content() == []


def test_the_check_is_registered(disclosure, capsys):
    call_command("check", databases=["default"], tags=["database"])

    assert "blocks.W001" in capsys.readouterr().err


def test_publishing_again_keeps_the_sealed_block(disclosure):
    disclosure.title = "改过标题"
    revision = disclosure.save_revision()
    revision.publish(skip_permission_checks=True)

    disclosure.refresh_from_db()
    stored = disclosure._meta.get_field("body").get_prep_value(disclosure.body)
    assert GONE in stored
    assert [item["type"] for item in stored] == ["text", "gone_plugin", "gone_plugin"]
