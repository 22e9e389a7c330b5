"""Documents that a public page uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from blocks.links import absolute_url
from media.models import Document

from ..file_rows import FileFilters, FileSerializer, FileViewSet
from ..filters import choice_filter, text_filter
from ..serializers import Address

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DocumentFilters(FileFilters):
    """Of which type, with which content."""

    type = choice_filter(
        _("文件类型"), [(each, "") for each in settings.WAGTAILDOCS_EXTENSIONS], "file", method="by_type"
    )
    sha1 = text_filter(_("文件内容的 SHA-1"), "file_hash", "iexact")

    def by_type(self, queryset: QuerySet, name: str, extensions: list[str]) -> QuerySet:
        """Keep the files of some types."""
        found = Q()
        for extension in extensions:
            found |= Q(file__iendswith=f".{extension}")
        return queryset.filter(found)


class DocumentSerializer(FileSerializer):
    """A document."""

    url = Address(lambda document, context: absolute_url(document.url, context))
    file_type = serializers.CharField(source="file_extension", help_text=_("扩展名。"))
    size = serializers.IntegerField(source="file_size", allow_null=True, help_text=_("字节数。"))
    sha1 = serializers.CharField(source="file_hash")


class DocumentsAPIViewSet(FileViewSet):
    """The documents."""

    endpoint = "documents"
    about = _("已公开页面用到的文件。默认最新的在前。")
    model = Document
    base_serializer_class = DocumentSerializer
    filterset_class = DocumentFilters
    body_fields: ClassVar[list[str]] = ["id", "title", "url", "file_type", "size", "sha1", "owner", "created_at"]
