"""Organizations, services and locations as HSDS 3 has them (Open Referral), one JSON list each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from .documents import Thing, filled, write_list
from .hours import schedules
from .reading import Rows, online
from .workshop import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .reading import Representation
    from .workshop import Workshop

HSDS = "https://docs.openreferral.org/en/3.0/hsds/"
OFFICE_FIELDS = [
    "id",
    "code",
    "title",
    "short_name",
    "credit_code",
    "introduction",
    "address",
    "position",
    "phones",
    "supervision_phone",
    "hours",
    "website",
    "superior",
    "outlets",
    "html_url",
]
ITEM_FIELDS = [
    "id",
    "code",
    "title",
    "provider",
    "do_url",
    "link",
    "fee",
    "hours",
    "time_limit",
    "materials",
    "steps",
    "help_text",
    "place",
    "phone",
    "personal_input",
    "last_checked",
    "html_url",
    "last_published_at",
]


def write_hsds(workshop: Workshop) -> None:
    """Write the three lists."""
    titles = {"organizations": _("单位"), "services": _("在线服务"), "locations": _("办事地点")}
    about = _("Open Referral HSDS 3 的 %(name)s 列表；未知的邮政编码、城市为空字符串。")
    for name, title in titles.items():
        item = Item(f"hsds-{name}.json", "hsds", f"{title}（HSDS）", about % {"name": name}, "application/json", HSDS)
        with workshop.file(item, of=item.name) as file:
            write_list(file, workshop.counted(item.name, LISTS[name]()))


@cache
def _namespace(base: str) -> UUID:
    return uuid5(NAMESPACE_URL, base)


def key(*parts: Any) -> str:
    """Return the identifier of a thing: the same each night, another on each site."""
    return str(uuid5(_namespace(settings.BASE_URL), "/".join(str(part) for part in parts)))


def organizations() -> Iterator[Thing]:
    """Yield the organisations with their phones and locations."""
    for row in Rows("organisations", OFFICE_FIELDS).all():
        yield filled(
            {
                "id": _office(row),
                "name": row["title"],
                "alternate_name": row["short_name"],
                "description": row["introduction"] or row["title"],
                "website": row["website"],
                "uri": row["meta"]["html_url"],
                "tax_id": row["credit_code"],
                "parent_organization_id": row["superior"] and _office(row["superior"]),
                "phones": _phones(row),
                "locations": list(_locations(row)),
                "organization_identifiers": _identifiers(row),
            }
        )


def _office(row: Representation) -> str:
    return key("organisation", row["id"])


def _identifiers(row: Representation) -> list[Thing]:
    named = ((_("机构代码"), row["code"]), (_("统一社会信用代码"), row["credit_code"]))
    return [
        {
            "id": key("identifier", row["id"], place),
            "organization_id": _office(row),
            "identifier_type": kind,
            "identifier": value,
        }
        for place, (kind, value) in enumerate(named)
        if value
    ]


def _phones(row: Representation) -> list[Thing]:
    """Return the numbers; the one for complaints too."""
    numbers = [(phone["label"], phone["number"]) for phone in row["phones"]]
    numbers += [(_("监督投诉"), row["supervision_phone"])] if row["supervision_phone"] else []
    return [
        filled(
            {
                "id": key("phone", row["id"], place),
                "organization_id": _office(row),
                "number": number,
                "description": label,
            }
        )
        for place, (label, number) in enumerate(numbers)
    ]


def locations() -> Iterator[Thing]:
    """Yield the places of all organisations."""
    for row in Rows("organisations", OFFICE_FIELDS).all():
        yield from _locations(row)


def _locations(row: Representation) -> Iterator[Thing]:
    """Yield an organisation's own place and its counters."""
    own = {"name": row["title"], "address": row["address"], "position": row["position"], "hours": row["hours"]}
    for place, each in enumerate([own, *row["outlets"]]):
        if each["address"] or each["position"]:
            yield _location(row, each, key("location", row["id"], place))


