"""Who may translate what an office publishes, and write in the translation editor."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from .asking import INSIDE, NOBODY, REACHING, WRITERS, Row
from .world import World

L = "wagtail_localize:"


def po_file(world: World) -> Any:
    words = "\n".join(
        line.replace('msgstr ""', 'msgstr "x"') if number > 2 else line
        for number, line in enumerate(str(world.things["translation"].export_po()).splitlines())
    )
    return {"file": SimpleUploadedFile("en.po", words.encode())}


def languages(world: World) -> Any:
    return {"locales": [world.things["english"].pk]}


EDITOR = [
    Row(L + "edit_string_translation", ("translation", "string"), REACHING, put="value=x"),
    Row(L + "edit_override", ("translation", "link"), REACHING, put="value=https://example.org/en/"),
    Row(L + "download_pofile", ("translation",), REACHING),
    Row(L + "upload_pofile", ("translation",), REACHING, post=po_file),
    Row(L + "upload_pofile", ("translation",), NOBODY, post={}),
    Row(L + "preview_translation", ("translation",), REACHING),
    Row(L + "stop_translation", ("translation",), REACHING, post={}),
    # No machine translates here.
    Row(L + "machine_translate", ("translation",), NOBODY, post={}),
]

# A draft is no organisation.
PLACES = (("own", REACHING), ("draft", NOBODY))

SUBMITTING = [
    Row(L + "submit_page_translation", ("live",), WRITERS),
    Row(L + "submit_page_translation", ("live",), WRITERS, post=languages),
    Row(L + "submit_snippet_translation", ("snippets", "serviceitem", "item public"), WRITERS),
    Row(L + "submit_snippet_translation", ("snippets", "serviceitem", "item public"), WRITERS, post=languages),
    Row(L + "update_translations", ("translation source",), WRITERS),
    Row(L + "update_translations", ("translation source",), WRITERS, post={}),
    Row(L + "convert_to_alias", ("translated",), NOBODY, post={}),
    Row(L + "translations_report", (), INSIDE),
    Row(L + "translations_report_results", (), INSIDE),
    Row(L + "snippets_api_listing", ("snippets", "serviceitem"), INSIDE),
    Row(L + "snippets_api_detail", ("snippets", "serviceitem", "item"), REACHING),
]

MATRIX = [Row(f"languages:{name}", (unit,), who) for name in ("matrix", "pages") for unit, who in PLACES]

ROWS = [*EDITOR, *SUBMITTING, *MATRIX]
