"""How tests ask the API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.test import Client

ENDPOINTS = (
    "pages",
    "organisations",
    "disclosures",
    "notices",
    "service-items",
    "industries",
    "catalogue",
    "images",
    "documents",
    "sites",
    "menus",
    "redirects",
)
# What a site needs besides the content: no tables, no events of its own.
FRAME = {"sites", "menus", "redirects"}


class Asking:
    """Asks for lists and details; a refusal is an assertion error unless it is what was asked for."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def answer(self, address: str, query: str = "", **parameters: Any) -> Any:
        """Ask whatever is under an address, with a raw query string or parameters."""
        query = query or urlencode(parameters)
        return self.client.get(f"/api/v2/{address}", QUERY_STRING=query)

    def list(self, endpoint: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the items of a list."""
        response = self.answer(f"{endpoint}/", **parameters)
        assert response.status_code == 200, response.content.decode()
        return response.json()["items"]

    def titles(self, endpoint: str, **parameters: Any) -> set[str]:
        """Return the titles in a list."""
        return {item["title"] for item in self.list(endpoint, **parameters)}

    def detail(self, endpoint: str, row: Any, **parameters: Any) -> dict[str, Any]:
        """Return one row."""
        response = self.answer(f"{endpoint}/{row.pk}/", **parameters)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def refusal(self, address: str, query: str = "", **parameters: Any) -> dict[str, Any]:
        """Return the problem that is answered to a refused question."""
        response = self.answer(address, query, **parameters)
        assert response.status_code == 400, response.content.decode()
        return response.json()
