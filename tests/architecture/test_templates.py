"""A template for every page type, a user for every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import RequestFactory
from wagtail.admin.icons import get_icons
from wagtail.models import Page, get_page_models

from .house import ROOT, rooms, sources

pytestmark = pytest.mark.django_db


def our_page_types() -> list[type[Page]]:
    """Return the page types of the house that somebody can create."""
    return [model for model in get_page_models() if model.__module__.split(".")[0] in rooms() and model.is_creatable]


def candidates(model: type[Page]) -> list[str]:
    """Return the templates a page type asks for, its own first."""
    names = model().get_template(RequestFactory().get("/"))
    return [names] if isinstance(names, str) else list(names)


def exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def templates_in(folder: str) -> set[str]:
    """Return the names of the templates in a folder of templates/."""
    base = ROOT / "templates"
    return {str(file.relative_to(base)) for file in (base / folder).rglob("*.html")}


def named_somewhere(folder: str) -> set[str]:
    """Return the templates of a folder that a Python file or another template names."""
    files: list[Path] = [*sources(), *ROOT.glob("templates/**/*.html"), *ROOT.glob("industries/*/templates/**/*.html")]
    pattern = re.compile(rf"""["']({folder}/[\w/]+\.html)["']""")
    return {name for file in files for name in pattern.findall(file.read_text())}


def test_every_page_type_has_its_own_template():
    types = [model for model in our_page_types() if not model.__module__.startswith("industries.")]

    assert [names[0] for model in types if not exists((names := candidates(model))[0])] == []


def test_every_page_type_of_an_industry_has_a_template():
    types = [model for model in our_page_types() if model.__module__.startswith("industries.")]

    assert [model.__name__ for model in types if not any(map(exists, candidates(model)))] == []


def test_no_page_template_is_an_orphan():
    claimed = {name for model in our_page_types() for name in candidates(model)}

    assert templates_in("pages") - claimed - named_somewhere("pages") == set()


def test_no_component_is_an_orphan():
    assert templates_in("components") - named_somewhere("components") == set()


def test_a_form_that_is_included_alone_is_given_its_token():
    """`only` takes `csrf_token` away, which no test without a browser would notice."""
    every = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("industries/*/templates/**/*.html")]
    forms = {file.as_posix().partition("/templates/")[2] for file in every if "{% csrf_token %}" in file.read_text()}
    included = [
        (name, rest)
        for file in every
        for name, rest in re.findall(r"""{% include ["']([\w/.]+)["']([^%]*) only %}""", file.read_text())
    ]

    assert [name for name, rest in included if name in forms and "csrf_token=" not in rest] == []


def test_every_icon_that_a_screen_names_is_in_the_sprite():
    """A name without an icon leaves a hole before the title."""
    named = {
        name
        for file in sources()
        for name in re.findall(r"""(?:header_icon|icon_name)(?:"|')?\s*[=:]\s*["']([\w-]+)["']""", file.read_text())
    }

    assert {name for name in named if f'id="icon-{name}"' not in get_icons()} == set()
