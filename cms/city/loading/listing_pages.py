"""The pages that list: one per industry and branch, the service hall, the notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from pages.bulk import bulk_add
from pages.models import IndustryPage, NoticeIndexPage, ServiceIndexPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snippets.models import Industry

    from ..pack import Pack
    from .report import Report


def load_listing_pages(pack: Pack, portal: Page, industries: dict[str, Industry], report: Report) -> None:
    """Add the listing pages that are missing under the portal."""
    present = {page.industry_id: page for page in IndustryPage.objects.descendant_of(portal)}
    sectors = [industries[row.code] for row in pack.industries if not row.parent]
    branches = [industries[row.code] for row in pack.industries if row.parent]
    _add(portal, [_page(sector) for sector in sectors if sector.pk not in present], report)
    present = {page.industry_id: page for page in IndustryPage.objects.descendant_of(portal)}
    for sector in sectors:
        missing = [each for each in branches if each.parent_id == sector.pk and each.pk not in present]
        _add(present[sector.pk], [_page(branch) for branch in missing], report)
    for model, title, slug in ((ServiceIndexPage, "在线服务", "services"), (NoticeIndexPage, "公示公告", "notices")):
        if not model.objects.child_of(portal).exists():
            _add(portal, [model(title=title, slug=slug)], report)


def _page(industry: Industry) -> IndustryPage:
    return IndustryPage(title=industry.title, slug=industry.code, industry=industry, introduction=industry.summary)


def _add(parent: Page, pages: Iterable[Any], report: Report) -> None:
    pages = list(pages)
    bulk_add(Page.objects.get(pk=parent.pk), pages)
    report.created["listing page"] += len(pages)
