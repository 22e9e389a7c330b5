"""Disclosures: what was made public for one entry of a catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models import DisclosurePage

from ..record_rows import RecordFilters, RecordSerializer, RecordViewSet


class DisclosureSerializer(RecordSerializer):
    """A disclosure."""


class DisclosuresAPIViewSet(RecordViewSet):
    """The disclosures."""

    endpoint = "disclosures"
    about = _("公开信息，每条履行公开目录中的一个事项，有永久的索引号。默认最新的在前。")
    model = DisclosurePage
    base_serializer_class = DisclosureSerializer
    filterset_class = RecordFilters
    body_fields: ClassVar[list[str]] = [*RecordViewSet.head_fields, *RecordViewSet.content_fields]
