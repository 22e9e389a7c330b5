"""Sample facts of the showcase units: telephone numbers that ring nowhere, counters, typed fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pages.models import OrganisationPhone, PhoneCheck, ServiceOutlet

from .bodies import PHONE

# Nothing invented may look real: round figures, 示例 in every name, numbers of zeros.
PROFILES: dict[str, dict[str, Any]] = {
    "water": {
        "service_area": "示例范围：市内四区",
        "service_divisions": "210202；210203；210204；210211",
        "hotline": "12345",
        "households": 1_000_000,
        "daily_capacity": 100,
    },
    "gas": {
        "gas_kind": "natural",
        "service_area": "示例范围",
        "service_divisions": "210200",
        "hotline": "12345",
        "households": 1_000_000,
    },
    "heating": {
        "service_area": "示例范围",
        "service_divisions": "210202008；210203",
        "hotline": "12345",
        "season_start": "11-05",
        "season_end": "04-05",
        "guaranteed_temperature": 18,
        "heated_area": 1000,
        "households": 100_000,
    },
    "power": {
        "service_area": "示例范围",
        "service_divisions": "210200",
        "hotline": "12345",
        "households": 1_000_000,
        "voltage": "220kV",
        "charging_points": 1000,
    },
    "sewage": {
        "treatment": "sewage",
        "service_area": "示例范围",
        "hotline": "12345",
        "daily_capacity": 100_000,
    },
    "bus": {
        "transit_kind": "bus",
        "routes_operated": 100,
        "route_names": "示例 1 路、示例 2 路",
        "service_hours": "5:00–22:00（示例）",
        "vehicles": 1000,
        "hotline": "12345",
    },
    "school": {
        "stage": "primary",
        "ownership": "public",
        "area_served": "示例学区",
        "classes": 20,
        "pupils": 1000,
        "boarding": False,
    },
    "university": {
        "kind": "undergraduate",
        "ownership": "public",
        "authority": "示例主管单位",
        "students": 10_000,
        "campuses": "示例校区",
    },
    "hospital": {
        "kind": "general",
        "grade": "3a",
        "ownership": "public",
        "departments": "示例科室：内科、外科、儿科",
        "beds": 1000,
        "insurance": "national",
        "emergency_24h": True,
    },
    "village": {
        "kind": "residents",
        "term": 1,
        "term_from": 2026,
        "term_to": 2030,
        "members": 10,
        "households": 1000,
        "population": 3000,
    },
}
# The counters stand a little beside the unit's own position, in degrees east and north: they are samples as well.
OUTLETS = {
    "示例营业厅一": ("工作日 8:30–16:30", "咨询；办理；缴费", (Decimal("0.012"), Decimal("0.006"))),
    "示例营业厅二": ("每日 8:00–20:00", "咨询；缴费", (Decimal("-0.018"), Decimal("-0.004"))),
}
CENTRE = (Decimal("121.600"), Decimal("38.905"))
APART = Decimal("0.004")


def add_profiles(places: dict[str, Any]) -> int:
    """Fill in the showcase units that have no telephone yet; return how many."""
    done = 0
    for name, place in places.items():
        if place.phones.exists():
            continue
        _fill(place, PROFILES.get(name, {}), with_outlets=name in PROFILES)
        place.save_revision().publish(skip_permission_checks=True)
        PhoneCheck.objects.get_or_create(
            organisation_id=place.pk, number=PHONE, defaults={"tested_on": date(2026, 11, 16)}
        )
        done += 1
    return done


def _fill(place: Any, values: dict[str, Any], *, with_outlets: bool) -> None:
    for field, value in values.items():
        setattr(place, field, value)
    place.introduction = place.introduction or f"{place.display_name}的示例介绍：服务谁、负责什么。"
    place.hours = place.hours or "工作日 8:30–17:00（示例）"
    place.supervision_phone = PHONE
    place.phones = [OrganisationPhone(label="服务热线（示例）", number=PHONE, is_hotline=True)]
    if with_outlets:
        place.outlets = [
            ServiceOutlet(
                name=name,
                address=f"示例路 {number} 号",
                hours=hours,
                phones=PHONE,
                services=services,
                **_beside(place, *shift),
            )
            for number, (name, (hours, services, shift)) in enumerate(OUTLETS.items(), 1)
        ]


def _beside(place: Any, east: Decimal, north: Decimal) -> dict[str, Decimal]:
    """Return a position near the unit's; where the pack knows none, one in the middle of the city."""
    longitude, latitude = place.longitude, place.latitude
    if longitude is None:
        # Apart from those of the other samples.
        longitude, latitude = CENTRE[0] + place.pk % 11 * APART, CENTRE[1] + place.pk % 7 * APART
    return {"longitude": longitude + east, "latitude": latitude + north}