def _location(row: Representation, place: Representation, name: str) -> Thing:
    position = place["position"] or {}
    return filled(
        {
            "id": name,
            "organization_id": _office(row),
            "location_type": "physical",
            "name": place["name"],
            "description": _("可办业务：%(services)s") % {"services": "；".join(place["services"])}
            if place.get("services")
            else "",
            "longitude": position and float(position["longitude"]),
            "latitude": position and float(position["latitude"]),
            "addresses": [_address(name, place["address"])] if place["address"] else [],
            "phones": [
                {"id": key(name, "phone", at), "location_id": name, "number": number}
                for at, number in enumerate(place.get("phones", []))
            ],
            "schedules": _schedules(name, "location_id", place["hours"]),
        }
    )


def _address(location: str, address: str) -> Thing:
    """Write the address in one line: it is kept so, and what is not known is left empty, not guessed."""
    return {
        "id": key(location, "address"),
        "location_id": location,
        "address_1": address,
        "city": "",
        "state_province": "",
        "postal_code": "",
        "country": "CN",
        "address_type": "physical",
    }


def _schedules(owner: str, name: str, hours: str) -> list[Thing]:
    return [{"id": key(owner, "schedule", at), name: owner, **each} for at, each in enumerate(schedules(hours))]


def services() -> Iterator[Thing]:
    """Yield the services. Without `organization_id`: several units offer it, each for itself."""
    for row in Rows("service-items", ITEM_FIELDS).all():
        name = key("service", row["id"])
        yield filled(
            {
                "id": name,
                "organization_id": row["provider"] and _office(row["provider"]),
                "name": row["title"],
                "description": row["help_text"],
                "url": row["meta"]["html_url"] or online(row),
                "status": "active",
                "application_process": _process(row),
                "fees_description": row["fee"],
                "wait_time": row["time_limit"],
                "assured_date": row["last_checked"],
                "last_modified": row["meta"]["last_published_at"],
                "phones": _service_phones(name, row["phone"]),
                "schedules": _schedules(name, "service_id", row["hours"]),
                "required_documents": _documents(name, row["materials"]),
                "service_at_locations": [*_at(name, row["place"]), *_online(name, online(row))],
            }
        )


def _process(row: Representation) -> str:
    """Tell where to go, what to enter, and the steps."""
    said = [_("网上办理：%(link)s") % {"link": online(row)}] if online(row) else []
    if row["personal_input"]:
        said.append(_("须录入：%(inputs)s") % {"inputs": "；".join(row["personal_input"])})
    return "\n".join([*said, *(f"{place}. {step}" for place, step in enumerate(row["steps"], start=1))])


def _service_phones(name: str, number: str) -> list[Thing]:
    return [{"id": key(name, "phone"), "service_id": name, "number": number}] if number else []


def _documents(name: str, materials: list[str]) -> list[Thing]:
    return [
        {"id": key(name, "document", at), "service_id": name, "document": each} for at, each in enumerate(materials)
    ]


def _at(name: str, place: str) -> list[Thing]:
    """Name the counter as the guide does; which of the unit's places it means is not said there."""
    if not place:
        return []
    return [_offered(name, "at", {"id": key(name, "place"), "location_type": "physical", "name": place})]


def _online(name: str, address: str) -> list[Thing]:
    """Name the place on the web where it is done."""
    if not address:
        return []
    location = {"id": key(name, "online"), "location_type": "virtual", "name": _("网上办理"), "url": address}
    return [_offered(name, "at-online", location)]


def _offered(name: str, at: str, location: Thing) -> Thing:
    return {"id": key(name, at), "service_id": name, "location_id": location["id"], "location": location}


LISTS: dict[str, Callable[[], Iterator[Thing]]] = {
    "organizations": organizations,
    "services": services,
    "locations": locations,
}
