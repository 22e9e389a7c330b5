"""The documents know every setting and every command, no setting that does not exist, and lead somewhere."""

from __future__ import annotations

import re

from .house import ROOT, place, sources

SETTINGS = ROOT / "docs" / "settings.md"


def variables() -> set[str]:
    """Return the environment variables that the settings read."""
    return set(re.findall(r"""env(?:\.\w+)?\(\s*["'](\w+)["']""", (ROOT / "cms" / "settings" / "env.py").read_text()))


def commands() -> set[str]:
    """Return our own management commands."""
    files = (file for file in sources() if file.parent.name == "commands")
    return {file.stem for file in files if not file.stem.startswith("_")}


def test_the_environment_is_read_in_one_place():
    readers = re.compile(r"\bos\.(?:environ\b(?!\.setdefault)|getenv)")

    found = [place(file) for file in sources() if readers.search(file.read_text())]

    assert found == []


def test_every_setting_is_documented():
    documented = set(re.findall(r"`(\w+)`", SETTINGS.read_text()))

    assert variables() - documented == set()


def test_every_documented_setting_exists():
    in_table = set(re.findall(r"^\| `(\w+)`", SETTINGS.read_text(), flags=re.MULTILINE))

    assert in_table - variables() - {"DJANGO_SETTINGS_MODULE"} == set()


def test_every_command_is_documented():
    documents = "\n".join(file.read_text() for file in (ROOT / "docs").rglob("*.md"))

    assert {name for name in commands() if f"manage.py {name}" not in documents} == set()


def test_every_link_of_a_document_leads_somewhere():
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    links = re.compile(r"\]\((?!https?:|#)([^)#]+)")

    broken = {
        f"{place(file)}: {link}"
        for file in documents
        for link in links.findall(file.read_text())
        if not (file.parent / link).exists()
    }

    assert broken == set()
