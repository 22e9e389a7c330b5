"""What disclosures and notices show alike: record fields, attachments, versions, what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from blocks.documents import document_item
from blocks.templatetags.content_tags import day
from snippets.models.catalogue import Publicity

from ..identity import source_of
from ..models import PublicationRecord, Validity
from .organisation import chain_items
from .services import service_links

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from ..models import OrganisationPage, RecordPage
    from .reader import Reader

Item = dict[str, Any]

RELATED_SHOWN = 6
SERVICES_SHOWN = 4


def base_context(page: RecordPage, reader: Reader) -> dict[str, Any]:
    """Return what the pages of disclosures and notices share (`pages/record_page.html`).

    A draft in preview has no row in the register yet: no index number, no seal, no date of publication.
    """
    record = page.public_record
    chain = Versions(record)
    versions = chain.items(reader)
    organisation = page.organisation
    return {
        "record": record,
        "publisher": organisation and {**reader.link(organisation), "phone": organisation.supervision_phone},
        "fields": record_fields(page, record, chain, reader),
        "attachments": attachments(page),
        "validity": validity_banner(record, versions, reader),
        "versions": versions,
        "permanent_url": permanent_url(record, reader.request),
        "qr": qr_code(permanent_url(record, reader.request)),
        "chain": chain_items(organisation, reader) if organisation else [],
        "related": related(page, record, chain, reader),
        "services": service_links(reader, Q(provider=source_of(organisation).pk), SERVICES_SHOWN)
        if organisation
        else [],
    }


def record_fields(
    page: RecordPage, record: PublicationRecord | None, chain: Versions, reader: Reader
) -> list[dict[str, Any]]:
    """Return the record fields of standard (b)10, as record.html takes them; empty ones are left out there."""
    return [
        {"label": _("索引号"), "value": record.index_number if record else "", "index": True},
        *_belonging(page, reader),
        {"label": _("生成日期"), "value": day(page.generated_on)},
        {"label": _("公开日期"), "value": day(record.first_published_at) if record else ""},
        {"label": _("更新日期"), "value": _updated(record)},
        {"label": _("文号"), "value": page.document_number},
        *_terms(page),
        {"label": _("效力状态"), "value": _validity(record)},
        {"label": _("关键词"), "value": "　".join(page.keywords)},
        *chain.relations(reader),
        {"label": _("内容概述"), "value": page.summary, "wide": True},
    ]


def _belonging(page: RecordPage, reader: Reader) -> list[Item]:
    """Say of which entry, by whom and under whom."""
    entry, organisation = getattr(page, "entry", None), page.organisation
    superior = organisation.superior if organisation else None
    catalogue = f"{reader.url(organisation)}catalogue/#{entry.code}" if organisation and entry else ""
    subjects = [organisation.industry.display_title] if organisation and organisation.industry else []
    return [
        {"label": _("目录事项"), "value": str(entry) if entry else "", "url": catalogue},
        {"label": _("发布机构"), **_named(organisation, reader)},
        {"label": _("主管部门"), **_named(superior, reader)},
        {"label": _("主题分类"), "value": "　".join([*subjects, entry.display_group] if entry else subjects)},
    ]


def _named(organisation: OrganisationPage | None, reader: Reader) -> Item:
    return {"value": organisation.title, "url": reader.url(organisation)} if organisation else {"value": ""}


def _terms(page: RecordPage) -> list[Item]:
    """Say how it is made public, to whom, how soon after a change, and for how long it stays."""
    entry = getattr(page, "entry", None)
    audience = _("面向社会") if page.publicity == Publicity.ACTIVE else _("面向申请人")
    return [
        {"label": _("内容形式"), "value": entry.get_content_kind_display() if entry else ""},
        {"label": _("公开方式"), "value": page.get_publicity_display()},
        {"label": _("公开时限"), "value": entry.update_rule_text if entry else ""},
        {"label": _("公开范围"), "value": audience},
        {"label": _("公开期限"), "value": entry.retention if entry else ""},
    ]


def _updated(record: PublicationRecord | None) -> str:
    """Return the day of the last change, where it is another than that of the first publication."""
    if record is None:
        return ""
    first, last = timezone.localdate(record.first_published_at), timezone.localdate(record.last_published_at)
    return day(record.last_published_at) if last != first else ""


def _validity(record: PublicationRecord | None) -> str:
    """Return what the text is worth; withdrawn and still readable, it is worth nothing."""
    if record is None:
        return ""
    return _("已撤下") if record.withdrawal_kind else record.get_validity_display()


def attachments(page: RecordPage) -> list[Item]:
    """Return the attached files (`files.html`)."""
    return [document_item(each.document, each.title) for each in page.attachments.select_related("document")]


def validity_banner(record: PublicationRecord | None, versions: list[Item], reader: Reader) -> Item | None:
    """Say that it no longer holds, since when, and what holds instead (`validity_banner.html`)."""
    if record is None or record.validity == Validity.IN_FORCE:
        return None
    by = record.ended_by
    return {
        "state": record.validity,
        "date": timezone.localdate(by.first_published_at if by else record.last_published_at),
        "successor": _successor(record, versions, reader),
    }


def _successor(record: PublicationRecord, versions: list[Item], reader: Reader) -> Item | None:
    """Return what holds now: the newest version, where it holds; else what ended this one."""
    if versions and not versions[0]["void"]:
        return versions[0]
    by = record.ended_by
    if by is None or by.page is None:
        return None
    label = _("废止文件：") if record.validity == Validity.REPEALED else _("替代本条的信息：")
    return {**reader.link(by.page), "label": label}


def permanent_url(record: PublicationRecord | None, request: HttpRequest) -> str:
    """Return the address that stays for ever: that of the index number."""
    if record is None:
        return ""
    return request.build_absolute_uri(reverse("index_number", args=[record.index_number]))


def qr_code(address: str) -> SafeString | str:
    """Draw an address as a QR code."""
    if not address:
        return ""
    return mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308 (a drawing)


def related(page: RecordPage, record: PublicationRecord | None, chain: Versions, reader: Reader) -> list[Item]:
    """Return other records of the organisation, of the same entry first, then of its group (`lined.html`)."""
    entry = getattr(page, "entry", None)
    if record is None or entry is None:
        return []
    same = Q(entry__catalogue=entry.catalogue, entry__group_code=entry.group_code)
    found = (
        PublicationRecord.objects.filter(same, organisation=record.organisation_id, is_public=True, page__isnull=False)
        .exclude(pk__in=[record.pk, *chain.places])
        .annotate(other_entry=Case(When(entry__code=entry.code, then=Value(0)), default=Value(1)))
        .select_related("page")
        .order_by("other_entry", "-first_published_at", "-pk")[:RELATED_SHOWN]
    )
    pages = {each: each.page for each in found if each.page}
    shown = reader.translated(pages.values())
    return [
        {**reader.link(shown[page.pk]), "note": timezone.localdate(each.first_published_at).year}
        for each, page in pages.items()
    ]


class Versions:
    """The versions of one text: what it superseded, and what superseded it, in order. Two queries at most.

    The links between all records of an organisation are few pairs of numbers; the line is found in memory, so that a
    long history costs no more than a short one.
    """

    def __init__(self, record: PublicationRecord | None) -> None:
        self.record = record
        self.places: list[int] = []
        self.repealed: list[int] = []
        if record:
            self._read(record)

    def _read(self, record: PublicationRecord) -> None:
        rows = PublicationRecord.objects.filter(organisation=record.organisation_id, ended_by__isnull=False)
        links = list(rows.values_list("pk", "ended_by", "validity"))
        newer = {old: new for old, new, validity in links if validity == Validity.SUPERSEDED}
        older = {new: old for old, new in newer.items()}
        self.repealed = [old for old, new, validity in links if new == record.pk and validity == Validity.REPEALED]
        line = [record.pk]
        while (before := older.get(line[0])) and before not in line:
            line.insert(0, before)
        while (after := newer.get(line[-1])) and after not in line:
            line.append(after)
        self.places = line if len(line) > 1 else []

    @property
    def number(self) -> int | None:
        """Return the version's number; None where there is only one."""
        return self.places.index(self.record.pk) + 1 if self.record and self.places else None

    def items(self, reader: Reader) -> list[Item]:
        """Return the versions, newest first (`versions.html`); nothing where there is only one."""
        if self.record is None or not self.places:
            return []
        found = PublicationRecord.objects.select_related("page").in_bulk(self.places)
        shown = reader.translated(each.page for each in found.values() if each.page)
        return [
            {
                "number": number,
                "title": found[pk].title,
                "url": self._address(found[pk], shown, reader),
                "current": pk == self.record.pk,
                "status": found[pk].get_validity_display() if found[pk].is_public else _("已撤下"),
                "void": found[pk].validity != Validity.IN_FORCE or not found[pk].is_public,
                "date": timezone.localdate(found[pk].first_published_at),
                "note": found[pk].title if found[pk].title != self.record.title else "",
            }
            for number, pk in reversed(list(enumerate(self.places, start=1)))
        ]

    def _address(self, record: PublicationRecord, shown: dict[int, Any], reader: Reader) -> str:
        """Return the address of a version; of one that was withdrawn, where the reason is given."""
        if record.is_public and record.page_id in shown:
            return reader.url(shown[record.page_id])
        return reverse("index_number", args=[record.index_number])

    def relations(self, reader: Reader) -> list[Item]:
        """Return what this one repeals, as record fields. One query where it repeals anything."""
        records = PublicationRecord.objects.filter(pk__in=self.repealed).select_related("page") if self.repealed else ()
        return [
            {"label": _("废止"), "value": each.title, "url": reverse("index_number", args=[each.index_number])}
            for each in records
        ]
