"""Hooks: drafts' files are not served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from wagtail import hooks

from .privacy import may_read

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Document


@hooks.register("before_serve_document")
def refuse_private_documents(document: Document, request: HttpRequest) -> None:
    """Answer 404 for a file that no live page uses yet."""
    if not may_read(request.user, document):
        raise Http404
