"""Service items of a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.models import Locale

from pages.identity import source_locale_id
from snippets.models import ServiceItem

from .drafts import is_left_alone

if TYPE_CHECKING:
    from pages.models import OrganisationPage
    from snippets.models import Industry

    from ..planned import Plan, PlannedService
    from .report import Report


def load_services(
    plan: Plan, industries: dict[str, Industry], pages: dict[str, OrganisationPage], report: Report
) -> None:
    """Bring the service items to what the pack says; an item without a link stays a draft."""
    locale = Locale.objects.get(pk=source_locale_id())
    known = {item.code: item for item in ServiceItem.objects.filter(locale=locale)}
    for planned in plan.services:
        item = known.get(planned.code) or ServiceItem(code=planned.code, locale=locale, live=False)
        _bring(item, _values(planned, industries, pages), planned, report)


def _values(
    planned: PlannedService, industries: dict[str, Industry], pages: dict[str, OrganisationPage]
) -> dict[str, Any]:
    provider = pages.get(planned.provider_key)
    return {
        "title": planned.row.name,
        "service_class": planned.row.service_class,
        "industry": industries[planned.industry],
        "provider_id": provider.pk if provider else None,
        "link": planned.row.url,
        "personal_input": "；".join(planned.row.personal_input),
        "output": planned.row.output,
    }


def _bring(item: ServiceItem, values: dict[str, Any], planned: PlannedService, report: Report) -> None:
    is_new = item.pk is None
    latest = item if is_new else item.get_latest_revision_as_object()
    if not is_new and all(getattr(latest, name) == value for name, value in values.items()):
        report.unchanged["service"] += 1
        return
    if not is_new and is_left_alone(item, report):
        return
    (report.created if is_new else report.updated)["service"] += 1
    for name, value in values.items():
        setattr(latest, name, value)
    latest.full_clean()
    if is_new:
        latest.save()
    revision = latest.save_revision()
    if not planned.is_draft:
        revision.publish(skip_permission_checks=True)
