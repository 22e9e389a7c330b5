"""The sizes of a picture are plain files that anybody fetches who knows the address: they go when nobody may."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from .models import Image, Rendition


def forget_renditions(page: Any) -> None:
    """Delete the sizes of the pictures of a page that has left the public, after the commit.

    Pictures of another live page keep theirs. A size is made anew when it is asked for again.
    """
    image_type = ReferenceIndex._get_base_content_type(Image)
    references = ReferenceIndex.get_references_for_object(page).filter(to_content_type=image_type)
    images = {int(pk) for pk in references.values_list("to_object_id", flat=True)}
    if images:
        transaction.on_commit(partial(_forget, images), robust=True)


def _forget(images: set[int]) -> None:
    for rendition in Rendition.objects.filter(image__in=images - _still_shown(images)):
        rendition.delete()


def _still_shown(images: set[int]) -> set[int]:
    references = ReferenceIndex.objects.filter(
        to_content_type=ReferenceIndex._get_base_content_type(Image),
        to_object_id__in=[str(pk) for pk in images],
        base_content_type=ReferenceIndex._get_base_content_type(Page),
    )
    pairs = list(references.values_list("to_object_id", "object_id"))
    live = set(Page.objects.live().filter(pk__in=[int(page) for _, page in pairs]).values_list("pk", flat=True))
    return {int(image) for image, page in pairs if int(page) in live}
