"""What a pack says of words for who searches: checked, loaded once, and never written over what was changed here."""

from __future__ import annotations

import pytest

from cms.city.loading import load
from snippets.models import SearchWords

from .conftest import PackFolder

HEADER = "key,words,note\n"


@pytest.fixture
def words(pack: PackFolder) -> PackFolder:
    """A pack with two groups."""
    pack.replace("city.toml", 'units = "units.csv"', 'units = "units.csv"\nsearch_words = "words.csv"')
    pack.write("words.csv", f"{HEADER}W1,东大;东海大学,简称\nW2,老码头,\n")
    return pack


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("W1,", "“words”不能为空"),
        (",东大", "“key”不能为空"),
        ("甲,东大", "只能用英文字母"),
        ("W1,；;", "没有一个词"),
        (f"W1,{';'.join(map(str, range(21)))}", "最多 20 个词"),
        (f"W1,{'长' * 256}", "超过 255 个字"),
        ("W1,\x00", "NUL"),
        ("W1,甲\nW1,乙", "重复，已见于 words.csv:2"),
        ("W1,甲;乙\nW2,甲；乙", "重复，已见于 words.csv:2"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(words: PackFolder, row, reason):
    words.write("words.csv", "key,words\n" + row + "\n")

    errors = [str(each) for each in words.read()[1].errors]

    assert any("words.csv" in each and reason in each for each in errors), errors


@pytest.mark.django_db
def test_the_groups_stand_in_the_list_after_a_load_and_once_after_two(words: PackFolder):
    first = load(words.plan()[0])
    again = load(words.plan()[0])

    assert set(
        SearchWords.objects.filter(words__in=["东大；东海大学", "老码头"]).values_list("pack_key", flat=True)
    ) == {
        "W1",
        "W2",
    }
    assert (first.created["words"], again.created["words"], again.unchanged["words"]) == (2, 0, 2)


@pytest.mark.django_db
def test_a_group_changed_in_the_pack_is_changed(words: PackFolder):
    load(words.plan()[0])
    words.replace("words.csv", "东大;东海大学", "东大;东海大学;东海大")

    report = load(words.plan()[0])

    assert SearchWords.objects.get(pack_key="W1").words == "东大；东海大学；东海大"
    assert report.updated["words"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"words": "东大；东海"}, {"is_active": False}])
def test_what_was_changed_or_switched_off_here_stays(words: PackFolder, change):
    load(words.plan()[0])
    SearchWords.objects.filter(pack_key="W1").update(**change)
    before = SearchWords.objects.values("words", "is_active").get(pack_key="W1")
    words.replace("words.csv", "东大;东海大学", "东大;东海大学;东海大")

    report = load(words.plan()[0])

    assert SearchWords.objects.values("words", "is_active").get(pack_key="W1") == before
    assert any("未按城市包改" in each for each in report.remarks)


@pytest.mark.django_db
def test_a_group_that_stands_already_is_taken_as_it_is(words: PackFolder):
    mine = SearchWords.objects.create(words="东大；东海大学")

    load(words.plan()[0])

    assert SearchWords.objects.get(words="东大；东海大学") == mine
