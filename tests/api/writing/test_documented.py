"""The examples of docs/write-api.md are tried as they stand, one after the other."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.architecture.house import ROOT
from tests.town import Town

from .asking import System, system_of

EXAMPLE = re.compile(r"^curl .*$", re.MULTILINE)
API = "http://127.0.0.1:8000/api/v2"
# Options of curl that have a value.
WITH_VALUE = ("--header", "--json", "--request", "--form")


def test_every_example_is_answered(town: Town) -> None:
    examples = EXAMPLE.findall((ROOT / "docs/write-api.md").read_text())
    system = system_of(town)
    known = {"API": API, "TOKEN": system.secret}

    statuses = []
    for each in examples:
        answer = run(system, each, known)
        statuses.append(answer.status_code)
        told = answer.json()
        known |= {"ID": str(told.get("id", known.get("ID"))), "ETAG": answer.get("ETag", known.get("ETAG", ""))}

    assert statuses == [201, 200, 200, 200, 201, 200, 200, 200, 201]


def run(system: System, command: str, known: dict[str, str]) -> Any:
    """Send what curl would send."""
    words = [re.sub(r"\$([A-Z]+)", lambda found: known[found[1]], word) for word in shlex.split(command)]
    given = [(name, value) for name, value in pairwise(words) if name in WITH_VALUE]
    headers = dict(value.split(": ", 1) for name, value in given if name == "--header")
    url = next(word for word in words if word.startswith(API)).removeprefix("http://127.0.0.1:8000")
    form = dict(value.split("=", 1) for name, value in given if name == "--form")
    body = next((value for name, value in given if name == "--json"), "")
    method = next((value for name, value in given if name == "--request"), "POST" if body or form else "GET")
    if form:
        sent = {k: SimpleUploadedFile(v[1:], b"x") if v.startswith("@") else v for k, v in form.items()}
        return system.client.post(url, sent, headers=headers)
    return system.client.generic(method, url, body, "application/json", headers=headers)
