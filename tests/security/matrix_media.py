"""Who may do what with the images and documents of an office."""

from __future__ import annotations

from typing import Any

from . import forms
from .asking import ANY_WRITERS, BULK, EVERYBODY, INSIDE, NOBODY, REACHING, WRITERS, Row
from .world import World

IMG, D = "wagtailimages:", "wagtaildocs:"


def image(world: World) -> Any:
    return {key: value for key, value in forms.image(world).items() if key != "file"}


def document(world: World) -> Any:
    return {key: value for key, value in forms.document(world).items() if key != "file"}


def _multiple(prefix: str, data: Any) -> Any:
    return lambda world: {f"{prefix}-{key}": value for key, value in data(world).items()}


def _image_row(world: World) -> Any:
    return _multiple(f"image-{world.things['image'].pk}", image)(world)


def _document_row(world: World) -> Any:
    return _multiple(f"doc-{world.things['document'].pk}", document)(world)


def tagged(world: World) -> Any:
    return {"tags": "示例"}


IMAGES = [
    Row(IMG + "index", (), ANY_WRITERS),
    Row(IMG + "index_results", (), ANY_WRITERS),
    Row(IMG + "add", (), ANY_WRITERS),
    Row(IMG + "add", (), ANY_WRITERS, post=forms.image),
    Row(IMG + "add_multiple", (), ANY_WRITERS),
    Row(IMG + "edit", ("image",), WRITERS),
    Row(IMG + "edit", ("image",), WRITERS, post=image),
    Row(IMG + "delete", ("image",), WRITERS),
    Row(IMG + "delete", ("image",), WRITERS, post={}),
    Row(IMG + "image_usage", ("image",), WRITERS),
    Row(IMG + "preview", ("image", "width-4"), WRITERS),
    Row(IMG + "url_generator", ("image",), NOBODY),
    Row(IMG + "url_generator_output", ("image",), NOBODY),
    Row(IMG + "edit_multiple", ("image",), WRITERS, post=_image_row),
    Row(IMG + "delete_multiple", ("image",), WRITERS, post={}),
    Row(BULK, ("media", "image", "delete"), WRITERS, query="?id={image}"),
    Row(BULK, ("media", "image", "delete"), WRITERS, post={}, query="?id={image}"),
    Row(BULK, ("media", "image", "add_tags"), WRITERS, post=tagged, query="?id={image}"),
    Row(BULK, ("media", "image", "add_to_collection"), WRITERS, query="?id={image}"),
    Row("wagtailimages_chooser:choose", (), INSIDE),
    Row("wagtailimages_chooser:choose_results", (), INSIDE),
    Row("wagtailimages_chooser:chosen", ("image",), REACHING),
    Row("wagtailimages_chooser:select_format", ("image",), REACHING),
    Row("wagtailadmin_api:images:listing", (), INSIDE),
    Row("wagtailadmin_api:images:detail", ("image",), REACHING),
]

DOCUMENTS = [
    Row(D + "index", (), ANY_WRITERS),
    Row(D + "index_results", (), ANY_WRITERS),
    Row(D + "add", (), ANY_WRITERS),
    Row(D + "add", (), ANY_WRITERS, post=forms.document),
    Row(D + "add_multiple", (), ANY_WRITERS),
    Row(D + "edit", ("document",), WRITERS),
    Row(D + "edit", ("document",), WRITERS, post=document),
    Row(D + "delete", ("document",), WRITERS),
    Row(D + "delete", ("document",), WRITERS, post={}),
    Row(D + "document_usage", ("document",), WRITERS),
    Row(D + "edit_multiple", ("document",), WRITERS, post=_document_row),
    Row(D + "delete_multiple", ("document",), WRITERS, post={}),
    Row(BULK, ("media", "document", "delete"), WRITERS, query="?id={document}"),
    Row(BULK, ("media", "document", "delete"), WRITERS, post={}, query="?id={document}"),
    Row(BULK, ("media", "document", "add_tags"), WRITERS, post=tagged, query="?id={document}"),
    Row(BULK, ("media", "document", "add_to_collection"), WRITERS, query="?id={document}"),
    Row("wagtaildocs_chooser:choose", (), INSIDE),
    Row("wagtaildocs_chooser:choose_results", (), INSIDE),
    Row("wagtaildocs_chooser:chosen", ("document",), REACHING),
    Row("wagtailadmin_api:documents:listing", (), INSIDE),
    Row("wagtailadmin_api:documents:detail", ("document",), REACHING),
    # Nothing public uses the first, a public page uses the second.
    Row("wagtaildocs_serve", ("document", "sample.txt"), REACHING),
    Row("wagtaildocs_serve", ("document public", "public.txt"), EVERYBODY),
]

# What a public page shows is not exchanged or taken away behind its back.
IN_USE = [
    Row(D + "edit", ("document public",), NOBODY, post=forms.document),
    Row(D + "delete", ("document public",), NOBODY, post={}),
    Row(D + "delete_multiple", ("document public",), NOBODY, post={}),
    Row(BULK, ("media", "document", "delete"), NOBODY, post={}, query="?id={document_public}"),
    Row(IMG + "edit", ("image public",), NOBODY, post=forms.image),
    Row(IMG + "delete", ("image public",), NOBODY, post={}),
    Row(IMG + "delete_multiple", ("image public",), NOBODY, post={}),
    Row(BULK, ("media", "image", "delete"), NOBODY, post={}, query="?id={image_public}"),
]

ROWS = [*IMAGES, *DOCUMENTS, *IN_USE]
