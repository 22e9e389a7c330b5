"""Words as both databases store and ask for them: runs of letters and digits, cut by `rules.segmentation`."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.segmentation import QUERY_LIMIT, Dictionary, query_fallback, segment_for_index, segment_for_query

# Longer than any word of a language; a tsquery refuses words of more than 2,046 bytes.
WORD_LIMIT = 64
WORD = re.compile(r"[^\W_]+")
HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
# Within a run of Han characters the index keeps words in the order of the text, between runs it does not.
RUN = re.compile(rf"{HAN}|(?:(?!{HAN})[^\W_])+")
# Grammar, not topic: a text must not be missed because it says the same without them.
PARTICLES = frozenset(
    "的了和与及或吗呢吧我你他想找谁要在有是啊请到去哪被把给让着过得地就都还也很太没不个这那能会可咋啥为从对"
) | {
    *("怎么", "怎样", "怎么样", "如何", "怎么办", "哪里", "哪儿", "哪个", "在哪", "在哪里", "去哪", "去哪里", "哪些"),
    *("什么", "什么时候", "请问", "我想", "我要", "我家", "需要", "几点", "为什么", "多久", "多长时间", "什么样"),
    *(
        "家里",
        "我们",
        "你们",
        "自己",
        "人家",
        "现在",
        "今天",
        "一下",
        "一个",
        "这个",
        "那个",
        "可以",
        "能不能",
        "可不可以",
    ),
    *(
        "有没有",
        "是不是",
        "没有",
        "应该",
        "想要",
        "打算",
        "想问",
        "问一下",
        "麻烦",
        "谢谢",
        "你好",
        "您好",
        "帮忙",
        "求助",
    ),
    *("咋办", "咋整", "找谁", "谁管", "哪能", "能否", "是否", "如果", "关于", "以及", "还是", "已经", "老是", "总是"),
}


def without_noise(text: str) -> str:
    """Take out what no database and no segmenter accepts: NUL and halves of surrogate pairs."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode()


def words_of(segmented: str) -> list[str]:
    """Take words out of a segmented text, leaving nothing that means something in a query language."""
    return [word[:WORD_LIMIT] for word in WORD.findall(segmented)]


def indexed_words(text: str, limit: int, dictionary: Dictionary | None = None) -> list[str]:
    """Cut the first `limit` characters of a text as they are stored."""
    return list(_cut(text[:limit], limit, dictionary))


# Saving a page and publishing it index the same text twice, samples the same text a thousand times.
@lru_cache(maxsize=512)
def _cut(text: str, limit: int, dictionary: Dictionary | None) -> tuple[str, ...]:
    return tuple(words_of(segment_for_index(without_noise(text), limit, dictionary=dictionary)))


def asked_words(text: str, *, shorter: bool = False, dictionary: Dictionary | None = None) -> list[str]:
    """Cut a query, possibly in shorter words; particles are left out unless nothing else was asked."""
    words = cut_query(text, shorter=shorter, dictionary=dictionary)
    return [word for word in words if word not in PARTICLES] or words


def cut_query(text: str, *, shorter: bool = False, dictionary: Dictionary | None = None) -> list[str]:
    """Cut a query, possibly in shorter words."""
    cut = query_fallback if shorter else segment_for_query
    return words_of(cut(without_noise(text[:QUERY_LIMIT]), dictionary=dictionary))


def is_topic(word: str) -> bool:
    """Does a word make a text a near hit? A single character stands in every text.

    Numbers and codes do not: who asks for an index number that does not exist wants to hear just that.
    """
    return len(word) > 1 and word not in PARTICLES and re.fullmatch(HAN, word) is not None


def overlapping_words(text: str, dictionary: Dictionary | None = None) -> list[str]:
    """Return every word that stands in a query, also across where it was cut: 路灯不亮 holds 路灯."""
    return [word for word in dict.fromkeys(indexed_words(text, QUERY_LIMIT, dictionary)) if is_topic(word)]


def phrase_runs(text: str, dictionary: Dictionary | None = None) -> list[list[str]]:
    """Cut a phrase into runs of words that are neighbours in the index, where each character stands apart too."""
    runs = [indexed_words(run, QUERY_LIMIT, dictionary) for run in RUN.findall(without_noise(text[:QUERY_LIMIT]))]
    return [[word for word in run if len(word) > 1] or run for run in runs if run]
