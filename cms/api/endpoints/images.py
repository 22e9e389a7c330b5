"""Images that a public page uses, in several sizes; originals are not handed out."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from blocks.links import absolute_url
from media.models import Image

from ..file_rows import FileSerializer, FileViewSet
from ..serializers import Address, Shape


class RenditionShape(Shape):
    """A size of an image."""

    filter = serializers.CharField(source="filter_spec")
    url = Address(lambda rendition, context: absolute_url(rendition.url, context))
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class ImageSerializer(FileSerializer):
    """An image."""

    alt = serializers.CharField(source="description", help_text=_("替代文字。"))
    renditions = RenditionShape(given_by="renditions_of", many=True)


class ImagesAPIViewSet(FileViewSet):
    """The images."""

    endpoint = "images"
    about = _("已公开页面用到的图片，附各种尺寸。默认最新的在前。")
    model = Image
    base_serializer_class = ImageSerializer
    body_fields: ClassVar[list[str]] = [
        "id",
        "title",
        "alt",
        "source",
        "width",
        "height",
        "owner",
        "created_at",
        "renditions",
    ]
