"""What images and documents share: an owner, and being public only while a public page uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from wagtail.models import ModelLogEntry

from .conditions import organisation_ids
from .filters import ReadFilterSet, code_filter, since, until
from .serializers import OrganisationRef, ReadSerializer
from .values import Moment
from .views import ReadViewSet

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet


class FileFilters(ReadFilterSet):
    """Whose file, since when."""

    owner = code_filter(_("所属单位的机构代码"), method="by_owner")
    created_after = since(Moment, _("上传时间不早于"), "created_at")
    created_before = until(Moment, _("上传时间早于"), "created_at")
    updated_after = since(Moment, _("上传或最近修改不早于"), method="by_change")
    updated_before = until(Moment, _("上传和最近修改都早于"), method="by_no_change")

    def by_change(self, queryset: QuerySet, name: str, moment: datetime) -> QuerySet:
        """Keep the files that came, or were edited, since then."""
        return queryset.filter(Q(created_at__gte=moment) | Q(pk__in=_edited(queryset.model, moment)))

    def by_no_change(self, queryset: QuerySet, name: str, moment: datetime) -> QuerySet:
        """Keep the files that were there before, and were not edited since."""
        return queryset.filter(created_at__lt=moment).exclude(pk__in=_edited(queryset.model, moment))

    def by_owner(self, queryset: QuerySet, name: str, codes: list[str]) -> QuerySet:
        """Keep the files of owners."""
        return queryset.filter(owner_organisation__in=organisation_ids(name, codes))


def _edited(model: type[Model], moment: datetime) -> QuerySet:
    """Return the numbers of files of which the log says that they were edited; they do not say it themselves."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), action="wagtail.edit", timestamp__gte=moment
    )
    return entries.annotate(key=Cast("object_id", BigIntegerField())).order_by().values("key")


class FileSerializer(ReadSerializer):
    """A file of the library."""

    owner = OrganisationRef(given_by="organisation_of", allow_null=True, help_text=_("所属单位。"))
    created_at = serializers.DateTimeField()


class FileViewSet(ReadViewSet):
    """List and detail of files."""

    filterset_class = FileFilters
    meta_fields: ClassVar[list[str]] = ["type", "detail_url"]
    orderings: ClassVar[dict[str, str]] = {**ReadViewSet.orderings, "created_at": "created_at"}
    default_order: ClassVar[tuple[str, ...]] = ("-created_at",)
    joined: ClassVar[tuple[str, ...]] = ("owner_organisation",)
    expandable: ClassVar[tuple[str, ...]] = ("owner", "owner.superior", "owner.industry")
    path_field = "owner_organisation__path"

    def is_lasting(self) -> bool:
        """Do not: which files the public pages use is told by none of them."""
        return False

    def get_queryset(self) -> QuerySet:
        """Return what a public page uses."""
        return self.public.files(self.model)

    def place_of(self, row: Any) -> str | None:
        """Return the path of the owner."""
        return row.owner_organisation.path if row.owner_organisation else None
