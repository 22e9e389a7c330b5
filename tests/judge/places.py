"""Every public template in every state it has: the sample and what it does not show, and a city that has nothing yet.

A judge asks for these addresses in every language. Names read `template: state`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Locale

from accounts.withdrawable import Leaving, WithdrawalKind
from cms.demo.everything import TITLE as EVERYTHING
from cms.demo.load import load_demo
from cms.demo.places import find_places
from cms.joint.models import OutsideSource
from cms.subscriptions.links import confirm_token, out_token
from cms.subscriptions.models import Subscription
from pages.identity import sources
from pages.models import (
    CityPortalPage,
    DisclosurePage,
    IndustryPage,
    NoticeIndexPage,
    NoticeKind,
    NoticePage,
    OrganisationPage,
    RosterEntry,
    RosterState,
    ServiceIndexPage,
    StandardPage,
)
from pages.register import record_withdrawal
from snippets.models import CatalogueEntry, ServiceItem
from tests.factories import (
    make_department,
    make_disclosure,
    make_district,
    make_industry,
    make_notice,
    make_page,
    make_portal,
    make_unit,
)

from .doing import DOING, doing
from .neighbours import Neighbours
from .tools import ALARMED, TOOLS, alarm, interrupted_item, offline_item, outdate, resting_item, tools

LANGUAGES = ("", "/en", "/zh-hant")
Addresses = dict[str, str]

# The sample's organisations that stand for their page type.
SHOWN = ("school", "university", "hospital", "water", "gas", "heating", "power", "bus", "sewage", "library", "village")
SAMPLE = (
    "portal",
    "district",
    "department: bureau",
    "department: street",
    *(f"unit: {name}" for name in SHOWN),
    "unit: suspended",
    "industry: sector",
    "industry: branch",
    "disclosure: every block",
    "disclosure: superseded",
    "disclosure: superseding",
    "disclosure: repealed",
    "disclosure: sealed block",
    "withdrawn",
    "notice: planned",
    "notice: running",
    "notice: urgent",
    "notice: over",
    "notices",
    "notices: filtered",
    "notices: none fits",
    "services",
    "services: filtered",
    "services: life event",
    "service item",
    "service item: offline",
    "service item: interrupted",
    "service item: maintenance",
    "catalogue: unit",
    "catalogue: office",
    "catalogue: entry",
    "catalogue: unknown entry",
    "catalogue: industry",
    "catalogue: industry entry",
    "roster",
    "site map",
    "map",
    "map: nearest",
    "map: none fits",
    "map: filtered",
    "map: at a position",
    "map: several places of that name",
    "map: no such place",
    "map: odd position",
    "map: embedded",
    "map: embedded, none fits",
    "map: embedded, odd position",
    "map: serving",
    "map: serving, unasked",
    "map: serving, no such place",
    "map: way",
    "map: way, unasked",
    "map: way, no goal",
    "map: way, no such goal",
    "map: way, odd start",
    "map: way, several starts",
    "search",
    "search: found",
    "search: services",
    "search: nothing",
    "search: index number",
    "mine",
    "mine: chosen",
    "mine: unknown",
    "subscription: form",
    "subscription: confirm",
    "subscription: out",
    "subscription: broken",
    "subscription: expired",
    *(f"standard page: {slug}" for slug in ("about", "guide", "rules", "accessibility", "privacy")),
    *TOOLS,
    *DOING,
    "not found",
)
EMPTY = (
    "portal",
    "district",
    "department",
    "unit",
    "industry",
    "notices",
    "services",
    "standard page",
    "catalogue: unit",
    "catalogue: industry",
    "roster",
    "site map",
    "search: nothing",
    "mine",
    "mine: nothing yet",
    "pay: nothing yet",
    "outside: nobody else",
)


def sample_city(neighbours: Neighbours) -> Addresses:
    """Load the sample, add the states it lacks, and say where everything stands."""
    load_demo(lambda line: None)
    places = find_places()
    portal = CityPortalPage.objects.get(locale=Locale.get_default())
    outdate(places["university"])
    return {
        "portal": "/",
        "district": places["district"].url,
        "department: bureau": places["water_office"].url,
        "department: street": places["street"].url,
        **{f"unit: {name}": places[name].url for name in SHOWN},
        "unit: suspended": suspended(places["library"].superior).url,
        **industries(),
        **disclosures(places["water"]),
        **notices(places["water"]),
        **lists(places),
        **searches(),
        **subscriptions(),
        **{f"standard page: {page.slug}": page.url for page in StandardPage.objects.live().child_of(portal)},
        **tools(places["water"]),
        **doing(places, shown(ServiceIndexPage).first().url, neighbours),
        "not found": "/mei-you/",
    }


def shown(model: Any) -> Any:
    """Return the public pages of a type in the source language, where a language's prefix can be put before them."""
    return sources(model.objects.live())


