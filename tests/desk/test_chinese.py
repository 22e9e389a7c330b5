"""The admin speaks Chinese: every string Wagtail and its companions bring, and every screen a clerk can meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.translation.trans_real import DjangoTranslation

from accounts.models import Duty
from media.models import Document, Image
from tests.factories import appoint, make_disclosure, make_page, make_service_item
from tests.town import Town
from tests.workflows.acts import draft, submit

# Apps whose screens and messages a person in our admin can meet.
COMPANIONS = ("wagtail", "taggit", "django_filters")
OURS = Path(__file__).resolve().parents[2] / "locale" / "zh_Hans" / "LC_MESSAGES"
# Names, units, formats and codes that are written so in Chinese too.
ALLOWED = {
    *(
        "JPEG",
        "WEBP",
        "TIFF",
        "Word",
        "WPS",
        "Excel",
        "PDF",
        "XLSX",
        "DOCX",
        "JPG",
        "PNG",
        "GIF",
        "JavaScript",
        "API",
        "URL",
        "Wagtail",
        "ID",
    ),
    *("WGS", "GB", "DB", "MB", "KB", "px", "HTML", "CSV", "localhost", "example", "org", "http", "https", "ICP", "GCJ"),
    *("Ctrl", "Shift", "Alt", "Esc", "Enter", "Tab", "Cmd", "English", "WebP", "AVIF", "SVG", "ODF", "OFD", "docx"),
    *("xlsx", "pptx", "doc", "xls", "ppt", "wps", "et", "ofd", "csv", "txt", "zip", "pdf", "jpg", "jpeg", "png", "gif"),
    *("webp", "avif", "heic", "ico", "svg"),
}
WORD = re.compile(r"(?<![\w./@#&%{-])[A-Za-z]{2,}(?![\w/@-])")
SILENT = {"script", "style", "template", "svg", "code", "kbd", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("alt", "title", "placeholder", "aria-label", "aria-description", "value")


class Reader(HTMLParser):
    """Collects what a person sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def is_silent(self) -> bool:
        return any(silent for _tag, silent in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, tag in SILENT or "hidden" in given))
        is_button = tag == "input" and given.get("type") in {"submit", "button", "reset"}
        if not self.is_silent():
            self.texts += [given[name] or "" for name in SPOKEN if name in given and (name != "value" or is_button)]

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(tag == each for each, _silent in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.is_silent():
            self.texts.append(data)


def english(html: str) -> set[str]:
    """Return the English words of a page."""
    reader = Reader()
    reader.feed(html)
    words = {word for text in reader.texts for word in WORD.findall(text)}
    return words - ALLOWED


def catalogues(domain: str) -> Iterator[tuple[str, polib.POFile]]:
    """Yield the source catalogue of every companion."""
    for config in apps.get_app_configs():
        source = next(Path(config.path).glob(f"locale/en/LC_MESSAGES/{domain}.po"), None) or next(
            Path(config.path).glob(f"locale/zh_CN/LC_MESSAGES/{domain}.po"), None
        )
        if config.name.startswith(COMPANIONS) and source:
            yield config.name, polib.pofile(str(source))


def known(domain: str) -> set[str]:
    """Return the strings that have a Chinese wording, theirs or ours."""
    dirs = [f"{config.path}/locale" for config in apps.get_app_configs() if Path(f"{config.path}/locale").is_dir()]
    found = {
        entry.msgid
        for folder in [*dirs, str(OURS.parents[1])]
        for entry in (polib.mofile(f"{folder}/zh_Hans/LC_MESSAGES/{domain}.mo") if exists(folder, domain) else [])
        if entry.msgstr or any(entry.msgstr_plural.values())
    }
    return found


def exists(folder: str, domain: str) -> bool:
    return Path(f"{folder}/zh_Hans/LC_MESSAGES/{domain}.mo").is_file()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_string_of_wagtail_and_its_companions_has_a_chinese_wording(domain: str) -> None:
    have = known(domain)

    missing = {
        (app, entry.msgid)
        for app, catalogue in catalogues(domain)
        for entry in catalogue
        if not entry.obsolete and entry.msgid not in have
    }

    assert missing == set()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_our_catalogue_is_compiled_and_keeps_every_placeholder(domain: str) -> None:
    source, compiled = polib.pofile(str(OURS / f"{domain}.po")), polib.mofile(str(OURS / f"{domain}.mo"))
    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

    invented = {
        entry.msgid
        for entry in source
        if set(placeholder.findall(entry.msgstr or entry.msgstr_plural[0]))
        - set(placeholder.findall(entry.msgid + (entry.msgid_plural or "")))
    }

    assert {entry.msgid for entry in source} == {entry.msgid for entry in compiled}
    assert invented == set()


def test_ours_wins_over_wagtails_own_wording() -> None:
    assert DjangoTranslation("zh-hans").gettext("Workflow") == "审核流程"
    assert DjangoTranslation("zh-hans", domain="djangojs").gettext("Insert a block") == "插入内容块"


@pytest.fixture
def office(town: Town) -> Town:
    """Fill the town's water company with one of each thing a clerk meets."""
    town.reviewer("water")
    editor = town.editor("water")
    appoint(editor, town.water, Duty.ADMINISTRATOR)
    make_disclosure(town.water, town.entries["water_profile"], title="企业概况").save_revision(user=editor)
    submit(draft(town), editor)
    town.returned = draft(town, title="退回的")
    state = submit(town.returned, editor)
    state.task.specific.on_action(state, town.reviewer("water"), "reject", comment="请补充")
    town.item = make_service_item(town.water, town.industries["waterworks"], live=False)
    town.item.save_revision(user=editor)
    Image.objects.create(title="图片", file="original_images/a.png", width=1, height=1, owner_organisation=town.water)
    Document.objects.create(title="文件", file="documents/a.pdf", owner_organisation=town.water)
    return town


def screens(town: Any) -> list[str]:
    """Return the screens a clerk can meet in an ordinary week."""
    page, item = town.returned.pk, town.item
    snippet = item.snippet_viewset.get_url_name
    pages = ("edit", "history", "delete", "copy", "move", "usage", "workflow_history")
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[town.water.pk]),
        f"{reverse('wagtailadmin_explore', args=[town.water.pk])}?q=水&state=draft",
        reverse("wagtailadmin_pages:add_subpage", args=[town.water.pk]),
        reverse("wagtailadmin_pages:add", args=["pages", "disclosurepage", town.water.pk]),
        reverse("wagtailadmin_pages:add", args=["pages", "noticepage", town.water.pk]),
        reverse("wagtailadmin_pages:edit", args=[town.water.pk]),
        *(reverse(f"wagtailadmin_pages:{name}", args=[page]) for name in pages),
        reverse("approval:queue"),
        reverse(snippet("list")),
        reverse(snippet("add")),
        *(reverse(snippet(name), args=[item.pk]) for name in ("edit", "history", "delete", "usage")),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add_multiple"),
        reverse("wagtailadmin_account"),
    ]


