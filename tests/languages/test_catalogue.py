"""The English of the interface: complete where the public reads, and safe to fill in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FOLDER = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES"
# Screens of those who work here are translated as well, but may lag behind.
OF_THE_ADMIN = {"cms", "desk", "panels", "wagtail_localize", "wagtailadmin", "workflows"}
CALL = re.compile(r"""\b(?:gettext|ngettext|_)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
# What stands directly before a value, before something included, or before the title of the page.
BEFORE_MORE = re.compile(r'\{% translate "([^"]+：)" %\}(?=\{\{|\{% include|\{% (?:el|end)if[^%]*%\}(?!</)|\{% for)')
FIXED_DATE = re.compile(r'date:"[^"]*[年月日][^"]*"')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def public_templates() -> list[Path]:
    """Return the templates an English reader meets."""
    return [
        path for path in sorted(TEMPLATES.rglob("*.html")) if OF_THE_ADMIN.isdisjoint(path.relative_to(TEMPLATES).parts)
    ]


def words_of(path: Path) -> set[str]:
    """Return the strings a template translates."""
    return {ast.literal_eval(word) for word in CALL.findall(templatize(path.read_text(), origin=path.name))}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(FOLDER / "django.po"))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_word_of_the_public_templates_has_english(catalogue):
    translated = {entry.msgid for entry in catalogue if all(texts(entry))}

    missing = {path.name: words for path in public_templates() if (words := words_of(path) - translated)}

    assert missing == {}


def test_a_colon_before_more_words_has_its_space_in_english(catalogue):
    """The full-width colon brings its own."""
    english = {entry.msgid: entry.msgstr for entry in catalogue}
    templates = [path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))]

    before_more = {words for text in templates for words in BEFORE_MORE.findall(text)}

    assert "查询结果：" in before_more
    assert {words: english[words] for words in before_more if not english.get(words, " ").endswith(" ")} == {}


def test_no_template_writes_a_date_for_chinese_alone():
    assert [path.name for path in TEMPLATES.rglob("*.html") if FIXED_DATE.search(path.read_text())] == []


def test_nothing_is_guessed(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []


def test_placeholders_are_the_same_in_english(catalogue):
    def placeholders(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    different = [
        entry.msgid
        for entry in catalogue
        for text in texts(entry)
        if text and placeholders(text) != placeholders(entry.msgid)
    ]

    assert different == []


def test_no_english_text_holds_chinese_but_what_is_typed(catalogue):
    chinese = re.compile("[\u4e00-\u9fff]")

    # What is quoted is typed into a form or read from a file.
    mixed = [
        entry.msgid
        for entry in catalogue
        for text in texts(entry)
        if chinese.search(re.sub("“.*?”|zhangsan 张三", "", text))
    ]

    assert mixed == []


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    compiled = {entry.msgid: texts(entry) for entry in polib.mofile(str(FOLDER / "django.mo"))}

    assert compiled == {entry.msgid: texts(entry) for entry in catalogue if all(texts(entry))}


def test_a_string_of_ours_is_english_for_an_english_reader():
    with translation.override("en"):
        assert translation.gettext("公开目录") == "Disclosure catalogue"
        assert translation.ngettext("%(number)s 家单位", "%(number)s 家单位", 2) == "%(number)s organisations"
