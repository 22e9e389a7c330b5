"""The whole load, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Site

from pages.bulk import analyse
from snippets.models import PortalSettings

from .life_events import load_life_events
from .listing_pages import load_listing_pages
from .organisations import OrganisationLoader
from .reference import load_entries, load_industries
from .report import Report
from .services import load_services
from .words import load_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ..planned import Plan


def load(plan: Plan, progress: Callable[[int], None] | None = None, on: date | None = None) -> Report:
    """Write a plan to the database; all of it or nothing.

    A second load of the same pack changes nothing; a changed row updates one page; what vanished is reported and
    never deleted.
    """
    report = Report()
    with transaction.atomic():
        for language in plan.pack.city.languages:
            Locale.objects.get_or_create(language_code=language)
        industries = load_industries(plan.pack, report)
        load_entries(plan.pack, report)
        # Before anything is indexed that is cut by them.
        load_words(plan.pack, report)
        organisations = OrganisationLoader(plan, industries, report, on or timezone.localdate())
        pages = organisations.load(progress or (lambda count: None))
        portal = pages[plan.organisations[0].key]
        load_listing_pages(plan.pack, portal, industries, report)
        load_services(plan, industries, pages, report)
        load_life_events(plan, report)
        _settle_portal(plan)
    if report.changed:
        analyse()
    return report


def _settle_portal(plan: Plan) -> None:
    """Write the portal's settings at the first load; later they belong to the disclosure office."""
    city, site = plan.pack.city, Site.objects.get(is_default_site=True)
    if PortalSettings.objects.filter(site=site).exclude(host_name="").exists():
        return
    settings = PortalSettings.for_site(site)
    settings.site_name = f"{city.name.removesuffix('市')}办事公开"
    if city.name_en:
        settings.site_name_en = f"{city.name_en} Office Disclosure"
    settings.host_name = city.disclosure_office
    settings.index_number_scheme = city.index_number
    settings.is_sample = city.is_sample
    settings.save()
