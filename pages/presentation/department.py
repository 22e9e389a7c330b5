"""The page of a supervising office: the units below it, what it has disclosed itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from snippets.models import Industry

from ..models import DepartmentPage
from . import reads
from .disclosed import Disclosed
from .dispatch import present
from .filters import CodeFilter, listed
from .organisation import base_context
from .reader import Reader
from .rows import organisation_rows

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..models import OrganisationPage


@present.register(DepartmentPage)
def department_context(page: DepartmentPage, request: HttpRequest) -> dict[str, Any]:
    """Return the units, by branch if asked, and the office's own disclosures."""
    reader = Reader(request)
    context = base_context(page, reader, with_all_below=True)
    disclosed = Disclosed.by(context["source"], reader, context["catalogue_url"])
    return {
        **context,
        **supervised_units(context["source"], reader),
        "industry_link": industry_link(page.industry, reader),
        "summary": disclosed.summary(),
        "groups": disclosed.groups(),
        "owed": disclosed.owed(timezone.localdate()),
    }


def supervised_units(source: OrganisationPage, reader: Reader) -> dict[str, Any]:
    """Return the units below an office, page by page, and a filter where there is more than one branch."""
    scope = reads.below(source)
    numbers = reads.unit_counts(scope)
    branches = Industry.objects.filter(pk__in=[pk for pk in numbers if pk])
    choices = [(branch.code, f"{branch.display_title} {numbers[branch.pk]}") for branch in branches]
    branch_filter = CodeFilter(reader.request, "branch", _("行业"), choices)
    chosen = Q(industry__code=branch_filter.chosen) if branch_filter.chosen else Q()
    units = reads.units_within(scope & chosen).select_related("industry").order_by("path")
    page = listed(reader.request, units)
    return {
        "unit_count": sum(numbers.values()),
        "unit_filter": branch_filter if len(choices) > 1 else None,
        "unit_page": page,
        "units": organisation_rows(reader, page.object_list),
    }


def industry_link(industry: Industry | None, reader: Reader) -> dict[str, Any] | None:
    """Return the page of the industry an office supervises."""
    if industry is None:
        return None
    page = next((page for page in reads.industry_pages() if page.industry_id == industry.pk), None)
    return {"title": industry.display_title, "url": reader.url(page)} if page else None
