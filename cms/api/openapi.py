"""How the API describes itself (OpenAPI 3.1): exact types, every parameter, every error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers

from .expansion import EXPANDED
from .problems import MEDIA_TYPE
from .serializers import Shape

if TYPE_CHECKING:
    Schema = dict[str, Any]
    Endpoint = tuple[str, str, str, Any]

PREFIX = "/api/v2/"
# What every address may answer instead.
ALWAYS = (400, 401, 403, 405, 414, 429, 500, 503)
KEY = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
}


class TokenExtension(OpenApiAuthenticationExtension):
    """The token in the header."""

    target_class = "cms.api.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:
        """Describe it."""
        about = _("令牌 gk_…，由单位管理员在后台建立；读取公开内容可以不带。")
        return {"type": "http", "scheme": "bearer", "description": force_str(about)}


class ProblemShape(Shape):
    """The answer when a request cannot be served (RFC 9457)."""

    type = serializers.URLField(help_text=_("问题的种类，永久不变，供程序比较；打开是说明。"))
    title = serializers.CharField(help_text=_("种类的名称。"))
    status = serializers.IntegerField(help_text=_("与答复的状态相同。"))
    detail = serializers.CharField(help_text=_("这一次出了什么问题，一句话。"))
    instance: Any = serializers.CharField(help_text=_("出问题的地址。"))
    parameter = serializers.CharField(allow_null=True, help_text=_("哪个参数有问题；与参数无关时为 null。"))


def problems_at(*statuses: int) -> dict[tuple[int, str], type[Shape]]:
    """Describe that these statuses answer with a problem."""
    return {(status, MEDIA_TYPE): ProblemShape for status in sorted(statuses)}


class ListMeta(Shape):
    """What a list says of itself."""

    total_count = serializers.IntegerField(min_value=0, help_text=_("符合条件的总条数。"))
    total_is_lower_bound = serializers.BooleanField(
        help_text=_("为 true 时总条数在 total_count（10000）之上，没有数到底。")
    )
    next_cursor = serializers.CharField(
        allow_null=True, help_text=_("下一页的 cursor；到底了，或按 search 查询时，为 null。")
    )
    next = serializers.URLField(allow_null=True, help_text=_("下一页的完整地址；到底了为 null。"))


class ReadSchema(AutoSchema):
    """Describes the list and the detail of an endpoint."""

    view: Any

    @property
    def listing(self) -> bool:
        """Is this the list?"""
        return bool(self.view.action == "listing_view")

    def get_operation_id(self) -> str:
        name = self.view.endpoint.replace("-", "_")
        return f"{name}_list" if self.listing else f"{name}_detail"

    def get_tags(self) -> list[str]:
        return [self.view.endpoint]

    def get_summary(self) -> str:
        name = force_str(self.view.named or self.view.model._meta.verbose_name)
        return force_str(_("%(name)s：列表") if self.listing else _("%(name)s：单条")) % {"name": name}

    def get_description(self) -> str:  # type: ignore[override]
        return force_str(self.view.about) if self.listing else ""

    def _get_parameters(self) -> list[Schema]:
        shown = [parameter.as_openapi() for parameter in self.view.parameters(listing=self.listing)]
        return shown if self.listing else [KEY, *shown]

    def get_response_serializers(self) -> Any:
        base = self.view.serializer_class_for(self.view.available())
        if self.listing:
            return {200: self._list_of(base), **problems_at(*ALWAYS)}
        others = {(status, MEDIA_TYPE): shape for status, shape in self.view.other_answers.items()}
        return {200: base, **problems_at(*ALWAYS, 404), **others}

    def _list_of(self, base: type[serializers.Serializer]) -> Schema:
        """Describe the envelope; what an item shows depends on `fields`, so that none is always there."""
        item = self.resolve_serializer(base, "response")
        meta = self.resolve_serializer(ListMeta, "response")
        items = {"type": "array", "items": item.ref}
        envelope = {**closed({"meta": meta.ref, "items": items}), "required": ["meta", "items"]}
        component = ResolvedComponent(f"{item.name}List", ResolvedComponent.SCHEMA, envelope, f"{item.name}List")
        self.registry.register_on_missing(component)
        return component.ref

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False


class ReadSerializerExtension(OpenApiSerializerExtension):
    """Representations: meta fields stand in `meta`; `fields` decides what is there, so nothing is required."""

    target_class = "cms.api.serializers.ReadSerializer"
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        return type(self.target).__name__.removesuffix("Serializer")

    def get_identity(self, auto_schema: AutoSchema, direction: str) -> str:
        # The class is made anew for every view.
        return self.get_name(auto_schema, direction)

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Schema:
        properties = properties_of(self.target, auto_schema)
        meta = {name: properties.pop(name) for name in self.target.meta_fields}
        return closed({"id": properties.pop("id"), "meta": closed(meta), **properties})


class ShapeExtension(OpenApiSerializerExtension):
    """Shapes are always whole."""

    target_class = "cms.api.serializers.Shape"
    match_subclasses = True

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        return type(self.target).__name__.removesuffix("Shape")

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Schema:
        properties = properties_of(self.target, auto_schema)
        required = list(properties)
        if self.target.whole:
            properties[EXPANDED] = {
                "oneOf": [{"$ref": f"#/components/schemas/{self.target.whole}"}, {"type": "null"}],
                "description": _("用 expand 展开时才有：该对象的完整内容。"),
            }
        return {**closed(properties), "required": required}


def properties_of(serializer: serializers.Serializer, auto_schema: AutoSchema) -> dict[str, Schema]:
    """Describe the fields of a serializer. Docstrings are for us, not for integrators."""
    mapped = auto_schema._map_serializer(serializer, "response", bypass_extensions=True)["properties"]
    found = {}
    for name, schema in mapped.items():
        field = serializer.fields[name]
        is_docstring = isinstance(field, serializers.SerializerMethodField) and "enum" not in schema
        dropped = {"readOnly", "description"} if is_docstring else {"readOnly"}
        found[name] = {key: value for key, value in schema.items() if key not in dropped}
    return found


def closed(properties: dict[str, Schema]) -> Schema:
    """Describe an object that has no other properties."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def ours_only(endpoints: list[Endpoint]) -> list[Endpoint]:
    """Keep our endpoints: spectacular would describe the admin's, too (PREPROCESSING_HOOKS)."""
    return [each for each in endpoints if each[0].startswith(PREFIX) and _is_described(each[3].cls)]


def _is_described(view: Any) -> bool:
    return hasattr(view, "serializer_class_for") or getattr(view, "is_described", False)


def tidy(result: Schema, **options: Any) -> Schema:
    """Drop what only the generator needs, and turn words into strings (POSTPROCESSING_HOOKS)."""
    tidied: Schema = _tidied(result)
    return tidied


def _tidied(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _tidied(value) for key, value in part.items() if key != "x-spec-enum-id"}
    if isinstance(part, list | tuple):
        return [_tidied(each) for each in part]
    return force_str(part) if isinstance(part, Promise) else part
