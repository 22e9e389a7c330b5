"""How people call what has a long name: 示例市第三十九中学 is 三十九中, 39中 and 示例39中."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from .segmentation import fold

_NUMBER = "[一二三四五六七八九十〇百]+"
_BRACKETS = re.compile(r"[(（].*?[)）]")
_LEGAL_FORMS = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|总公司)$")
_BRANCH = re.compile(r".+?有限公司(?=.{4,}$)")
_LEVELS = re.compile(r"(?:自治县|自治区|[省市区县])$")
# What a name ends in, and what people say instead. In this order; each may go on from what another gave.
_SPOKEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (rf"^第?({_NUMBER})(?:高级|初级)中学$", r"\1高"),
        (rf"^第?({_NUMBER})中学$", r"\1中"),
        (rf"^第?({_NUMBER})(?=中学$)", r"\1"),
        (rf"^第({_NUMBER})(?:人民)?医院$", r"\1院"),
        (rf"^第({_NUMBER})小学$", r"\1小"),
        (rf"(?<=.)附属第({_NUMBER})医院$", r"附属\1院"),
        (rf"^.+(附属)第?({_NUMBER})(?:医)?院$", r"\1\2院"),
        (r"(?<=.)高级中学$", "高中"),
        (r"中医医院$", "中医院"),
        (r"居民委员会$|居委会$", ""),
        (r"村民委员会$|村委会$", "村"),
        (r"(?:街道|镇|乡)$", ""),
    )
)
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
MOST = 32


def short_names(name: str, places: Collection[str] = ()) -> list[str]:
    """Return what people may call something, folded, the name itself first.

    `places`: the names of the city and its districts, which people leave out or shorten.
    """
    whole = fold(name).replace(" ", "")
    found: dict[str, None] = {whole: None}
    for form in _cut(whole):
        found[form] = None
        for prefix, rest in _placed(form, places):
            for said in _said(rest):
                found.update(dict.fromkeys((said, *(f"{each}{said}" for each in prefix))))
    if whole in {fold(place) for place in places}:
        found[_LEVELS.sub("", whole)] = None
    return [form for form in found if len(form) > 1][:MOST]


def _cut(whole: str) -> Iterator[str]:
    """Leave out brackets, the legal form, and the company a branch belongs to."""
    bare = _BRACKETS.sub("", whole)
    for form in dict.fromkeys((bare, _LEGAL_FORMS.sub("", bare), _BRANCH.sub("", bare))):
        if form:
            yield form


def _placed(form: str, places: Collection[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Part a name from the place it begins with, in whose short form it may be said too."""
    yield (), form
    for place in sorted(map(fold, places), key=len, reverse=True):
        short = _LEVELS.sub("", place)
        for begin in (place, short):
            rest = form.removeprefix(begin)
            if len(short) > 1 and rest != form and len(rest) > 1:
                yield (short, place, "市") if place.endswith("市") else (short, place), rest
                university = re.fullmatch(rf"医科大学附属第({_NUMBER})医院", rest)
                if university:
                    yield (), f"{short[0]}医{university[1]}院"
                break


def _said(name: str) -> Iterator[str]:
    """Return a name as it is, as it is said, and with digits for Chinese numbers."""
    forms = [name]
    for pattern, said in _SPOKEN:
        forms += [shorter for form in forms if len(shorter := pattern.sub(said, form)) > 1 and shorter != form]
    for form in forms:
        yield form
        digits = re.sub(_NUMBER, lambda number: str(_value(number[0])), form, count=1)
        if digits != form and "第" not in form:
            yield digits


def _value(number: str) -> int | str:
    """Return the value of a Chinese number below a hundred, or its digits: 二十四 is 24, 一〇三 is 103."""
    if "百" in number:
        return number
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(str(_DIGITS[digit]) for digit in number)
    if len(tens) > 1 or len(ones) > 1:
        return number
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
