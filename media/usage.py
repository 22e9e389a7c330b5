"""Whether anything rests on an image or document: public, saved or only drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, Revision

from .privacy import is_used_by_a_live_page

if TYPE_CHECKING:
    from collections.abc import Iterator

# What of an image or document the public reads or sees.
REWORDED = (
    "title", "description", "source", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip
SHOWN = ("file", *REWORDED)


def is_used(file: Any) -> bool:
    """Does anything refer to this image or document, public or draft?"""
    return ReferenceIndex.get_references_to(file).exists() or any(
        refers(revision.as_object(), file) for revision in _drafts_naming(file.pk)
    )


def is_settled(file: Any) -> bool:
    """Is this image or document public, before a reviewer, or approved for later?

    Then what is said of it stays as it was approved.
    """
    if is_used_by_a_live_page(file):
        return True
    drafts = (revision for revision in _drafts_naming(file.pk) if refers(revision.as_object(), file))
    return any(
        revision.approved_go_live_at is not None or revision.content_object.workflow_in_progress for revision in drafts
    )


def is_reworded(file: Any, fields: Any = None) -> bool:
    """Is anything of a saved image or document about to change that is shown where it is used? One query."""
    shown = [name for name in SHOWN if hasattr(file, name) and (fields is None or name in fields)]
    if file.pk is None or not shown:
        return False
    before = type(file)._base_manager.filter(pk=file.pk).values_list(*shown).first()
    return before is not None and [str(each) for each in before] != [str(getattr(file, name)) for name in shown]


def in_use(file: Any) -> str:
    """Say why it stays."""
    return _("“%(title)s”正在使用中，不能删除；请先在使用它的内容中移除。") % {"title": file.title}


def _drafts_naming(number: int) -> Iterator[Revision]:
    """Yield the drafts and the approved versions to come that have this number where a file may be named.

    Wagtail's reference index knows saved rows only, and a draft of a public page is none.
    """
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    revisions = Revision.page_revisions.filter(Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False))
    # In a block `"image": 5`, in formatted text `id="5"`; a block's quotes are escaped, for it is a string of JSON.
    named = rf'(: ?|id=)[\\"]*{number}[^0-9]'
    yield from revisions.annotate(text=Cast(F("content"), TextField())).filter(text__regex=named)


def refers(content: Any, file: Any) -> bool:
    """Does this content, as it is in memory, name the image or document?"""
    kind = ContentType.objects.get_for_model(file).pk
    return any(
        found == kind and str(number) == str(file.pk)
        for found, number, *_path in ReferenceIndex._extract_references_from_object(content)
    )
