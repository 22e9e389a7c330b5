"""After whatever change, no stored answer is another than the one that would be rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from accounts.withdrawable import Leaving, WithdrawalKind
from pages.lifecycle import change_unit_type
from pages.models import PhoneCheck, PublicationRecord, RosterEntry, RosterState, UnitPage
from snippets.models import PortalSettings, ServiceItem
from tests.factories import make_disclosure, make_notice, make_service_item, make_unit

from .acts import Kept, publish


@contextmanager
def undone() -> Iterator[None]:
    """Let something happen, then let it not have happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def rename_unit(kept: Kept) -> None:
    publish(kept.town.water, title="改名的公司")


def rename_superior(kept: Kept) -> None:
    publish(kept.town.water_office, title="改名的局")


def rename_district(kept: Kept) -> None:
    publish(kept.town.district, title="改名的区")


def publish_new(kept: Kept) -> None:
    make_disclosure(kept.town.water, kept.town.entries["water_profile"], title="新公开")


def publish_elsewhere(kept: Kept) -> None:
    make_disclosure(kept.town.school, kept.town.entries["school_admission"], title="招生计划")


def publish_same_group(kept: Kept) -> None:
    make_disclosure(kept.town.water, kept.town.entries["water_price"], title="另一个水价")


def supersede(kept: Kept) -> None:
    make_disclosure(kept.town.water, kept.town.entries["water_price"], title="新水价", supersedes=kept.price)


def repeal(kept: Kept) -> None:
    make_disclosure(kept.town.water, kept.town.entries["water_price"], title="废止通知", repeals=kept.price)


def edit_newest_of_a_line(kept: Kept) -> None:
    publish(kept.price, title="水价改了题目")


def other_entry(kept: Kept) -> None:
    publish(kept.price, entry=kept.town.entries["water_profile"])


def withdraw(kept: Kept) -> None:
    kept.price.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))


def withdraw_with_notice(kept: Kept) -> None:
    kept.outage.leave_public(Leaving(WithdrawalKind.NOTICE, "内容有误"))


def unpublish(kept: Kept) -> None:
    kept.old_price.unpublish()


def delete(kept: Kept) -> None:
    kept.outage.delete()


def move(kept: Kept) -> None:
    kept.town.water.move(kept.town.street, pos="last-child")


def new_slug(kept: Kept) -> None:
    publish(kept.town.water, slug="another")


def new_notice(kept: Kept) -> None:
    make_notice(kept.town.portal, title="全市公告")


def new_notice_beside(kept: Kept) -> None:
    make_notice(kept.town.water, title="另一处停水", kind="planned_outage")


def withdraw_notice_beside(kept: Kept) -> None:
    kept.beside.leave_public(Leaving(WithdrawalKind.GONE, "内容有误"))


def new_unit(kept: Kept) -> None:
    make_unit(kept.town.street, title="新单位", industry=kept.town.industries["hall"])


def suspend(kept: Kept) -> None:
    row = RosterEntry.objects.get(organisation=kept.town.water)
    row.state, row.basis = RosterState.SUSPENDED, "示例依据"
    row.save()


def ring(kept: Kept) -> None:
    PhoneCheck.objects.create(organisation=kept.town.water, number="12345", tested_on=timezone.localdate())


def rename_entry(kept: Kept) -> None:
    entry = kept.town.entries["water_price"]
    entry.title = "改名的事项"
    entry.save()


def rename_industry(kept: Kept) -> None:
    industry = kept.town.industries["waterworks"]
    industry.title = "改名的行业"
    industry.save()


def rename_portal(kept: Kept) -> None:
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    settings.site_name = "改名的网站"
    settings.save()


def rename_standard_page(kept: Kept) -> None:
    publish(kept.about, title="关于我们")


def move_hall(kept: Kept) -> None:
    publish(kept.hall, slug="hall-of-services")


def change_item(kept: Kept) -> None:
    item = ServiceItem.objects.get(pk=kept.item.pk)
    item.title = "改名的服务"
    item.save_revision().publish()


def new_item(kept: Kept) -> None:
    make_service_item(kept.town.water, kept.town.industries["waterworks"], title="另一项服务")


def withdraw_item(kept: Kept) -> None:
    ServiceItem.objects.get(pk=kept.item.pk).leave_public(Leaving(WithdrawalKind.GONE, "停办"))


def change_translation(kept: Kept) -> None:
    publish(kept.price.get_translations().first(), title="Another price")


def unpublish_translation(kept: Kept) -> None:
    kept.price.get_translations().first().unpublish()


def other_type(kept: Kept) -> None:
    change_unit_type(kept.town.hall, UnitPage if type(kept.town.hall) is not UnitPage else type(kept.town.water))


CHANGES: list[Callable[[Kept], Any]] = [
    rename_unit,
    rename_superior,
    rename_district,
    publish_new,
    publish_elsewhere,
    publish_same_group,
    supersede,
    repeal,
    edit_newest_of_a_line,
    other_entry,
    withdraw,
    withdraw_with_notice,
    unpublish,
    delete,
    move,
    new_slug,
    new_notice,
    new_notice_beside,
    withdraw_notice_beside,
    new_unit,
    suspend,
    ring,
    rename_entry,
    rename_industry,
    rename_portal,
    rename_standard_page,
    move_hall,
    change_item,
    new_item,
    withdraw_item,
    change_translation,
    unpublish_translation,
    other_type,
]


def test_every_public_answer_is_kept(kept: Kept) -> None:
    missing = set(kept.all_addresses()) - kept.fresh()

    assert missing == set()
    assert kept.wrong() == []


def test_nothing_stale_is_left_by_any_change(kept: Kept) -> None:
    before, left = kept.fresh(), {}

    for change in CHANGES:
        with undone():
            change(kept.again())
            assert kept.fresh() < before, f"{change.__name__} marked nothing"
            left[change.__name__] = kept.wrong()

    assert {name: wrong for name, wrong in left.items() if wrong} == {}


def test_what_a_disclosure_changes_is_a_small_part(kept: Kept) -> None:
    before = kept.fresh()

    publish_new(kept)

    left = kept.fresh()
    looked_at = {kept.outage.url, kept.town.water.url, kept.town.school.url, kept.about.url}
    assert looked_at & left == {kept.outage.url, kept.town.school.url}
    assert len(left) > len(before) / 2
    assert PublicationRecord.objects.count() == 6
