"""Services as linked data, in the words of CPSV-AP 3.2 and of schema.org at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pages.levels import Level

from .documents import Thing, filled, write_graph
from .reading import Rows, online
from .terms import attribution, licence
from .workshop import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .reading import Representation
    from .workshop import Workshop

CPSV_AP = "https://semiceu.github.io/CPSV-AP/releases/3.2.0/"
CONTEXT: Thing = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority/"
CHINA: Thing = {"@id": f"{EU}country/CHN", "@type": "dct:Location"}
YUAN: Thing = {"@id": f"{EU}currency/CNY", "@type": "skos:Concept"}
CHINESE: Thing = {"@id": f"{EU}language/ZHO", "@type": "dct:LinguisticSystem"}
FREE = re.compile(r"(不收费|免费|免收)")
SOURCE_TAG = "zh-Hans"

ITEM_FIELDS = [
    "id",
    "code",
    "title",
    "class",
    "class_label",
    "industry",
    "provider",
    "do_url",
    "link",
    "personal_input",
    "output",
    "fee",
    "hours",
    "time_limit",
    "materials",
    "steps",
    "help_text",
    "place",
    "phone",
    "detail_url",
    "html_url",
    "last_published_at",
]
OFFICE_FIELDS = [
    "id",
    "code",
    "title",
    "short_name",
    "level",
    "credit_code",
    "division_code",
    "introduction",
    "address",
    "phones",
    "supervision_phone",
    "website",
    "superior",
    "detail_url",
    "html_url",
]


def write_services(workshop: Workshop) -> None:
    """Write the services and the organisations that answer for them."""
    item = Item(
        "services.jsonld",
        "jsonld",
        _("在线服务（JSON-LD）"),
        _("在线服务项目及提供单位：CPSV-AP 3.2 与 schema.org 的词汇，RDF。"),
        "application/ld+json",
        CPSV_AP,
    )
    with workshop.file(item, of=item.name) as file:
        write_graph(file, CONTEXT, workshop.counted(item.name, graph()))


def graph() -> Iterator[Thing]:
    """Yield the terms, the organisations and the services."""
    yield filled({"@id": "#terms", "@type": "dct:RightsStatement", "dct:description": text(licence() + attribution())})
    portal = None
    for row in Rows("organisations", OFFICE_FIELDS).all():
        portal = portal or (row if row["level"] == Level.PORTAL else None)
        yield authority(row)
    for row in Rows("service-items", ITEM_FIELDS).all():
        yield service(row, portal)


def text(value: str) -> Thing | None:
    """Say in which language a text is."""
    return {"@value": value, "@language": SOURCE_TAG} if value else None


def concept(label: str) -> Thing:
    """Name a concept that has no address."""
    return {"@type": "skos:Concept", "skos:prefLabel": text(label)}


def authority(row: Representation) -> Thing:
    """Describe an organisation."""
    phones = [phone["number"] for phone in row["phones"]]
    return filled(
        {
            "@id": organisation_iri(row),
            "@type": ["cv:PublicOrganisation", f"schema:{_kind(row)}"],
            "dct:identifier": row["code"],
            "skos:prefLabel": text(row["title"]),
            "skos:altLabel": text(row["short_name"]),
            "dct:description": text(row["introduction"]),
            "dct:spatial": _place(row["division_code"]),
            "locn:address": row["address"] and {"@type": "locn:Address", "locn:fullAddress": text(row["address"])},
            "foaf:homepage": row["website"] and {"@id": row["website"], "@type": "foaf:Document"},
            "schema:name": text(row["title"]),
            "schema:taxID": row["credit_code"],
            "schema:telephone": phones,
            "schema:url": row["meta"]["html_url"],
            "schema:parentOrganization": row["superior"] and {"@id": organisation_iri(row["superior"])},
        }
    )


def _kind(row: Representation) -> str:
    return "Organization" if row["level"] == Level.UNIT else "GovernmentOrganization"


def organisation_iri(row: Representation) -> str:
    """Return what stands for an organisation; a reference has its address at hand, a row in `meta`."""
    return f"{row.get('detail_url') or row['meta']['detail_url']}#organisation"


def _place(division: str) -> Thing:
    """Name the division by its code (GB/T 2260); where there is none, the country."""
    return {"@type": "dct:Location", "dct:identifier": division, "skos:broader": CHINA} if division else CHINA


def service(row: Representation, portal: Representation | None) -> Thing:
    """Describe a service. What no unit answers for alone is answered for by the portal."""
    iri = f"{row['meta']['detail_url']}#service"
    answers = row["provider"] or portal
    kind, url = concept(row["class_label"]), row["meta"]["html_url"]
    return filled(
        {
            "@id": iri,
            "@type": ["cpsv:PublicService", "schema:GovernmentService"],
            "dct:identifier": row["code"],
            "dct:title": text(row["title"]),
            "dct:description": text(row["help_text"] or row["title"]),
            "dct:type": kind,
            "dct:language": CHINESE,
            "dct:modified": _moment(row["meta"]["last_published_at"]),
            "dct:rights": {"@id": "#terms"},
            "cv:sector": row["industry"] and concept(row["industry"]["title"]),
            "cv:hasCompetentAuthority": answers and {"@id": organisation_iri(answers)},
            "cv:hasChannel": list(_channels(iri, row)),
            "cv:hasCost": _cost(iri, row["fee"]),
            "cv:contactPoint": row["phone"] and {"@type": "cv:ContactPoint", "cv:telephone": row["phone"]},
            "cv:holdsRequirement": list(_requirements(iri, row["personal_input"])),
            "cpsv:hasInput": list(_evidence(iri, row["materials"])),
            "cpsv:follows": _rule(iri, row),
            "cpsv:produces": _output(iri, row["output"]),
            "foaf:page": url and {"@id": url, "@type": "foaf:Document"},
            "schema:name": text(row["title"]),
            "schema:serviceType": text(row["class_label"]),
            "schema:url": url,
            "schema:provider": row["provider"] and {"@id": organisation_iri(row["provider"])},
        }
    )


def _moment(value: str | None) -> Thing | None:
    return {"@value": value, "@type": "xsd:dateTime"} if value else None


def _channels(iri: str, row: Representation) -> Iterator[Thing]:
    """Yield the ways in: online, by telephone, at a counter."""
    hours = row["hours"] and {"@type": "time:TemporalEntity", "dct:description": text(row["hours"])}
    ways = (
        ("online", _("网上办理"), online(row), {"schema:serviceUrl": online(row)}),
        ("phone", _("电话办理"), row["phone"], {"schema:servicePhone": row["phone"]}),
        ("counter", _("现场办理"), row["place"], {"dct:description": text(row["place"])}),
    )
    for name, label, is_there, more in ways:
        if is_there:
            yield filled(
                {
                    "@id": f"{iri}-{name}",
                    "@type": ["cv:Channel", "schema:ServiceChannel"],
                    "dct:identifier": f"{row['code']}-{name}",
                    "dct:type": concept(label),
                    "cv:openingHours": hours,
                    **more,
                }
            )


def _cost(iri: str, fee: str) -> Thing | None:
    """Say the fee in words; as a number only where it says that there is none."""
    if not fee:
        return None
    amount = {"cv:hasValue": {"@value": "0", "@type": "xsd:double"}, "cv:currency": YUAN} if FREE.match(fee) else {}
    return {"@id": f"{iri}-cost", "@type": "cv:Cost", "dct:identifier": "cost", "dct:description": text(fee), **amount}


def _requirements(iri: str, inputs: list[str]) -> Iterator[Thing]:
    for place, each in enumerate(inputs, start=1):
        yield _titled(f"{iri}-requirement-{place}", "cv:Requirement", _("须录入：%(name)s") % {"name": each})


def _evidence(iri: str, materials: list[str]) -> Iterator[Thing]:
    for place, each in enumerate(materials, start=1):
        yield _titled(f"{iri}-evidence-{place}", "cv:Evidence", each)


def _output(iri: str, output: str) -> Thing | None:
    return _titled(f"{iri}-output", "cv:Output", output) if output else None


def _rule(iri: str, row: Representation) -> Thing | None:
    """Tell the steps and the time they take."""
    said = [f"{place}. {step}" for place, step in enumerate(row["steps"], start=1)]
    if row["time_limit"]:
        said.append(_("办理时限：%(limit)s") % {"limit": row["time_limit"]})
    if not said:
        return None
    return {**_titled(f"{iri}-rule", "cpsv:Rule", _("办理步骤和时限")), "dct:description": text("\n".join(said))}


def _titled(iri: str, kind: str, title: str) -> Thing:
    return {"@id": iri, "@type": kind, "dct:identifier": iri.rpartition("#")[2], "dct:title": text(title)}
