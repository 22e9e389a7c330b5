"""More places to judge: pages beside the content, and a city in which there is an emergency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pages.models import AlertScope, AlertSeverity, DisclosurePage, NoticeKind
from snippets.models import CatalogueEntry, HealthState, ItemHealth, Maintenance, ServiceItem
from tests.factories import appoint, make_notice, make_page, make_person
from workflows.outside.links import create_link

TOOLS = (
    "exports",
    "problems of the API",
    "draft: open",
    "draft: closed",
    "report error",
    "report error: no mailbox",
    "report error: no such page",
    "report error: no page",
)
ALARMED = ("portal", "unit", "district", "search: nothing", "mine", "standard page", "notices", "report error")


def tools(unit: Any) -> dict[str, str]:
    """Return the pages of the tools in their states, and give the unit a mailbox."""
    unit.mailbox = "office@example.org"
    unit.save()
    return {
        "exports": "/exports/",
        "problems of the API": "/api/docs/problems/",
        "draft: open": reverse("outside:draft", args=[shown_outside(unit)]),
        "draft: closed": f"/draft/{'x' * 40}/",
        "report error": f"/report-error/?page={unit.url}",
        "report error: no mailbox": f"/report-error/?page={unit.superior.url}",
        "report error: no such page": "/report-error/?page=/mei-you/",
        "report error: no page": "/report-error/",
    }


def shown_outside(unit: Any) -> str:
    """Show a draft of a unit to somebody outside; return the token of the link."""
    entry = CatalogueEntry.of_catalogue(unit.catalogue_code, timezone.localdate()).first()
    body = [("text", "<p>示例正文。</p>")]
    draft = make_page(DisclosurePage, unit, live=False, entry=entry, title="示例草稿", body=body)
    editor = make_person("shows-a-draft")
    appoint(editor, unit)
    _link, token = create_link(revision=draft.latest_revision, user=editor, days=7, purpose="示例单位")
    return token


def outdate(page: Any) -> None:
    """Publish a page again, so that its translation, if it has one, is older."""
    type(page).objects.get(pk=page.pk).save_revision().publish(skip_permission_checks=True)


def offline_item() -> str:
    """Return the code of a service item that has no working link; the first one loses its own."""
    item = ServiceItem.objects.filter(live=True).order_by("-pk").first()
    item.link, item.phone, item.place = "", "12345", "示例路 1 号示例大厅"
    item.save()
    return str(item.code)


def interrupted_item() -> str:
    """Return the code of a service item whose link is down."""
    item = ServiceItem.objects.filter(live=True).exclude(link="").order_by("pk")[1]
    ItemHealth.objects.create(item=item, state=HealthState.DOWN, since=timezone.now(), reason="timeout")
    return str(item.code)


def resting_item() -> str:
    """Return the code of a service item under maintenance."""
    item, now = ServiceItem.objects.filter(live=True).exclude(link="").order_by("pk")[2], timezone.now()
    Maintenance.objects.create(item=item, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=9))
    return str(item.code)


def alarm(portal: Any) -> None:
    """Put up a banner of every grade for the whole city; the longest words of all in the first."""
    times = {"starts_at": timezone.now() - timedelta(hours=1), "ends_at": timezone.now() + timedelta(days=2)}
    where = {"kind": NoticeKind.EMERGENCY, "alert_scope": AlertScope.CITY, "contact_phone": "12345"}
    for grade in AlertSeverity:
        title = f"示例{grade.label}：" + "全市中小学和幼儿园停课，公交、地铁、轮渡暂停运营，请减少外出"
        make_notice(portal, title=title, alert_severity=grade, area="全市各区市县", **where, **times)
