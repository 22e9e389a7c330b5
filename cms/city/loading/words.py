"""Words of a pack for who searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snippets.models import SearchWords

if TYPE_CHECKING:
    from ..pack import Pack
    from ..words import WordsRow
    from .report import Report

KIND = "words"


def load_words(pack: Pack, report: Report) -> None:
    """Bring the groups to what the pack says; what was changed or switched off in the admin stays as it is."""
    known = {group.pack_key: group for group in SearchWords.objects.exclude(pack_key="")}
    written = set(SearchWords.objects.values_list("words", flat=True))
    for row in pack.words:
        group = known.get(row.key)
        if group is None and row.text not in written:
            SearchWords(pack_key=row.key, pack_words=row.text, words=row.text, note=row.note).save()
            report.created[KIND] += 1
        elif group is None or row.text == group.pack_words or _stays(group, row, written, report):
            report.unchanged[KIND] += 1
        else:
            group.words = group.pack_words = row.text
            group.save()
            report.updated[KIND] += 1
        written.add(row.text)


def _stays(group: SearchWords, row: WordsRow, written: set[str], report: Report) -> bool:
    """Does a group stay as it is, because somebody changed it here, or another says the same already?"""
    if group.words == group.pack_words and group.is_active and row.text not in written:
        return False
    report.remarks.append(f"检索用词“{group.words}”已在后台改动，未按城市包改为“{row.text}”。")
    return True
