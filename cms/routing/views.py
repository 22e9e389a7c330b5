"""The page that tells the way: a form, the steps, the line. Complete without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.service_map import tiles
from cms.service_map.asked import LONGEST, odd_parameters
from cms.service_map.places import outlet_key, position_of
from cms.service_map.policy import guarded
from cms.service_map.whereabouts import OddPositionError, Whereabouts, named, position_from
from cms.service_map.wording import direction, distance, duration
from pages.identity import source_locale_id
from pages.models import RosterEntry
from pages.presentation import Reader
from pages.presentation.places import places as places_of_portal
from pages.presentation.rows import name
from rules.distance import metres_between

from . import asking
from .outside import outside
from .planner import Mode, Step

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from pages.models import OrganisationPage, ServiceOutlet
    from rules.coordinates import Position


@dataclass(frozen=True)
class Goal:
    """Where the way leads: an organisation, or one of its outlets."""

    key: str
    organisation: OrganisationPage
    outlet: ServiceOutlet | None

    @property
    def place(self) -> OrganisationPage | ServiceOutlet:
        """Return what has the address, the hours and the position."""
        return self.outlet or self.organisation

    @property
    def position(self) -> Position | None:
        """Return where it stands."""
        return position_of(self.place.longitude, self.place.latitude)

    @property
    def title(self) -> str:
        """Return its name."""
        return self.outlet.name if self.outlet else name(self.organisation)


class WayForm(forms.Form):
    """From where, and how."""

    origin = forms.CharField(label=gettext_lazy("从哪里"), required=False, max_length=LONGEST)
    mode = forms.ChoiceField(label=gettext_lazy("怎么走"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        self.offered = asking.modes()
        given = {"from": request.GET.get("from", ""), "mode": request.GET.get("mode") or self.offered[0].value}
        super().__init__(given)
        self.fields["mode"].choices = [(each.value, each.label) for each in self.offered]  # type: ignore[attr-defined]
        hint = _("街道、社区或单位名称")
        self.fields["origin"].widget.attrs.update({"class": "input", "placeholder": hint})
        self.fields["mode"].widget.attrs["class"] = "input"

    def add_prefix(self, field_name: str) -> str:
        """Write `from` into addresses; in Python that is a word of its own."""
        return "from" if field_name == "origin" else field_name

    @property
    def chosen_mode(self) -> Mode:
        """Return how one goes; on foot, or as the engine can, when nothing lawful was chosen."""
        self.is_valid()
        return Mode(self.cleaned_data.get("mode") or self.offered[0])


class Way:
    """One request for a way. `status` is that of the answer."""

    def __init__(self, request: HttpRequest) -> None:
        self.problems = list(odd_parameters(request))
        self.status = HTTPStatus.BAD_REQUEST if self.problems else HTTPStatus.OK
        self.goal: Goal | None = None
        self.origin: Whereabouts | None = None
        self.choices: list[Whereabouts] = []
        if not self.problems:
            self._find_goal(request.GET.get("to", ""))
            self._find_origin(request.GET.get("from", "").strip()[:LONGEST])

    def _find_goal(self, key: str) -> None:
        self.goal = goal_of(key) if key else None
        if key and self.goal is None:
            self._refuse(_("没有找到要去的地方，它可能已经搬走或撤销。请回到地图重新选择。"), HTTPStatus.NOT_FOUND)

    def _find_origin(self, text: str) -> None:
        if not text:
            return
        found: list[Whereabouts] = []
        try:
            found = [_pair(text)] if _is_like_a_pair(text) else named(text)
        except OddPositionError as error:
            self._refuse(str(error), HTTPStatus.BAD_REQUEST)
            return
        if not found:
            words = _("没有找到“%(place)s”这个地方，请写街道、社区或单位的名称。") % {"place": text}
            self._refuse(words, HTTPStatus.NOT_FOUND)
        self.choices = found if len(found) > 1 else []
        self.origin = found[0] if len(found) == 1 else None

    def _refuse(self, problem: str, status: HTTPStatus) -> None:
        self.problems.append(problem)
        self.status = status


def _is_like_a_pair(text: str) -> bool:
    """Are these numbers rather than a name?"""
    return bool(text) and all(letter in "0123456789.,-+eE " for letter in text) and "," in text


def _pair(text: str) -> Whereabouts:
    return Whereabouts(_("选定的位置"), text, position=position_from(text))


def goal_of(key: str) -> Goal | None:
    """Return the organisation of a roster code, or with `~` behind it one of its outlets. At most two queries."""
    code, _tilde, wanted = key.partition("~")
    rows = RosterEntry.objects.filter(code=code, organisation__live=True, organisation__locale=source_locale_id())
    row = rows.select_related("organisation").first()
    if row is None:
        return None
    if not wanted:
        return Goal(key, row.organisation, None)
    outlets = row.organisation.outlets.all()
    outlet = next((each for each in outlets if outlet_key(each.translation_key) == wanted), None)
    return Goal(key, row.organisation, outlet) if outlet else None


@require_safe
@guarded
def route(request: HttpRequest) -> HttpResponse:
    """Tell the way from a place that was named to an organisation or an outlet."""
    way, form, reader = Way(request), WayForm(request), Reader(request)
    context: dict[str, Any] = {
        "page_title": _("怎么去%(place)s") % {"place": way.goal.title} if way.goal else _("怎么去"),
        "breadcrumbs": _crumbs(reader),
        "robots": "noindex, follow",
        "way": way,
        "form": form,
        "tiles": tiles.described(),
    }
    if way.goal:
        context |= _goal(reader, way.goal) | _told(way, form.chosen_mode)
    response = TemplateResponse(request, "service_map/route.html", context, status=way.status)
    if way.origin and way.origin.is_pair:
        # It may be where somebody stands: no cache on the way keeps it.
        response["Cache-Control"] = "no-store"
    return response


def _crumbs(reader: Reader) -> list[dict[str, Any]]:
    home = places_of_portal(reader.request).home
    return [
        {"title": _("首页"), "url": reader.url(home) if home else "/"},
        {"title": _("服务地图"), "url": reverse("map")},
        {"title": _("怎么去"), "url": None},
    ]


def _goal(reader: Reader, goal: Goal) -> dict[str, Any]:
    shown = reader.translated([goal.organisation])[goal.organisation.pk]
    return {
        "goal": goal,
        "goal_link": reader.link(shown, name(shown)),
        "goal_title": goal.title if goal.outlet else name(shown),
    }


def _told(way: Way, mode: Mode) -> dict[str, Any]:
    """Return the way, or what can be said without one."""
    origin, goal = way.origin.position if way.origin else None, way.goal.position if way.goal else None
    if way.goal is None or goal is None:
        return {}
    link = {"outside_url": outside(origin, goal, way.goal.title, mode), "mode": mode.label}
    if origin is None:
        return link
    answer = asking.ask(origin, goal, mode)
    found = answer.route
    line = found.line if found else ((origin.longitude, origin.latitude), (goal.longitude, goal.latitude))
    return {
        **link,
        "answer": answer,
        "line": [list(_drawn(*point)) for point in line],
        "straight": distance(metres_between(origin, goal)),
        "direction": direction(origin, goal),
        "length": distance(found.metres) if found else "",
        "time": duration(found.seconds) if found else "",
        "steps": [_step(each) for each in found.steps] if found else [],
    }


def _step(step: Step) -> dict[str, str]:
    """Describe a step; `lang` where it is not in the reader's language."""
    foreign = step.lang if get_language() != settings.LANGUAGE_CODE else ""
    return {"text": step.text, "lang": foreign, "length": _length(step.metres)}


def _length(metres: float) -> str:
    return distance(metres) if metres >= 5 else ""


def _drawn(longitude: float, latitude: float) -> tuple[float, float]:
    position = position_of(longitude, latitude)
    shown = tiles.drawn(position) if position else None
    return (round(shown.longitude, 6), round(shown.latitude, 6)) if shown else (longitude, latitude)
