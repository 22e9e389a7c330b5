"""The field that holds the blocks."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core.exceptions import AppRegistryNotReady
from django.db.migrations.writer import MigrationWriter
from wagtail.blocks import CharBlock

from blocks.fields import ContentStreamField
from blocks.names import display_limits
from blocks.sealed import SealingStreamBlock
from blocks.story import ContentStreamBlock

from .samples import raw_stream


class Words(SealingStreamBlock):
    words = CharBlock()


def test_blocks_stay_out_of_migrations():
    written, _imports = MigrationWriter.serialize(ContentStreamField(blank=True, verbose_name="正文"))

    assert written == "blocks.fields.ContentStreamField(blank=True, verbose_name='正文')"


def test_blocks_are_not_built_before_they_are_needed():
    field = ContentStreamField()

    field.deconstruct()
    field.clone()

    assert "stream_block" not in vars(field)
    assert isinstance(field.stream_block, ContentStreamBlock)


def test_blocks_are_not_built_before_all_models_are_loaded(monkeypatch):
    field = ContentStreamField()
    monkeypatch.setattr(apps, "models_ready", False)

    with pytest.raises(AppRegistryNotReady):
        field.stream_block  # noqa: B018


def test_a_copy_keeps_its_blocks():
    assert isinstance(ContentStreamField(Words).clone().stream_block, Words)


def test_a_stream_that_could_lose_blocks_is_refused():
    field = ContentStreamField([("words", CharBlock())])

    with pytest.raises(TypeError, match="SealingStreamBlock"):
        field.stream_block  # noqa: B018


def test_a_revision_keeps_sealed_blocks():
    field = ContentStreamField(Words)
    stored = [{"type": "gone", "value": {"a": "一"}, "id": "1"}, {"type": "words", "value": "二", "id": "2"}]

    value = field.to_python(json.dumps(stored))

    assert field.get_prep_value(value) == stored


def test_stored_bytes_with_names_go_stale_on_known_days():
    stream = ContentStreamField().to_python(raw_stream("text", "name_list"))

    assert [day.isoformat() for day in display_limits(stream)] == ["2026-11-20", "2026-11-27"]
