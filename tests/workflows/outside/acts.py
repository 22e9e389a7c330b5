"""What is done with a link, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from media.models import Document
from tests.town import Town
from tests.workflows.acts import draft
from workflows.outside.links import create_link


def shown(town: Town, days: int = 7, page: Any = None, **fields: Any) -> tuple[Any, str]:
    """Let the water works show a draft; return the link and its address."""
    page = page or draft(town, **fields)
    link, token = create_link(revision=page.latest_revision, user=town.editor("water"), days=days, purpose="市司法局")
    return link, reverse("outside:draft", args=[token])


def outsider(**options: Any) -> Client:
    """Return the browser of somebody without account."""
    return Client(**options)


def say(client: Client, address: str, text: str = "单价应含税。", name: str = "李律师") -> Any:
    return client.post(address, {"name": name, "text": text, "website": ""})


def document(town: Town, name: str = "table.txt", content: bytes = b"secret table") -> Document:
    return Document.objects.create(title="附表", file=ContentFile(content, name), owner_organisation_id=town.water.pk)
