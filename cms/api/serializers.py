"""What representations are made of. Shapes are objects inside them: nothing is ever shown as a bare id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from wagtail.api.v2.serializers import BaseSerializer

from blocks.links import absolute_url, page_address
from pages.levels import Level

from .companions import Companions

if TYPE_CHECKING:
    from collections.abc import Mapping

    Context = Mapping[str, Any]

ADDRESS = {"type": "string", "format": "uri"}
DIGITS = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def companions(field: Any) -> Companions:
    """Return the companions of the answer a field belongs to."""
    found: Companions = field.context["companions"]
    return found


def detail_address(row: Any, context: Context) -> str | None:
    """Return the address of a row in the API."""
    model = getattr(row, "specific_class", None) or type(row)
    path = context["router"].get_object_detail_urlpath(model, row.pk)
    return absolute_url(path, context) if path else None


def permanent_address(record: Any, context: Context) -> str:
    """Return the address of an index number, the same in every language."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute_url(reverse("index_number", args=[record.index_number]), context)


def list_address(context: Context, endpoint: str, **parameters: Any) -> str:
    """Return the address of a list in the API."""
    router = context["router"]
    path = reverse(f"{router.url_namespace}:{endpoint}:listing")
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return absolute_url(f"{path}?{query}" if query else path, context)


class ShapeList(serializers.ListSerializer):
    """Several shapes; where they come from is known to the child."""

    def get_attribute(self, row: Any) -> Any:
        """Ask the companions, or the row itself."""
        child: Any = self.child
        return child.get_attribute(row) if child.given_by else super().get_attribute(row)


class Shape(serializers.Serializer):
    """An object inside a representation. `given_by` names the method of `Companions` that has it ready.

    `whole` is the shape of the object that `expand` puts beside it.
    """

    whole = ""

    class Meta:
        list_serializer_class = ShapeList

    def __init__(self, *args: Any, given_by: str = "", **kwargs: Any) -> None:
        self.given_by = given_by
        super().__init__(*args, **kwargs)

    def get_attribute(self, row: Any) -> Any:
        """Ask the companions, or the row itself."""
        if not self.given_by:
            return super().get_attribute(row)
        return getattr(companions(self), self.given_by)(row)


@extend_schema_field(ADDRESS)
class Address(serializers.Field):
    """An absolute address, made of the whole row by a function of row and context."""

    def __init__(self, make: Any, **kwargs: Any) -> None:
        self.make = make
        super().__init__(source="*", **kwargs)

    def to_representation(self, row: Any) -> str | None:
        """Return the address; null where there is none."""
        return self.make(row, self.context) or None


class ReadSerializer(BaseSerializer):
    """The representation of a row. Meta fields go into `meta`, as everywhere in Wagtail's API."""

    type = serializers.CharField(source="_meta.label")
    detail_url = Address(detail_address)


class PageSerializer(ReadSerializer):
    """The representation of a page."""

    type = serializers.CharField(source="specific_class._meta.label")
    html_url = Address(page_address, allow_null=True)
    locale = serializers.CharField(source="locale.language_code")


class OrganisationRef(Shape):
    """An organisation, named by something else."""

    whole = "OrganisationPage"

    id = serializers.IntegerField()
    code = serializers.CharField(allow_null=True, help_text=_("机构代码，永久不变；见名录。"))
    title = serializers.CharField()
    level = serializers.ChoiceField(Level.choices, source="specific_class.level")
    url = Address(page_address, allow_null=True)
    detail_url = Address(detail_address)


class IndustryName(Shape):
    """An industry by code and title."""

    whole = "Industry"

    code = serializers.CharField()
    title = serializers.CharField(source="display_title")
    detail_url = Address(detail_address)


class IndustryRef(IndustryName):
    """An industry with its sector, null when it is one itself."""

    sector = IndustryName(source="parent", allow_null=True)


class Position(Shape):
    """A place on earth. Decimal degrees as strings."""

    longitude = serializers.DecimalField(9, 6)
    latitude = serializers.DecimalField(9, 6)
    datum = serializers.SerializerMethodField()

    def get_attribute(self, row: Any) -> Any:
        """A position has both halves, or is none."""
        return None if row.longitude is None or row.latitude is None else row

    @extend_schema_field({"const": "WGS-84"})
    def get_datum(self, row: Any) -> str:
        """Name the datum."""
        return "WGS-84"


class FileShape(Shape):
    """A file: title, address, type, size in bytes and SHA-1."""

    title = serializers.CharField()
    url = Address(lambda row, context: absolute_url(row.document.url, context))
    type = serializers.CharField(source="document.file_extension")
    size = serializers.IntegerField(source="document.file_size", allow_null=True)
    sha1 = serializers.CharField(source="document.file_hash")


class PageRef(Shape):
    """A page, named by something else."""

    id = serializers.IntegerField()
    type = serializers.CharField(source="specific_class._meta.label")
    title = serializers.CharField()
    url = Address(page_address, allow_null=True)
    detail_url = Address(detail_address)


class GroupShape(Shape):
    """A group of catalogue entries."""

    code = serializers.CharField(source="group_code")
    title = serializers.CharField(source="display_group")


class EntryRef(Shape):
    """A catalogue entry, named by something else."""

    whole = "CatalogueEntry"

    catalogue = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField(source="display_title")
    group = GroupShape(source="*")
    detail_url = Address(detail_address)
