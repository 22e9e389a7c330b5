"""Copy last year's item: a fresh draft beside it, with the years moved on, that supersedes it once public."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils import timezone

from rules.slugs import slug_from_title

YEAR = re.compile(r"20\d\d")
# What belongs to the old item alone.
NOT_COPIED = ("first_published_at", "last_published_at", "go_live_at", "expire_at", "document_number", "generated_on")


def next_title(title: str, year: int) -> str:
    """Move the years of a title on: "2025年收费" becomes "2026年收费"; a title without a past year stays."""
    return YEAR.sub(lambda found: str(max(int(found[0]), min(int(found[0]) + 1, year))), title)


@transaction.atomic
def copy_record(page: Any, user: Any) -> Any:
    """Return a draft copy under the same organisation.

    It takes the latest text, owns no record of its own, and supersedes the original if that is public.
    """
    parent = page.get_parent()
    title = next_title(page.title, timezone.localdate().year + 1)
    taken = set(parent.get_children().values_list("slug", flat=True))
    source = page.get_latest_revision_as_object() if page.latest_revision_id else page
    record = page.public_record
    return source.copy(
        to=parent,
        copy_revisions=False,
        keep_live=False,
        user=user,
        update_attrs={
            "title": title,
            "draft_title": title,
            "slug": slug_from_title(title, taken=taken),
            "supersedes": page if record and record.is_public else None,
            "repeals": None,
            "owner": user,
            "generated_on": None,
            "document_number": "",
        },
        exclude_fields=[name for name in NOT_COPIED if name not in {"generated_on", "document_number"}],
    )
