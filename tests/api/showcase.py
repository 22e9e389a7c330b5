"""One row of each kind with everything filled in, as a site that pulls would like to see it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file

from media.models import Document, Image
from pages.models import (
    DisclosureAttachment,
    IndustryPage,
    OrganisationPhone,
    PhoneCheck,
    RosterState,
    ServiceIndexPage,
    ServiceOutlet,
    StandardPage,
)
from pages.roster import set_roster_state
from snippets.models import ItemHealth, LifeEvent, LifeEventItem
from tests.blocks.samples import VALUES
from tests.factories import make_disclosure, make_notice, make_page, make_service_item
from tests.town import Town

BEIJING = ZoneInfo("Asia/Shanghai")


def build_showcase(town: Town) -> SimpleNamespace:
    """Fill the town."""
    image, document = _files(town)
    _describe_water(town)
    _describe_school(town)
    old = make_disclosure(town.water, town.entries["water_price"], title="旧水价", document_number="示例价〔2025〕1号")
    return SimpleNamespace(
        water=town.water,
        school=town.school,
        district=town.district,
        industry=town.industries["waterworks"],
        entry=town.entries["school_admission"],
        image=image,
        document=document,
        old=old,
        disclosure=_disclosure(town, old, document, image),
        notice=_notice(town),
        service=_service(town),
        hall=make_page(ServiceIndexPage, town.portal, title="在线服务大厅", slug="services"),
        industry_page=make_page(IndustryPage, town.portal, title="供水", industry=town.industries["water"]),
        redirect=Redirect.add_redirect("/old-water", redirect_to=town.water),
        standard_page=make_page(
            StandardPage, town.portal, title="公开指南", kind="guide", body=[("text", "<p>怎样查信息。</p>")]
        ),
    )


def _files(town: Town) -> tuple[Image, Document]:
    image = Image.objects.create(
        title="取水口",
        description="取水口外景",
        source="本单位拍摄",
        file=get_test_image_file(size=(1000, 500)),
        owner_organisation=town.water,
    )
    document = Document.objects.create(
        title="收费依据文件",
        file=ContentFile(b"%PDF-1.7", "basis.pdf"),
        file_size=8,
        file_hash="a" * 40,
        owner_organisation=town.water,
    )
    return image, document


def _describe_water(town: Town) -> None:
    water = town.water
    values = {
        "short_name": "示例水务",
        "introduction": "负责示例区供水。",
        "address": "示例街 18 号",
        "longitude": Decimal("121.614700"),
        "latitude": Decimal("38.914000"),
        "hours": "工作日 8:30–17:00",
        "website": "https://water.example.cn/",
        "supervision_phone": "12345",
        "service_area": "示例区全域",
        "service_divisions": "210202；210203008",
        "hotline": "0411-80000000",
        "households": 5000,
        "daily_capacity": Decimal("12.50"),
    }
    for name, value in values.items():
        setattr(water, name, value)
    water.save()
    OrganisationPhone.objects.create(page=water, label="24 小时热线", number="0411-80000000", is_hotline=True)
    OrganisationPhone.objects.create(page=water, label="总机", number="0411-80000001")
    PhoneCheck.objects.create(organisation=water, number="0411-80000000", tested_on=date(2026, 11, 2))
    ServiceOutlet.objects.create(
        page=water,
        name="示例营业厅",
        division_code="210202",
        address="示例街 20 号",
        hours="工作日 8:30–16:30",
        phones="0411-80000002；0411-80000003",
        services="缴费；过户",
        longitude=Decimal("121.6"),
        latitude=Decimal("38.9"),
    )
    set_roster_state(water, RosterState.INCLUDED, "首批纳入名录的通知（示例）", date(2026, 1, 1))


def _describe_school(town: Town) -> None:
    town.school.stage, town.school.boarding, town.school.classes = "primary", True, 24
    town.school.save()


def _tagged(make: Any, keywords: list[str], *args: Any, **fields: Any) -> Any:
    page = make(*args, **fields)
    page.tags.set(keywords)
    page.save_revision().publish(skip_permission_checks=True)
    return page


def _disclosure(town: Town, old: Any, document: Document, image: Image) -> Any:
    return _tagged(
        make_disclosure,
        ["水价", "收费"],
        town.water,
        town.entries["water_price"],
        title="新水价",
        summary="调整居民生活用水价格。",
        document_number="示例价〔2026〕18号",
        generated_on=date(2026, 11, 20),
        supersedes=old,
        attachments=[DisclosureAttachment(title="收费依据", document=document)],
        body=[
            ("text", '<p>自2026年12月1日起执行。见<a href="/guide/">指南</a>。</p>'),
            ("fee_table", VALUES["fee_table"]),
            ("image", {"picture": {"image": image, "decorative": False, "alt_text": "取水口"}, "caption": "取水口"}),
            ("document_list", {"title": "附件", "files": [{"title": "依据", "number": "", "document": document}]}),
        ],
    )


def _notice(town: Town) -> Any:
    return _tagged(
        make_notice,
        ["停水"],
        town.water,
        title="示例街道计划停水",
        kind="planned_outage",
        entry=town.entries["water_outage"],
        starts_at=datetime(2026, 11, 25, 8, tzinfo=BEIJING),
        ends_at=datetime(2026, 11, 25, 16, tzinfo=BEIJING),
        area="示例街道、示例小区",
        division_codes="210202001；210202002",
        reason="管道更新",
        contact_phone="0411-80000000",
        body=[("text", "<p>请提前储水。</p>")],
    )


def _service(town: Town) -> Any:
    item = make_service_item(
        town.water,
        town.industries["waterworks"],
        code="W001",
        title="水费查询",
        link="https://water.example.cn/bill",
        personal_input="用户号；身份证号后四位",
        output="近十二个月账单",
        fee="不收费",
        hours="全天",
        time_limit="即时",
        materials="水费通知单",
        steps="输入用户号\n查看账单",
        help_text="用户号印在水费通知单上。",
        place="各营业厅",
        phone="0411-80000000",
    )
    checked = datetime(2026, 11, 1, 9, tzinfo=BEIJING)
    ItemHealth.objects.create(item=item, state="working", since=checked, confirmed_on=checked.date())
    moving = LifeEvent.objects.create(code="moving", title="搬家", title_en="Moving")
    LifeEventItem.objects.create(event=moving, item=item)
    return item
