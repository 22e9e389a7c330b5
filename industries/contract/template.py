"""The contract of an industry template."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import jsonschema
from django.apps import AppConfig, apps
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.template.loader import select_template
from pytest_django import DjangoDbBlocker

from blocks.base import json_of, json_schema_of, plain_text_of
from blocks.contract import contract_errors
from blocks.story import content_stream_block
from pages.industry_templates import FALLBACK_PAGE_TYPE, IndustryTemplate, app_of, catalogues, installed
from pages.models import UnitPage

from .catalogue import catalogue_errors
from .source import forbidden_imports, receivers
from .words import CHINESE, block_words, page_words, untranslated

CODE = re.compile(r"[a-z][a-z0-9_]*")
NUMBERS = (models.IntegerField, models.DecimalField)
# A value of these has no type a reader or a filter could rely on.
UNTYPED = (models.TextField, models.JSONField, models.BinaryField)


class IndustryTemplateContract:
    """Inherit, name the template, and give one stored value for each of its blocks."""

    template_code: ClassVar[str] = ""
    block_samples: ClassVar[dict[str, Any]] = {}

    @property
    def template(self) -> IndustryTemplate:
        """Return the declaration."""
        return next(template for template in installed() if template.code == self.template_code)

    @property
    def app(self) -> AppConfig:
        """Return the app that declares it."""
        app = app_of(self.template_code)
        assert app is not None
        return app

    @property
    def page_types(self) -> list[type[UnitPage]]:
        """Return the page types of units that the app brings."""
        return [model for model in self.app.get_models() if issubclass(model, UnitPage)]

    def test_it_is_installed_once(self) -> None:
        assert [each.code for each in installed()].count(self.template_code) == 1

    def test_its_codes_are_its_own(self) -> None:
        codes = [catalogue.code for template in installed() for catalogue in template.catalogues]

        assert CODE.fullmatch(self.template.code)
        for catalogue in self.template.catalogues:
            assert CODE.fullmatch(catalogue.code)
            assert codes.count(catalogue.code) == 1
            assert catalogues()[catalogue.code] is not None

    def test_it_has_a_name_in_chinese_and_in_english(self) -> None:
        pairs = [(self.template.label, self.template.label_en)]
        pairs += [(catalogue.title, catalogue.title_en) for catalogue in self.template.catalogues]

        assert [name for name, _english in pairs if not CHINESE.search(name)] == []
        assert [name for name, english in pairs if not english or CHINESE.search(english)] == []

    def test_its_catalogues_can_be_read_and_are_complete(self) -> None:
        assert self.template.catalogues
        assert [error for catalogue in self.template.catalogues for error in catalogue_errors(catalogue)] == []

    def test_its_catalogues_name_page_types_of_its_own_or_the_plain_unit(self) -> None:
        own = {model._meta.label for model in self.page_types}

        named = {catalogue.page_type for catalogue in self.template.catalogues} - {None}
        assert named - own - {FALLBACK_PAGE_TYPE} == set()

    def test_its_page_types_have_a_label_and_tables_of_their_own(self) -> None:
        assert [model for model in self.app.get_models() if model._meta.app_label != self.app.label] == []
        assert [model for model in self.page_types if model is UnitPage] == []

    def test_its_migrations_are_complete(self, django_db_blocker: DjangoDbBlocker) -> None:
        # A migration of wagtail-localize asks for the database, and does without it, when it is imported.
        with django_db_blocker.unblock():
            loader = MigrationLoader(None)

        changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)

        assert changes.get(self.app.label, []) == []
        assert not self.page_types or self.app.label in loader.migrated_apps

    def test_every_page_type_has_a_template(self) -> None:
        for model in self.page_types:
            select_template(model.template_names())

    def test_profile_fields_are_typed_and_in_the_form(self) -> None:
        for model in self.page_types:
            in_form = set(model.get_edit_handler().get_form_options()["fields"])
            for name in model.profile_fields:
                field = model._meta.get_field(name)
                assert not isinstance(field, UNTYPED), f"{field} has no type a filter can rely on"
                assert CHINESE.search(str(field.verbose_name)), f"{field} has no Chinese name"
                assert name in in_form, f"{field} cannot be edited: put it into a panel"

    def test_typed_fields_may_be_left_out(self) -> None:
        for model in self.page_types:
            for name in model.profile_fields:
                field = model._meta.get_field(name)
                assert field.blank, f"{field} must not be demanded of a draft"
                assert field.null or field.get_default() is not None, f"{field} needs null=True or a default"

    def test_numbers_have_bounds(self) -> None:
        for model in self.page_types:
            for name in model.profile_fields:
                field = model._meta.get_field(name)
                if isinstance(field, NUMBERS):
                    assert _is_bounded(field), f"{field} has no MaxValueValidator"

    def test_its_blocks_keep_the_contract_of_blocks(self) -> None:
        blocks = content_stream_block().child_blocks

        assert [error for name, _block in self.template.blocks for error in contract_errors(name, blocks[name])] == []

    def test_its_blocks_are_read_as_html_as_json_and_as_text(self) -> None:
        for name, _block in self.template.blocks:
            assert name in self.block_samples, f"block_samples lacks {name}"
            block = content_stream_block().child_blocks[name]
            value = block.normalize(block.to_python(self.block_samples[name]))
            assert block.render(value).strip()
            assert plain_text_of(block, value).strip()
            jsonschema.validate(json_of(block, value), json_schema_of(block))

    def test_its_checks_can_be_asked(self) -> None:
        assert [check for check in self.template.checks if not callable(check)] == []

    def test_it_listens_to_no_signal(self) -> None:
        assert list(receivers(self.app)) == []

    def test_it_imports_no_network_and_no_room_above_it(self) -> None:
        assert list(forbidden_imports(self.app)) == []

    def test_its_words_are_translated(self) -> None:
        blocks = content_stream_block().child_blocks
        of_pages = [word for model in self.page_types for word in page_words(model)]
        of_blocks = [word for name, _block in self.template.blocks for word in block_words(blocks[name])]

        assert untranslated(iter([*of_pages, *of_blocks])) == []


def _is_bounded(field: Any) -> bool:
    """Tell whether the declaration says a maximum; every database adds one of its own."""
    return any(isinstance(validator, MaxValueValidator) for validator in field._validators)
