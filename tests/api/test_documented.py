"""The examples of the documents (README, docs/api.md, docs/exports.md) are tried as they stand."""

from __future__ import annotations

import re
import shlex
from io import StringIO
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.core.management import call_command
from django.test import Client, TestCase

from tests.architecture.house import ROOT

DOCUMENTS = ("README.md", "docs/api.md", "docs/exports.md")
# The one example of a mistake.
MISTAKEN = "secter=water"
EXAMPLE = re.compile(r"^curl .*$", re.MULTILINE)


def examples() -> list[str]:
    """Return the commands."""
    return [line for name in DOCUMENTS for line in EXAMPLE.findall((ROOT / name).read_text())]


def address_of(command: str) -> tuple[str, str]:
    """Return path and query as curl would ask for them."""
    words = shlex.split(command, comments=True)
    url = urlsplit(next(word for word in words if word.startswith("http://127.0.0.1:8000/")))
    given = [tuple(word.split("=", 1)) for before, word in pairwise(words) if before == "--data-urlencode"]
    return url.path, "&".join(filter(None, [url.query, urlencode(given)]))


class ExampleTests(TestCase):
    """One sample city for all examples."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_demo", stdout=StringIO())
        call_command("export_public", "--format=csv", stdout=StringIO())

    def ask(self, command: str) -> Any:
        path, query = address_of(command)
        answer = Client().get(f"{path}?{query}" if query else path, follow=True)
        if answer.streaming:
            # Read to its end, a file is closed.
            b"".join(answer)
        return answer

    def test_every_example_is_answered(self) -> None:
        wrong = {each: self.ask(each).status_code for each in examples() if MISTAKEN not in each}

        assert {each: status for each, status in wrong.items() if status != 200} == {}

    def test_every_list_of_an_example_has_rows(self) -> None:
        lists = {each: self.ask(each).json() for each in examples() if "/api/v2/" in each and MISTAKEN not in each}

        assert [each for each, answer in lists.items() if answer.get("items") == []] == []

    def test_the_mistake_is_named(self) -> None:
        (mistake,) = [each for each in examples() if MISTAKEN in each]

        answer = self.ask(mistake)

        assert answer.status_code == 400
        assert answer.json()["parameter"] == "secter"

    def test_no_example_needs_what_curl_does_not_encode(self) -> None:
        urls = [word for each in examples() for word in shlex.split(each, comments=True) if word.startswith("http")]

        assert [url for url in urls if not url.isascii() or unquote(url) != url] == []
