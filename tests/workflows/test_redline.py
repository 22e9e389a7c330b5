"""The marks of what changed, in words."""

from __future__ import annotations

import re

import pytest

from workflows.redline import redline


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("甲乙丙", "甲乙丙", "甲乙丙"),
        ("", "新文", "<ins>新文</ins>"),
        ("旧文", "", "<del>旧文</del>"),
        ("每吨 3.10 元。", "每吨 3.20 元。", "每吨 <del>3.10</del><ins>3.20</ins> 元。"),
        (
            "自2025年1月1日起执行。",
            "自2026年12月1日起执行。",
            "自<del>2025年1月1日</del><ins>2026年12月1日</ins>起执行。",
        ),
    ],
)
def test_only_what_changed_is_marked(before: str, after: str, marked: str) -> None:
    assert redline(before, after) == marked


def test_what_is_written_cannot_become_markup() -> None:
    marked = redline("<b>一</b>", "<script>二</script>")

    assert "<b>" not in marked
    assert "<script>" not in marked


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("第一句。第二句！第三句？", "第一句。第二句改了！第三句？又一句"),
        ("甲的乙，丙", "丁的戊，丙"),
        ("一行\n两行\n", "一行\n三行\n"),
        ("长" * 4_000, "短" * 4_000),
    ],
)
def test_both_texts_can_be_read_out_of_the_marks(before: str, after: str) -> None:
    marked = redline(before, after)

    was = re.sub(r"</?del>", "", re.sub(r"<ins>.*?</ins>", "", marked, flags=re.DOTALL))
    now = re.sub(r"</?ins>", "", re.sub(r"<del>.*?</del>", "", marked, flags=re.DOTALL))
    assert (was, now) == (before, after)


def test_changes_that_a_character_parts_are_read_as_one() -> None:
    assert redline("东城区和西城区停水", "南关区和北关区停水").count("<del>") == 1
