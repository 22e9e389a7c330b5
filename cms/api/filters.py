"""Filters (django-filter): each reads its parameter strictly and documents itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_filters import Filter, FilterSet
from rest_framework.filters import BaseFilterBackend

from .errors import BadParameterError
from .parameters import Parameter
from .values import Box, Choice, Code, Flag, ListOf, Text, WholeNumber

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request

    from .values import Value


# As many as a list shows.
MOST_NUMBERS = 100


class ReadFilter(Filter):
    """A filter by a value. `about` says what it is for."""

    def __init__(self, value: Value, field_name: str = "", lookup: str = "exact", *, about: Any, **extra: Any) -> None:
        super().__init__(field_name or None, lookup, **extra)
        self.value, self.about = value, about

    @property
    def field(self) -> Value:
        """Return the form field."""
        return self.value

    @property
    def explained(self) -> str:
        """Say what the filter is for, and which words there are to choose from."""
        words = self.value.vocabulary
        return f"{force_str(self.about)}：{words}" if words else force_str(self.about)


def code_filter(about: Any, field_name: str = "", **extra: Any) -> ReadFilter:
    """Filter by one or several codes."""
    return ReadFilter(ListOf(Code()), field_name, "in", about=about, **extra)


def choice_filter(about: Any, choices: Any, field_name: str = "", **extra: Any) -> ReadFilter:
    """Filter by one or several words of a vocabulary."""
    return ReadFilter(ListOf(Choice(choices=choices)), field_name, "in", about=about, **extra)


def flag_filter(about: Any, field_name: str = "", **extra: Any) -> ReadFilter:
    """Filter by yes or no."""
    return ReadFilter(Flag(), field_name, about=about, **extra)


def text_filter(about: Any, field_name: str = "", lookup: str = "exact", **extra: Any) -> ReadFilter:
    """Filter by words."""
    return ReadFilter(Text(), field_name, lookup, about=about, **extra)


def since(value: type[Value], about: Any, field_name: str = "", **extra: Any) -> ReadFilter:
    """Filter by time or day: then or later. With `until`, stretches of time join without gap or overlap."""
    return ReadFilter(value(), field_name, "gte", about=about, **extra)


def until(value: type[Value], about: Any, field_name: str = "", **extra: Any) -> ReadFilter:
    """Filter by time or day: earlier than that."""
    return ReadFilter(value(), field_name, "lt", about=about, **extra)


IN_BOX = _lazy("位置在方框内：西,南,东,北（WGS-84 经纬度），例如 121.3,38.8,121.8,39.1")


def box_filter(about: Any = IN_BOX) -> ReadFilter:
    """Filter by position; the filter set says how (`by_box`)."""
    return ReadFilter(Box(), about=about, method="by_box")


def within(box: tuple[Any, ...], prefix: str = "") -> dict[str, Any]:
    """Return the conditions that a position lies in a box, its edges included."""
    west, south, east, north = box
    return {f"{prefix}longitude__range": (west, east), f"{prefix}latitude__range": (south, north)}


class ReadFilterSet(FilterSet):
    """The filters of an endpoint; each has that by number."""

    base_filters: dict[str, Any]

    id = ReadFilter(
        ListOf(WholeNumber(minimum=1), most=MOST_NUMBERS), "pk", "in", about=_lazy("编号：只列这些，至多 100 个")
    )

    def __init__(self, data: dict[str, str], queryset: QuerySet, language: str = "") -> None:
        # A filter that is not asked changes nothing: only the others are copied, and their fields built.
        self.base_filters = {name: each for name, each in self.base_filters.items() if name in data}
        super().__init__(data, queryset)
        self.language = language
        # The rows that codes name, by filter.
        self.chosen: dict[str, set[int]] = {}

    def by_box(self, queryset: QuerySet, name: str, box: tuple[Any, ...]) -> QuerySet:
        """Keep what has its own position in a box."""
        return queryset.filter(**within(box))

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Describe the filters."""
        return [Parameter(name, each.explained, each.value.schema) for name, each in cls.base_filters.items()]

    @property
    def qs(self) -> QuerySet:
        """Return what passes all filters. Raises BadParameterError for the first value that cannot be used."""
        for name, messages in self.form.errors.items():
            raise BadParameterError(name, _("参数“%(name)s”%(problem)s") % {"name": name, "problem": messages[0]})
        return self.filter_queryset(self.queryset)


class FilterBackend(BaseFilterBackend):
    """Applies the endpoint's filters."""

    def parameters(self, view: Any) -> list[Parameter]:
        """Describe the parameters."""
        return view.filterset_class.parameters() if view.filterset_class else []

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        """Keep what passes."""
        if view.filterset_class is None:
            return queryset
        filters = view.filterset_class(view.asked, queryset, view.language)
        found: QuerySet = filters.qs
        view.chosen = filters.chosen
        return found


def beginning_with(field_name: str, prefixes: list[str]) -> Q:
    """Return the condition that a field begins with one of the prefixes."""
    found = Q()
    for prefix in prefixes:
        found |= Q(**{f"{field_name}__startswith": prefix})
    return found
