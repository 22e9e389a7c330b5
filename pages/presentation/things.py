"""What schema.org calls our pages: organisations, disclosures, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from blocks.kinds import ContentKind

from ..json_ld import Thing, absolute, described
from ..models import DisclosurePage, IndustryPage, NoticePage, OrganisationPage
from .reader import SOURCE_TAG, Reader

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from ..models import RecordPage

# What a disclosure is, by the kind of content its entry asks for; else an article.
WORKS = {
    ContentKind.REPORT: "Report",
    ContentKind.ANNUAL_REPORT: "Report",
    ContentKind.QUALITY_REPORT: "Report",
    ContentKind.DOCUMENT: "DigitalDocument",
    ContentKind.FORM: "DigitalDocument",
    ContentKind.PROCEDURE: "HowTo",
}


@described.register(OrganisationPage)
def organisation(page: OrganisationPage, request: HttpRequest) -> Thing:
    """Describe an organisation, with its address and numbers."""
    phones = [phone.number for phone in page.phones.get_object_list()]
    return {
        "@type": page.schema_type,
        "@id": _address(page, request),
        "name": page.title,
        "alternateName": page.short_name,
        "description": page.introduction,
        "url": _address(page, request),
        "sameAs": page.website,
        "identifier": _identifier("统一社会信用代码", page.credit_code),
        "address": _postal(page),
        "location": _place(page),
        "telephone": phones[0] if phones else "",
        "contactPoint": _complaints(page),
        "parentOrganization": page.superior and {"@type": "GovernmentOrganization", "name": page.superior.title},
    }


def _identifier(name: str, value: str) -> Thing | None:
    return {"@type": "PropertyValue", "name": name, "value": value} if value else None


def _postal(page: OrganisationPage) -> Thing | None:
    return {"@type": "PostalAddress", "streetAddress": page.address, "addressCountry": "CN"} if page.address else None


def _place(page: OrganisationPage) -> Thing | None:
    if page.latitude is None or page.longitude is None:
        return None
    position = {"@type": "GeoCoordinates", "latitude": float(page.latitude), "longitude": float(page.longitude)}
    return {"@type": "Place", "geo": position, "address": page.address}


def _complaints(page: OrganisationPage) -> Thing | None:
    phone = page.supervision_phone
    return {"@type": "ContactPoint", "contactType": "complaints", "telephone": phone} if phone else None


@described.register(IndustryPage)
def industry(page: IndustryPage, request: HttpRequest) -> Thing:
    """Describe the page of an industry."""
    return {
        "@type": "CollectionPage",
        "name": page.title,
        "description": page.introduction,
        "url": _address(page, request),
    }


@described.register(DisclosurePage)
def disclosure(page: DisclosurePage, request: HttpRequest) -> Thing:
    """Describe a disclosure as a work of its organisation."""
    entry = getattr(page, "entry", None)
    kind = WORKS.get(entry.content_kind, "Article") if entry else "Article"
    return {"@type": kind, **_work(page, request), "about": entry.display_title if entry else ""}


@described.register(NoticePage)
def notice(page: NoticePage, request: HttpRequest) -> Thing:
    """Describe a notice as an announcement with its time and place."""
    record = page.public_record
    return {
        "@type": "SpecialAnnouncement",
        **_work(page, request),
        "text": page.summary or page.reason or page.title,
        "category": page.get_kind_display(),
        "datePosted": _moment(record.first_published_at) if record else "",
        "expires": _moment(page.ends_at) if page.ends_at else "",
        "temporalCoverage": _span(page),
        "spatialCoverage": {"@type": "Place", "name": page.area} if page.area else None,
    }


def _work(page: RecordPage, request: HttpRequest) -> Thing:
    """Say what every record has: who published it when, under which number, and whether it still holds."""
    record = page.public_record
    publisher = page.organisation
    return {
        "@id": _address(page, request),
        "url": _address(page, request),
        "name": page.title,
        "headline": page.title,
        "abstract": page.summary,
        "inLanguage": _language(page, request),
        "identifier": _identifier("索引号", record.index_number) if record else None,
        "datePublished": _moment(record.first_published_at) if record else "",
        "dateModified": _moment(record.last_published_at) if record else "",
        "dateCreated": page.generated_on,
        "creativeWorkStatus": record.get_validity_display() if record else "",
        "keywords": page.keywords,
        "publisher": publisher
        and {
            "@type": (publisher.specific_class or OrganisationPage).schema_type,
            "name": publisher.title,
            "url": _address(publisher, request),
        },
        "isAccessibleForFree": True,
    }


def _language(page: RecordPage, request: HttpRequest) -> str:
    reader = Reader(request)
    chinese = "zh-Hant" if getattr(request, "is_traditional", False) else SOURCE_TAG
    return chinese if reader.reads_source or reader.lacks(page) else reader.language


def _span(page: NoticePage) -> str:
    """Write a span of time as ISO 8601 does, open at the side that is not known."""
    if not (page.starts_at or page.ends_at):
        return ""
    return "/".join(_moment(each) if each else ".." for each in (page.starts_at, page.ends_at))


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes")


def _address(page: Any, request: HttpRequest) -> str:
    return absolute(request, Reader(request).url(page))
