"""What is asked of the map: a plain GET form. A wrong choice is said and not used; a broken address is refused."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pages.identity import sources
from pages.models import DistrictPage
from pages.presentation.filters import Filters, code_field
from pages.presentation.rows import name
from rules.han import to_simplified
from snippets.models import Industry

from .places import Scope
from .whereabouts import OddPositionError, Whereabouts, named, position_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from rules.coordinates import Position

# More than any page of ours ever writes into an address.
MOST_PARAMETERS = 30
LONGEST = 50
TOO_LONG = gettext_lazy("最多 %(limit_value)d 个字，已不按它查找。")


class Asked:
    """One request to the map. `problems` are what makes it a broken one (400); `missing` a place that is not (404)."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.problems = list(odd_parameters(request))
        self.missing = ""
        self.choices: list[Whereabouts] = []
        # What a broken address holds is not looked at.
        asked = SimpleNamespace(GET={}) if self.problems else request
        self.filters = Filters(asked, self._fields())  # type: ignore[arg-type]

    def _fields(self) -> dict[str, forms.Field]:
        districts = [(page.division_code or page.slug, name(page)) for page in self._districts]
        open_now = forms.BooleanField(label=gettext_lazy("只看现在开门的"), required=False)
        return {
            "industry": code_field(gettext_lazy("行业"), _grouped(self._industries)),
            "service": text_field(gettext_lazy("办什么"), gettext_lazy("例如：缴费")),
            "division": code_field(gettext_lazy("区市县"), districts),
            "near": text_field(gettext_lazy("在哪里附近"), gettext_lazy("街道、社区或单位名称")),
            "open": open_now,
        }

    @cached_property
    def _industries(self) -> list[Industry]:
        return list(Industry.objects.select_related("parent").order_by("order", "code"))

    @cached_property
    def _districts(self) -> list[DistrictPage]:
        return list(sources(DistrictPage.objects.live()).order_by("path"))

    @cached_property
    def district(self) -> DistrictPage | None:
        """Return the district that was chosen."""
        chosen = self.filters.chosen("division")
        return next((page for page in self._districts if chosen in (page.division_code, page.slug)), None)

    @property
    def only_open(self) -> bool:
        """Is only what is open now asked for?"""
        return self.filters.chosen("open") == "True"

    @cached_property
    def scope(self) -> Scope:
        """Return which places are asked for."""
        code, district = self.filters.chosen("industry"), self.district
        chosen = [each for each in self._industries if code and code in (each.code, each.parent and each.parent.code)]
        return Scope(
            industries=frozenset(each.pk for each in chosen) if code else None,
            service=to_simplified(self.filters.chosen("service").strip()),
            division=(district.division_code or district.slug) if district else "",
            path=district.path if district else "",
        )

    @cached_property
    def whereabouts(self) -> Whereabouts | None:
        """Return the place to measure from, if one is named for certain; notes what was wrong with it."""
        if self.problems:
            return None
        if pair := self.request.GET.get("at"):
            return self._pair(pair)
        text = self.filters.chosen("near").strip()
        if not text:
            return None
        found = named(text)
        if not found:
            self.missing = text
        if len(found) != 1:
            self.choices = found
            return None
        return found[0]

    def _pair(self, text: str) -> Whereabouts | None:
        try:
            position = position_from(text)
        except OddPositionError as error:
            self.problems.append(str(error))
            return None
        return Whereabouts(_("选定的位置"), text.strip(), position=position)

    @property
    def origin(self) -> Position | None:
        """Return the position to measure from."""
        return self.whereabouts.position if self.whereabouts else None

    @property
    def status(self) -> int:
        """Return the status of the answer."""
        if not self.whereabouts and self.missing:
            return 404
        return 400 if self.problems else 200

    @property
    def query(self) -> str:
        """Return what was asked without the page of the list: the permanent address of this map."""
        kept = self.request.GET.copy()
        kept.pop("page", None)
        for key in [key for key in kept if not any(kept.getlist(key))]:
            del kept[key]
        return kept.urlencode()


def odd_parameters(request: HttpRequest) -> Iterable[str]:
    """Say what no form of ours sends."""
    if sum(len(values) for _key, values in request.GET.lists()) > MOST_PARAMETERS:
        yield _("地址中的条件太多，最多 %(most)d 个。") % {"most": MOST_PARAMETERS}
    if any("\x00" in part for key, values in request.GET.lists() for part in (key, *values)):
        yield _("地址中有不能识别的字符。")


def text_field(label: Any, placeholder: Any) -> forms.CharField:
    """Return a field for a few words."""
    field = forms.CharField(label=label, required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})
    field.widget.attrs.update({"class": "input", "placeholder": placeholder})
    return field


def _grouped(industries: list[Industry]) -> list[tuple[str, Any]]:
    """Return the sectors as groups of their branches, each group led by the whole sector."""
    groups: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for each in industries:
        if each.parent_id is None:
            whole = _("%(industry)s（全部）") % {"industry": each.display_title}
            groups[each.pk] = (each.display_title, [(each.code, whole)])
    for each in industries:
        if each.parent_id in groups:
            groups[each.parent_id][1].append((each.code, each.display_title))
    return list(groups.values())
