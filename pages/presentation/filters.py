"""Filters of lists: plain GET forms with codes, never ids; a value nobody offers is said to be wrong, not an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

PER_PAGE = 50
ALL = _("全部")


def code_field(label: Any, choices: Iterable[tuple[str, Any]], everything: Any = ALL) -> forms.ChoiceField:
    """Return a field for one code, or for all of them."""
    return forms.ChoiceField(
        label=label,
        choices=[("", everything), *choices],
        required=False,
        error_messages={"invalid_choice": _("没有“%(value)s”这个选项，已显示全部。")},
        widget=forms.Select(attrs={"class": "input"}),
    )


class CodeFilter(forms.Form):
    """One choice among codes; all of them when nothing, or nothing lawful, is chosen."""

    def __init__(self, request: HttpRequest, name: str, label: Any, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__(request.GET if name in request.GET else None)
        self.name = name
        self.fields[name] = code_field(label, choices)

    @property
    def chosen(self) -> str:
        """Return the code that was chosen; an empty text for all."""
        return str(self.cleaned_data.get(self.name, "")) if self.is_valid() else ""


class Filters(forms.Form):
    """Several choices at once; each that is wrong is said to be wrong, and the others hold."""

    def __init__(self, request: HttpRequest, fields: dict[str, forms.Field]) -> None:
        super().__init__(request.GET if set(fields) & set(request.GET) else None)
        self.fields.update(fields)

    def chosen(self, name: str) -> str:
        """Return what was chosen; an empty text for all."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get(name, ""))


def listed(request: HttpRequest, items: Sequence[Any] | Any, per_page: int = PER_PAGE) -> ListPage:
    """Return the page of a list that was asked for; the nearest one when that does not exist."""
    return Paginator(items, per_page).get_page(request.GET.get("page"))
