"""Many rows of every kind, each with all that can be shown of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file

from accounts.withdrawable import Leaving, WithdrawalKind
from media.models import Document, Image
from pages.models import (
    DisclosureAttachment,
    DisclosureKeyword,
    Keyword,
    NoticeAttachment,
    OrganisationPhone,
    PhoneCheck,
    ServiceOutlet,
    StandardPage,
    UnitPage,
)
from tests.factories import (
    make_disclosure,
    make_entry,
    make_industry,
    make_notice,
    make_page,
    make_service_item,
    make_unit,
)
from tests.town import Town


def unit_types() -> list[type[UnitPage]]:
    """Return all page types of units."""
    return [model for model in apps.get_models() if issubclass(model, UnitPage)]


def make_image(owner: Any, title: str) -> Image:
    """Make an image."""
    file = get_test_image_file(size=(8, 4))
    image: Image = Image.objects.create(title=title, description="图", file=file, owner_organisation=owner)
    return image


def make_document(owner: Any, title: str) -> Document:
    """Make a document."""
    file = ContentFile(b"x", "file.pdf")
    document: Document = Document.objects.create(
        title=title, file=file, file_size=1, file_hash="0" * 40, owner_organisation=owner
    )
    return document


def body(image: Image, document: Document, page: Any) -> list[Any]:
    """Return a body whose blocks name an image, documents and, in running text, a page and a document."""
    links = f'<a linktype="page" id="{page.pk}">页面</a><a linktype="document" id="{document.pk}">文件</a>'
    picture = {"picture": {"image": image, "decorative": False, "alt_text": "图"}, "caption": "", "source": ""}
    return [
        ("text", f"<p>{links}</p>"),
        ("image", picture),
        ("form", {"title": "表格", "document": document, "sample": document, "use": ""}),
        ("document_list", {"title": "附件", "files": [{"title": "文件", "number": "", "document": document}]}),
    ]


def add_units(town: Town, numbers: range) -> list[Any]:
    """Add a unit with phone and counter for each number, of all page types in turn."""
    types, units = unit_types(), []
    for n in numbers:
        industry = make_industry(f"branch-{n}", town.industries["water"], title=f"行业{n}", catalogue="water")
        unit = make_unit(town.water_office, types[n % len(types)], title=f"单位{n}", industry=industry)
        OrganisationPhone.objects.create(page=unit, label="热线", number="12345")
        ServiceOutlet.objects.create(page=unit, name="营业厅", address="示例街")
        PhoneCheck.objects.create(organisation=unit, number="12345", tested_on=date(2026, 1, 1))
        units.append(unit)
    return units


def _withdrawn(town: Town, unit: Any) -> Any:
    page = make_disclosure(unit, town.entries["water_price"], title="撤下的")
    page.leave_public(Leaving(WithdrawalKind.REDIRECTED, "已合并", by=town.water_office, to=town.water))
    return page


def add_crowd(town: Town, numbers: range) -> None:
    """Add a row of every kind for each number."""
    for n, unit in zip(numbers, add_units(town, numbers), strict=True):
        image, document = make_image(unit, f"图{n}"), make_document(unit, f"文件{n}")
        content = body(image, document, town.school)
        entry = make_entry("water", f"X{n:02d}")
        old = make_disclosure(unit, entry, title=f"旧{n}") if n % 5 == 0 else None
        files = [DisclosureAttachment(title="附件", document=document)]
        paper = make_disclosure(unit, entry, body=content, supersedes=old, attachments=files)
        DisclosureKeyword.objects.create(
            content_object=paper, tag=Keyword.objects.get_or_create(name="词", slug="c")[0]
        )
        make_notice(unit, body=content, attachments=[NoticeAttachment(title="附件", document=document)])
        make_service_item(unit, unit.industry)
        Redirect.add_redirect(f"/old-{n}", redirect_to=unit)
        Redirect.add_redirect(f"/gone-{n}", redirect_to=_withdrawn(town, unit))
        make_page(StandardPage, unit, body=content)
