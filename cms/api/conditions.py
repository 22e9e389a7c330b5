"""Codes in parameters, resolved to rows. A code that names nothing is refused: an empty list would hide the typo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from pages.models import RosterEntry
from snippets.models import CatalogueEntry, Industry, LifeEvent

from .errors import BadParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


def industry_ids(parameter: str, codes: list[str]) -> set[int]:
    """Return the industries of these codes; a sector brings its branches."""
    rows = Industry.objects.filter(Q(code__in=codes) | Q(parent__code__in=codes)).values_list("pk", "code")
    _refuse_unknown(parameter, codes, {code for _pk, code in rows}, _("没有代码为“%(code)s”的行业。"))
    return {pk for pk, _code in rows}


def branch_ids(parameter: str, codes: list[str]) -> set[int]:
    """Return the second-level industries of these codes."""
    rows = Industry.objects.branches().filter(code__in=codes).values_list("pk", "code")
    _refuse_unknown(parameter, codes, {code for _pk, code in rows}, _("没有代码为“%(code)s”的二级行业。"))
    return {pk for pk, _code in rows}


def life_event_ids(parameter: str, codes: list[str]) -> set[int]:
    """Return the life events of these codes."""
    rows = LifeEvent.objects.filter(code__in=codes).values_list("pk", "code")
    _refuse_unknown(parameter, codes, {code for _pk, code in rows}, _("没有代码为“%(code)s”的人生事件。"))
    return {pk for pk, _code in rows}


def organisation_ids(parameter: str, codes: list[str]) -> set[int]:
    """Return the organisations of these roster codes, as their source-language pages."""
    rows = RosterEntry.objects.filter(code__in=codes).values_list("organisation_id", "code")
    _refuse_unknown(parameter, codes, {code for _pk, code in rows}, _("没有机构代码为“%(code)s”的单位。"))
    return {pk for pk, _code in rows}


def entry_ids(parameter: str, codes: list[str]) -> set[int]:
    """Return the catalogue entries named `catalogue:code`, or `code` in every catalogue; of every period."""
    wanted = Q()
    for each in codes:
        catalogue, _colon, code = each.rpartition(":")
        wanted |= Q(catalogue=catalogue, code=code) if catalogue else Q(code=code)
    rows = CatalogueEntry.objects.filter(wanted).values_list("pk", "catalogue", "code")
    known = {name for _pk, catalogue, code in rows for name in (code, f"{catalogue}:{code}")}
    _refuse_unknown(parameter, codes, known, _("没有编码为“%(code)s”的目录事项。"))
    return {pk for pk, _catalogue, _code in rows}


def catalogues_known(parameter: str, codes: list[str]) -> None:
    """Refuse a catalogue that has no entries."""
    known = set(CatalogueEntry.objects.filter(catalogue__in=codes).values_list("catalogue", flat=True).distinct())
    _refuse_unknown(parameter, codes, known, _("没有代码为“%(code)s”的公开目录。"))


def of_rows(queryset: QuerySet, rows: QuerySet, key: str, language: str) -> QuerySet:
    """Keep the pages some rows of a side table are about; the tables are kept for the source-language page."""
    if language == settings.LANGUAGE_CODE:
        return queryset.filter(pk__in=rows.values(key))
    return queryset.filter(translation_key__in=rows.values(f"{key}__translation_key"))


def _refuse_unknown(parameter: str, codes: Iterable[str], known: set[str], sentence: str) -> None:
    for code in codes:
        if code not in known:
            raise BadParameterError(parameter, sentence % {"code": code})
