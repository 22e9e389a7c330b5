"""The whole sample: the bundled pack, people, disclosures, notices, drafts in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from cms.city import packs
from cms.city.installed import from_registry
from cms.city.loading import load
from cms.city.pack import read_pack
from cms.city.plan import plan
from ledger.changes import announce
from pages.bulk import analyse
from pages.identity import sources
from pages.models import UnitPage
from snippets.models import PortalSettings

from .connectors import add_connectors
from .disclosures import add_disclosures, entries_of
from .english import add_english
from .everything import add_everything
from .forms import add_forms
from .letters import add_letters
from .moments import add_moments
from .notices import add_notices
from .people import add_people
from .places import find_places
from .profiles import add_profiles
from .standard_pages import add_standard_pages
from .states import add_states

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User

SHOWCASE = ("water", "school", "hospital", "university", "gas", "heating", "power", "bus", "village")


def load_demo(say: Callable[[str], None]) -> None:
    """Load what is missing; a second start adds nothing and keeps what was changed."""
    pack, problems = read_pack(packs.SAMPLE, from_registry())
    if pack is None or problems.errors:
        raise RuntimeError("; ".join(str(problem) for problem in problems))
    with transaction.atomic():
        report = load(plan(pack, problems))
        _address_site()
        _mark_site()
        places = find_places()
        people = add_people(places)
        add_forms(places, people)
        added = add_standard_pages(places["portal"]) + add_profiles(places)
        added += _disclose(places, people["operator"])
        added += add_notices(places, people) + add_states(places, people)
        added += add_moments(places, people)
        added += add_everything(places["water"], people["water_editor"])
        add_connectors(places, people["operator"])
        added += add_english(places)
        add_letters(places, people)
    if added:
        analyse()
    say(f"示例数据：新增组织与目录 {report.changed} 项，页面 {added} 个。")


def _disclose(places: dict[str, Any], operator: User) -> int:
    on, showcase = timezone.localdate(), {places[name].pk for name in SHOWCASE}
    units = sources(UnitPage.objects.live()).select_related("industry__parent").order_by("path")
    offices = [places["portal"], places["district"], places["water_office"]]
    return sum(
        add_disclosures(each, entries_of(each, on, everything=each.pk in showcase), operator, on)
        for each in (*units, *offices)
    )


def _mark_site() -> None:
    """Show what stands at the foot of a registered site."""
    PortalSettings.objects.filter(site__is_default_site=True, contact_phone="").update(
        operator_name="示例承办单位",
        contact_phone="12345",
        contact_hours="工作日 8:30–17:00",
        site_code="0000000000",
        icp_number="示例ICP备00000000号",
        police_number="示例公网安备00000000000000号",
    )
    announce(everything=True)


def _address_site() -> None:
    """Let full addresses name the place the demo is served at."""
    address = urlsplit(settings.BASE_URL)
    Site.objects.filter(is_default_site=True).update(
        hostname=address.hostname or "localhost", port=address.port or 80, site_name="办事公开"
    )
    Site.clear_site_root_paths_cache()
    announce(everything=True)
