"""Whose pictures and documents a draft may take along when it is shown outside."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from media.privacy import is_used_by_a_live_page


def may_go_along(draft: Any, file: Any) -> bool:
    """Is the file public, or of the draft's own organisation or one below it?

    A draft can name any number: what it names is not yet its own to hand out.
    """
    owner, responsible = file.owner_organisation, draft.responsible_organisation
    is_own = owner is not None and responsible is not None and owner.path.startswith(responsible.path)
    return is_own or is_used_by_a_live_page(file)


def strangers_among(draft: Any) -> list[Any]:
    """Return the pictures and documents that the draft names and may not take along."""
    named: dict[int, set[str]] = {}
    for kind, number, *_path in ReferenceIndex._extract_references_from_object(draft):
        named.setdefault(kind, set()).add(str(number))
    found: list[Any] = []
    for model in (get_image_model(), get_document_model()):
        numbers = named.get(ContentType.objects.get_for_model(model).pk, set())
        files = model._default_manager.filter(pk__in=numbers).select_related("owner_organisation").order_by("pk")
        found += [file for file in files if not may_go_along(draft, file)]
    return found