@pytest.mark.parametrize("duty", ["editor", "reviewer"])
def test_no_screen_a_clerk_meets_has_english_on_it(office: Town, duty: str) -> None:
    client = Client()
    client.force_login(getattr(office, duty)("water"))

    found = {}
    for address in screens(office):
        response = client.get(address)
        if response.status_code == 200 and (words := english(response.content.decode()) - person_names(office)):
            found[address] = sorted(words)

    assert found == {}


def person_names(town: Town) -> set[str]:
    """Return the words that stand in names of accounts."""
    return {part for person in town.people.values() for part in re.split(r"[-_@.]", person.username)} | {"water"}


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailadmin_password_reset"])
def test_the_door_is_chinese(db: None, name: str) -> None:
    assert english(Client().get(reverse(name)).content.decode()) == set()


def test_the_approval_screen_is_chinese(office: Town) -> None:
    state = submit(draft(office, title="又一件"), office.editor("water"))
    client = Client()
    client.force_login(office.reviewer("water"))

    html = client.get(reverse("approval:item", args=[state.pk])).content.decode()

    assert english(html) - person_names(office) == set()


def test_a_made_page_is_seen_through(office: Town) -> None:
    page = make_page(type(office.hall), office.street, title="Hall of Fame")
    client = Client()
    client.force_login(office.administrator("street"))

    html = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()

    assert {"Hall", "Fame"} <= english(html)
