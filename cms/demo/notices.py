"""Sample notices: planned, running, urgent, over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from pages.models import AlertScope, AlertSeverity, NoticeKind, NoticePage
from snippets.models import CatalogueEntry

from .bodies import FILL, PHONE, paragraphs, stream

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Sample:
    """One notice; hours count from now; `entry` is a code, by default the catalogue's first entry for notices."""

    place: str
    kind: str
    title: str
    area: str
    reason: str
    starts: int
    hours: int
    entry: str = ""
    divisions: str = ""
    alert: str = ""


SAMPLES = (
    Sample(
        "water",
        NoticeKind.EMERGENCY,
        "示例路管网抢修，临时停水",
        "示例街道部分小区",
        "管网爆管",
        -2,
        8,
        "B06",
        "210202008",
        AlertScope.ORGANISATION,
    ),
    Sample(
        "water",
        NoticeKind.PLANNED_OUTAGE,
        "示例街道部分小区计划停水 10 小时",
        "示例街道、示例小区",
        "管网改造",
        30,
        10,
        divisions="210211",
    ),
    Sample("power", NoticeKind.PLANNED_OUTAGE, "示例 10 千伏线路检修停电", "示例路沿线", "线路检修", 170, 8),
    Sample("gas", NoticeKind.PLANNED_OUTAGE, "示例小区调压站检修停气", "示例小区 1–12 号楼", "设施检修", 60, 6),
    Sample("heating", NoticeKind.GENERAL, "本采暖季供热起止时间", "全部供热范围", "", -200, 3600),
    Sample("bus", NoticeKind.TRAFFIC, "示例路公交线路临时绕行", "示例路至示例广场", "道路施工", 80, 400, "B03"),
    Sample("metro", NoticeKind.TRAFFIC, "周末延长运营时间", "全线", "大型活动", 100, 8, "B03"),
    Sample("school", NoticeKind.ENROLMENT, "新学年招生咨询日安排", "本校招生范围", "", 240, 8, "B04"),
    Sample("university", NoticeKind.RECRUITMENT, "示例岗位公开招聘公告", "", "", -100, 480, "D04"),
    Sample("village", NoticeKind.DISPLAY, "居务公开栏更新公示", "本社区", "", -48, 240),
)


def add_notices(places: dict[str, Any], people: dict[str, User]) -> int:
    """Publish the sample notices where a place has none yet; return how many."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    added = 0
    for sample in SAMPLES:
        place = places[sample.place]
        if NoticePage.objects.child_of(place).filter(title=_title(sample)).exists():
            continue
        page = _page(sample, place, now)
        place.add_child(instance=page)
        page.save_revision(user=people["operator"]).publish(skip_permission_checks=True)
        added += 1
    return added


def _title(sample: Sample) -> str:
    return f"{sample.title}（示例）"


def _page(sample: Sample, place: Any, now: datetime) -> NoticePage:
    starts = now + timedelta(hours=sample.starts)
    return NoticePage(
        title=_title(sample),
        kind=sample.kind,
        entry=_entry(place, sample.entry),
        starts_at=starts,
        ends_at=starts + timedelta(hours=sample.hours),
        area=sample.area,
        division_codes=sample.divisions or place.division_code[:6],
        alert_scope=sample.alert,
        alert_severity=AlertSeverity.YELLOW,
        reason=sample.reason,
        contact_phone=PHONE,
        summary=f"{place.display_name}的示例公告。",
        body=stream(("text", paragraphs("请受影响的市民提前做好准备，恢复时间如有变化另行公告。", FILL))),
        live=False,
    )


def _entry(place: Any, code: str) -> CatalogueEntry | None:
    entries = CatalogueEntry.of_catalogue(place.catalogue_code, timezone.localdate())
    return entries.filter(Q(code=code) if code else Q(content_kind="announcement")).first()
