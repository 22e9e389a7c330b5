"""A picture with its alternative text."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.shortcuts import get_renditions_or_not_found

from .base import STRING, ContentBlock, Schema, object_schema
from .choosers import ADDRESS, COUNT, or_null
from .kinds import ContentKind
from .links import Context, absolute_url
from .together import LookedUpTogether, Rows

# The original is not handed out: a photograph carries where it was taken.
RENDITIONS = ("max-400x400", "max-800x800", "max-1600x1600")


class PictureChooserBlock(LookedUpTogether, ImageChooserBlock):
    """Wagtail's image chooser; the renditions of all pictures of a stream come along in one query."""

    def fetch(self, keys: set[Any]) -> Rows:
        """Look up pictures with their renditions."""
        pictures = super().fetch(keys)
        renditions = self.model_class.get_rendition_model().objects.filter(filter_spec__in=RENDITIONS)
        prefetch_related_objects(
            list(pictures.values()), Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
        )
        return pictures


class PictureBlock(ImageBlock):
    """Wagtail's image with alternative text for this place, or explicitly decorative."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        children = {
            "image": PictureChooserBlock(required=required, label=_("图片")),
            "decorative": BooleanBlock(
                required=False, default=False, label=_("仅作装饰"), help_text=_("图片不含任何信息，读屏软件可以跳过。")
            ),
            "alt_text": CharBlock(
                required=False,
                label=_("替代文字"),
                help_text=_("给看不见图的人：图上有什么、说明什么。图中的文字要写出来。"),
            ),
        }
        for name, child in children.items():
            child.set_name(name)
            self.child_blocks[name] = child

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Write a picture that is not there as its form does; Wagtail would write nulls instead of words."""
        if value is None:
            return {"image": None, "decorative": False, "alt_text": ""}
        written: dict[str, Any] = super().get_prep_value(value)
        return written

    def get_api_representation(self, value: Any, context: Context = None) -> dict[str, Any] | None:
        """Show alternative text, original size and renditions."""
        if value is None:
            return None
        return {
            "alt": value.contextual_alt_text or "",
            "decorative": bool(value.decorative),
            "width": value.width,
            "height": value.height,
            "renditions": [
                {"filter": spec, "url": absolute_url(each.url, context), "width": each.width, "height": each.height}
                for spec, each in get_renditions_or_not_found(value, RENDITIONS).items()
            ],
        }

    def json_schema(self) -> Schema:
        """Describe the picture."""
        size = {"width": COUNT, "height": COUNT}
        rendition = object_schema({"filter": STRING, "url": ADDRESS, **size})
        whole = {"alt": STRING, "decorative": {"type": "boolean"}, **size}
        return or_null(object_schema({**whole, "renditions": {"type": "array", "items": rendition}}))

    def get_plain_text(self, value: Any) -> str:
        """Return the alternative text."""
        return (value.contextual_alt_text or "") if value else ""


class ImageContentBlock(ContentBlock):
    """A picture in the text."""

    picture = PictureBlock(label=_("图片"))
    caption = CharBlock(label=_("图注"), max_length=200, required=False)
    source = CharBlock(label=_("来源"), max_length=100, required=False, help_text=_("拍摄者或出处。地图要写审图号。"))

    content_kinds = (ContentKind.MAP_OR_TEXT,)

    class Meta:
        label = _("图片")
        group = _("文字")
        icon = "image"
        label_format = "{caption}"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the renditions from small to large."""
        context = super().get_context(value, parent_context=parent_context)
        picture = value.get("picture")
        context["renditions"] = list(get_renditions_or_not_found(picture, RENDITIONS).values()) if picture else []
        return context
