"""What is published, as one hash: equal content is no change, however often it was saved."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import ReferenceIndex

from media.models import Document, Image

from .models.fingerprint import Fingerprint

if TYPE_CHECKING:
    from wagtail.models import Revision

# What the system writes about a page or an item, and what is said about it while it is written.
BOOKKEEPING = frozenset({
    "pk", "id", "path", "depth", "numchild", "url_path", "content_type", "locale", "translation_key", "alias_of",
    "latest_revision", "live_revision", "live", "has_unpublished_changes", "expired", "draft_title", "owner",
    "first_published_at", "last_published_at", "latest_revision_created_at", "approved_schedule",
    "locked", "locked_at", "locked_by", "wagtail_admin_comments", "screening_answers",
})  # fmt: skip
# Rows of a page and blocks have ids of their own, which say only where an editor put the comments.
ROW_BOOKKEEPING = frozenset({"pk", "id", "locale", "translation_key"})
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
FILES = (Document, Image)
# What readers see of a file besides its bytes, and which part of a picture they see.
SHOWN = (
    "title", "description", "source", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip


def content_hash(content: dict[str, Any]) -> str:
    """Return the hash of a revision's content without bookkeeping and without the ids of blocks and rows."""
    plain = json.dumps(
        compared(content), cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(plain.encode()).hexdigest()


def compared(content: dict[str, Any]) -> dict[str, Any]:
    """Return what of a revision's content counts as content."""
    return {name: _plain(value) for name, value in content.items() if not _is_kept_by_system(name, BOOKKEEPING)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if not _is_kept_by_system(name, ROW_BOOKKEEPING)}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return _plain(json.loads(value)) if _is_stream(value) else BLOCK_KEY.sub("", value)
    return value


def _is_kept_by_system(name: str, names: frozenset[str]) -> bool:
    return name in names or name.endswith("_ptr")


def _is_stream(value: str) -> bool:
    """Is this a field of blocks, which a revision keeps as a text of its own?"""
    if not value.startswith("[{"):
        return False
    try:
        blocks = json.loads(value)
    except ValueError:
        return False
    return all(isinstance(block, dict) and "type" in block and "value" in block for block in blocks)


def fingerprint_of(revision: Revision) -> str:
    """Return the content hash kept beside a revision, computed where it is missing."""
    kept: Fingerprint | None = getattr(revision, "fingerprint", None)
    return kept.content_hash if kept else content_hash(revision.content)


def hash_of(revision: Revision, draft: Any) -> str:
    """Return the hash of what would be published: the content, and the files it refers to as they are now.

    `draft` is the revision as an object.
    """
    parts = [fingerprint_of(revision), *_files(draft)]
    return sha256("\n".join(parts).encode()).hexdigest() if len(parts) > 1 else parts[0]


def files_in(draft: Any) -> list[Any]:
    """Return the documents and images that a draft refers to."""
    references = set(ReferenceIndex._extract_references_from_object(draft))
    found: list[Any] = []
    for model in FILES:
        kind = ReferenceIndex._get_base_content_type(model).pk
        numbers = {number for to_type, number, *_path in references if to_type == kind}
        found += model._default_manager.filter(pk__in=numbers).order_by("pk") if numbers else []
    return found


def _files(draft: Any) -> list[str]:
    """Name each file with its bytes and what is shown of it: a file replaced under its number is another content."""
    return [
        f"{row._meta.model_name} {row.pk} {row.file_hash or row.file.name} {_shown(row)}" for row in files_in(draft)
    ]


def _shown(file: Any) -> str:
    return json.dumps([getattr(file, name, None) for name in SHOWN], ensure_ascii=False)