def industries() -> Addresses:
    """Return a sector and one of its branches, with their catalogues."""
    pages = {page.industry.code: page for page in shown(IndustryPage).select_related("industry")}
    entry = CatalogueEntry.objects.filter(catalogue="education_school").first()
    asked = urlencode({"catalogue": entry.catalogue, "entry": entry.code})
    return {
        "industry: sector": pages["education"].url,
        "industry: branch": pages["primary-school"].url,
        "catalogue: industry": f"{pages['education'].url}catalogue/",
        "catalogue: industry entry": f"{pages['primary-school'].url}catalogue/?{asked}",
    }


def suspended(superior: Any) -> OrganisationPage:
    """Add a unit whose place in the roster is suspended."""
    unit: OrganisationPage = make_unit(superior, title="示例暂停单位")
    RosterEntry.objects.filter(organisation=unit).update(state=RosterState.SUSPENDED, basis="示例依据")
    return unit


def disclosures(unit: Any) -> Addresses:
    """Return disclosures in every validity, one with a block whose plugin is gone, and a withdrawn one."""
    entry = CatalogueEntry.of_catalogue(unit.catalogue_code, timezone.localdate()).first()
    old, repealed, gone = (make_disclosure(unit, entry, title=f"示例旧信息{number}") for number in range(3))
    new = make_disclosure(unit, entry, title="示例新信息", supersedes=old, document_number="示例〔2026〕1号")
    make_disclosure(unit, entry, title="示例废止通知", repeals=repealed)
    sealed = make_disclosure(unit, entry, title="示例封存信息")
    gone_block = {"type": "gone_plugin", "value": {"a": 1}, "id": "6dc6a9e0-0000-4000-8000-000000000000"}
    sealed.body = sealed.body.stream_block.to_python([*sealed.body.raw_data, gone_block])
    sealed.save()
    gone.unpublish()
    record_withdrawal(gone, Leaving(WithdrawalKind.GONE, "内容有误，更正后重新公开"))
    return {
        "disclosure: every block": shown(DisclosurePage).get(title=EVERYTHING).url,
        "disclosure: superseded": old.url,
        "disclosure: superseding": new.url,
        "disclosure: repealed": repealed.url,
        "disclosure: sealed block": sealed.url,
        "withdrawn": f"/i/{gone.record.index_number}",
    }


def notices(unit: Any) -> Addresses:
    """Return notices before, in and after their time, and an urgent one."""
    now, hours = timezone.now(), timedelta(hours=5)
    spans = {
        "planned": (now + hours, now + 2 * hours),
        "running": (now - hours, now + hours),
        "over": (now - 2 * hours, now - hours),
    }
    found = {f"notice: {state}": outage(unit, state, *span).url for state, span in spans.items()}
    urgent = shown(NoticePage).filter(kind=NoticeKind.EMERGENCY).first()
    return {**found, "notice: urgent": urgent.url}


def outage(unit: Any, state: str, starts: datetime, ends: datetime) -> NoticePage:
    """Add a planned outage."""
    times = {"starts_at": starts, "ends_at": ends}
    return make_notice(unit, title=f"示例停水{state}", kind=NoticeKind.PLANNED_OUTAGE, area="示例街道", **times)


def lists(places: dict[str, Any]) -> Addresses:
    """Return the pages that list, whole and narrowed."""
    notices_url = shown(NoticeIndexPage).first().url
    services = shown(ServiceIndexPage).first().url
    water = places["water"]
    return {
        "notices": notices_url,
        "notices: filtered": f"{notices_url}?kind={NoticeKind.EMERGENCY}",
        "notices: none fits": f"{notices_url}?kind={NoticeKind.PROCUREMENT}",
        "services": services,
        "services: filtered": f"{services}?class=query",
        "services: life event": f"{services}?life_event=moving",
        "service item": f"{services}{ServiceItem.objects.filter(live=True).first().code}/",
        "service item: offline": f"{services}{offline_item()}/",
        "service item: interrupted": f"{services}{interrupted_item()}/",
        "service item: maintenance": f"{services}{resting_item()}/",
        "catalogue: unit": f"{water.url}catalogue/",
        "catalogue: office": f"{places['water_office'].url}catalogue/",
        "catalogue: entry": f"{water.url}catalogue/?entry=B01",
        "catalogue: unknown entry": f"{water.url}catalogue/?entry=Z99",
        "roster": "/roster/",
        "site map": "/site-map/",
        **maps(places["school"]),
    }


