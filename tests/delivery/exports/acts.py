"""What tests do with exports."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

Row = dict[str, str]


def export(*formats: str) -> None:
    """Write the exports."""
    call_command("export_public", *(f"--format={each}" for each in formats), stdout=StringIO())


def served(address: str, **headers: Any) -> bytes:
    """Return what is served under an address."""
    response = Client(SERVER_NAME="localhost").get(f"/exports/{address}", **headers)
    assert response.status_code == 200, b"".join(response)
    return b"".join(response)


def csv_rows(address: str) -> list[Row]:
    return list(csv.DictReader(StringIO(served(address).decode("utf-8-sig"))))


def xlsx_rows(address: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(served(address))).active.values)


def json_of(address: str) -> Any:
    return json.loads(served(address))
