"""How well people's questions are answered over the real data of a city.

The questions (`questions.tsv`) are ours, written by hand as people ask; the data are the pack's and are not copied.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.test import RequestFactory
from wagtail.models import Page

from cms.search.answers import answers
from cms.search.found import Search
from pages.models import DistrictPage, OrganisationPage, RosterEntry
from pages.presentation import Reader
from rules.han import to_simplified
from snippets.models import CatalogueEntry, ServiceItem
from tests.shared_data import REAL_CITY

QUESTIONS = Path(__file__).with_name("questions.tsv")
# Written before any of them was asked. Everyday words they showed to be missing were listed afterwards; docs/search.md
# says what was measured first.
HELD_OUT = Path(__file__).with_name("held_out.tsv")
HELD_OUT_2 = Path(__file__).with_name("held_out_2.tsv")
FIRST = 5
Key = tuple[str, int]


class Question(NamedTuple):
    """What is asked, in which way, and the codes of what should be found."""

    way: str
    text: str
    expected: tuple[str, ...]


def questions(file: Path = QUESTIONS) -> list[Question]:
    """Return the questions."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parts = [line.split("\t") for line in lines]
    return [Question(way, text, tuple(expected.split())) for way, text, expected in parts]


class Places:
    """Where the rows of the pack stand in the database."""

    def __init__(self) -> None:
        self.by_code: dict[str, set[Key]] = defaultdict(set)
        for code, page in RosterEntry.objects.values_list("pack_key", "organisation_id"):
            self.by_code[code.partition(":")[2]].add(("page", page))
        for code, page in DistrictPage.objects.values_list("division_code", "pk"):
            self.by_code[code].add(("page", page))
        for key, code in ServiceItem.objects.values_list("pk", "code"):
            self.by_code[code.partition("-")[0]].add(("service", key))
        for key, catalogue, code in CatalogueEntry.objects.values_list("pk", "catalogue", "code"):
            self.by_code[f"{catalogue}/{code}"].add(("entry", key))
        with (REAL_CITY / "units.csv").open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                place = f"{row['district_code']}/{row['sub_industry']}"
                self.by_code[place] |= self.by_code.get(row["row_id"], set())

    def of(self, question: Question) -> set[Key]:
        """Return what a question should find; codes the pack's loading leaves out name nothing."""
        return {key for code in question.expected for key in self.by_code.get(code, ())}


def first_hits(text: str) -> list[Key]:
    """Return what stands first on the page of results."""
    found = Search(to_simplified(text), Reader(RequestFactory().get("/search/", HTTP_HOST="localhost")))
    objects = [*answers(found), *found.everything()[:FIRST]] if any(found.numbers.values()) else answers(found)
    return list(dict.fromkeys(map(key_of, objects)))[:FIRST]


def key_of(each: Any) -> Key:
    """Return the key of a result."""
    kind = "page" if isinstance(each, Page) else "service" if isinstance(each, ServiceItem) else "entry"
    return kind, each.pk


@dataclass
class Figures:
    """How many questions were answered among the first, and which were not."""

    asked: dict[str, int]
    missed: list[Question]

    @property
    def rate(self) -> float:
        """Return hit@5."""
        return 1 - len(self.missed) / sum(self.asked.values())


def hits(file: Path = QUESTIONS) -> Figures:
    """Ask every question."""
    places, missed = Places(), []
    asked: dict[str, int] = defaultdict(int)
    for question in questions(file):
        expected = places.of(question)
        asked[question.way] += 1
        if not expected.intersection(first_hits(question.text)):
            missed.append(question)
    return Figures(asked, missed)


def recall() -> tuple[float, int]:
    """Ask for every pair and longer run of characters of a sample of names; compare with what texts truly hold."""
    titles = dict(OrganisationPage.objects.live().values_list("pk", "title"))
    kept = sorted(set(titles.values()))[::7]
    runs = sorted({title[at : at + size] for title in kept for size in (2, 3, 4) for at in range(0, len(title), 5)})
    words = [run for run in runs if len(run) > 1 and run.isalnum()]
    shares = []
    for word in words:
        truth = {pk for pk, title in titles.items() if word in title}
        found = set(OrganisationPage.objects.live().search(word).get_queryset().values_list("pk", flat=True))
        shares.append(len(truth & found) / len(truth))
    return sum(shares) / len(shares), len(words)