def maps(unit: Any) -> Addresses:
    """Return the map whole, narrowed, for a frame, and the pages that lead from it."""
    code = unit.roster.code
    return {
        "map": "/map/",
        "map: nearest": f"/map/?near={code}&open=on",
        "map: none fits": "/map/?service=zzz",
        "map: filtered": "/map/?industry=water&division=210202",
        "map: at a position": "/map/?at=121.6,38.9",
        "map: several places of that name": "/map/?near=街道",
        "map: no such place": "/map/?near=魑魅魍魉",
        "map: odd position": "/map/?at=38.9,121.6",
        "map: embedded": "/map/embed/",
        "map: embedded, none fits": "/map/embed/?service=zzz",
        "map: embedded, odd position": "/map/embed/?at=nan,nan",
        "map: serving": f"/map/serving/?near={code}",
        "map: serving, unasked": "/map/serving/",
        "map: serving, no such place": "/map/serving/?near=魑魅魍魉",
        "map: way": f"/map/route/?to={code}&from=121.6,38.9",
        "map: way, unasked": f"/map/route/?to={code}",
        "map: way, no goal": "/map/route/",
        "map: way, no such goal": "/map/route/?to=nobody",
        "map: way, odd start": f"/map/route/?to={code}&from=1e999,38.9",
        "map: way, several starts": f"/map/route/?to={code}&from=街道",
    }


def subscriptions() -> Addresses:
    """Return the pages of a subscription that a link leads to."""
    waiting, confirmed, lapsed = (
        Subscription.objects.create(
            digest=state, address="", choice="industry=water", cadence="daily", language="zh-hans"
        )
        for state in ("waiting", "confirmed", "lapsed")
    )
    expired = f"/mine/confirm/{confirm_token(lapsed)}/"
    lapsed.delete()
    return {
        "subscription: form": "/mine/subscribe/?industry=water",
        "subscription: confirm": f"/mine/confirm/{confirm_token(waiting)}/",
        "subscription: out": f"/mine/out/{out_token(confirmed)}/",
        "subscription: broken": "/mine/out/abc/",
        "subscription: expired": expired,
    }


def searches() -> Addresses:
    """Return the search page as it is asked, answered, and not answered."""
    number = shown(DisclosurePage).first().record.index_number
    unit = RosterEntry.objects.filter(organisation__live=True).first().code
    asked = {"found": "收费", "services": "电费", "nothing": "魑魅魍魉", "index number": number}
    return {
        "mine": "/mine/",
        "mine: chosen": f"/mine/?industry=water&unit={unit}",
        "mine: unknown": "/mine/?industry=nothing&find=水",
        "search": "/search/",
        **{f"search: {state}": f"/search/?{urlencode({'q': q})}" for state, q in asked.items()},
    }


def empty_city(_neighbours: Neighbours) -> Addresses:
    """Build a city on its first day: one organisation of each level, and nothing disclosed."""
    portal = make_portal()
    sector = make_industry("water", title="供水", catalogue="water", is_statutory=True, door="水")
    district = make_district(portal, title="示例区", division_code="210202")
    department = make_department(district, title="示例区水务局", division_code="210202", industry=sector)
    unit = make_unit(department, title="示例自来水公司", industry=make_industry("tap", sector, title="自来水"))
    industry = make_page(IndustryPage, portal, title="供水", industry=sector)
    OutsideSource.objects.all().delete()
    return {
        "portal": "/",
        "district": district.url,
        "department": department.url,
        "unit": unit.url,
        "industry": industry.url,
        "notices": make_page(NoticeIndexPage, portal, title="公示公告").url,
        "services": make_page(ServiceIndexPage, portal, title="在线服务").url,
        "standard page": make_page(StandardPage, portal, title="关于本站").url,
        "catalogue: unit": f"{unit.url}catalogue/",
        "catalogue: industry": f"{industry.url}catalogue/",
        "roster": "/roster/",
        "site map": "/site-map/",
        "search: nothing": f"/search/?{urlencode({'q': '停水'})}",
        "mine": "/mine/",
        "mine: nothing yet": "/mine/?industry=water",
        "pay: nothing yet": "/pay/",
        "outside: nobody else": f"/search/outside/?{urlencode({'q': '停水'})}",
    }


def alarmed_city(neighbours: Neighbours) -> Addresses:
    """Build a city in an emergency: banners of every grade on every page."""
    addresses = empty_city(neighbours)
    alarm(CityPortalPage.objects.get(locale=Locale.get_default()))
    return {**addresses, "report error": f"/report-error/?page={addresses['unit']}"}


CITIES = {"sample": sample_city, "empty": empty_city, "alarmed": alarmed_city}
NAMES = {"sample": SAMPLE, "empty": EMPTY, "alarmed": ALARMED}
PLACES = [(city, name) for city, names in NAMES.items() for name in names]
