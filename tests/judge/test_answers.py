"""What comes after a form was sent is judged as every other page is: axe, widths, vnu, keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from .answers import ANSWERS, answers
from .places import LANGUAGES
from .test_html import INLINE_STYLE, complaints
from .test_keyboard import walked
from .ways import complaints_in_every_way, too_wide

pytestmark = pytest.mark.judge

SENT = [("sample", answer) for answer in ANSWERS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "name"), SENT, indirect=["city"])
def test_everybody_can_read_it(city, name, language, reading):
    sent = answers(city)[name]

    found = complaints_in_every_way(
        lambda mode, width: reading.open(f"{language}{sent.address}", width=width, instead=sent.answer(language, mode))
    )

    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("city", "name"), SENT, indirect=["city"])
def test_nobody_scrolls_sideways(city, name, language, reading):
    sent = answers(city)[name]

    assert too_wide(reading.open(f"{language}{sent.address}", instead=sent.answer(language))) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("city", ["sample"], indirect=True)
def test_every_answer_is_valid_and_without_inline_styles(city, language, tmp_path):
    styled = []
    for name, sent in answers(city).items():
        content = sent.answer(language).content
        Path(tmp_path, f"{name.replace(':', '').replace(' ', '-')}.html").write_bytes(content)
        styled += INLINE_STYLE.findall(content.decode())

    found = complaints(tmp_path)

    assert found == []
    assert styled == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("city", "name"), SENT, indirect=["city"])
def test_the_focus_is_always_seen(city, name, width, reading):
    sent = answers(city)[name]
    tab = reading.open(sent.address, width=width, instead=sent.answer())

    steps = walked(tab)

    assert steps
    assert [step["what"] for step in steps if not step["marked"]] == []
    assert [step["what"] for step in steps if not step["seen"]] == []


@pytest.mark.parametrize("city", ["sample"], indirect=True)
def test_every_answer_has_its_name(city):
    assert set(answers(city)) == set(ANSWERS)
