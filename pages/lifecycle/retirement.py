"""Retire an industry template while its plugin is still installed: afterwards the plugin can be removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import Page

from blocks.checks import content_fields
from ledger.events import record
from snippets.models import CatalogueEntry, Industry, ServiceItem
from snippets.templates_hook import SERVICE_CLASSES

from ..industry_templates import FALLBACK_CATALOGUES, app_of, installed
from ..models import UnitPage
from .change import UnlawfulChange, as_unit, change_page, strangers
from .sealing import Steps
from .traces import content_type_of, restamp_the_departed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..industry_templates import IndustryTemplate


@dataclass(frozen=True)
class Retirement:
    """What the retirement of a template does.

    `units` are those that become plain units, by number, title and translations included; `branches` lose their
    catalogue; `entries` and the content in `holders` stay: the register goes on citing the ones, the other is sealed
    once the plugin is gone. `services` have a class that only this template brings. `tables` are the plugin's other
    rows, which nobody but the plugin understands.
    """

    template: IndustryTemplate
    page_types: tuple[type[UnitPage], ...]
    units: tuple[int, ...]
    branches: tuple[Industry, ...]
    entries: int
    holders: tuple[Any, ...]
    services: tuple[ServiceItem, ...]
    tables: tuple[tuple[str, int], ...]


def plan_retirement(code: str) -> Retirement:
    """Say what retiring a template will do, and change nothing. Raises UnlawfulChange."""
    template = _template(code)
    page_types = tuple(_page_types(template))
    _refuse_other_pages(template)
    _refuse_strangers(page_types)
    catalogues = [catalogue.code for catalogue in template.catalogues]
    of_types = Page.objects.filter(content_type__in=map(content_type_of, page_types))
    return Retirement(
        template=template,
        page_types=page_types,
        units=tuple(of_types.order_by("path").values_list("pk", flat=True)),
        branches=tuple(Industry.objects.filter(catalogue__in=catalogues).select_related("parent")),
        entries=CatalogueEntry.objects.filter(catalogue__in=catalogues).count(),
        holders=tuple(holders_of(dict(template.blocks))),
        services=tuple(ServiceItem.objects.filter(service_class__in=_own_service_kinds(template)).order_by("code")),
        tables=tuple(_other_tables(template)),
    )


@transaction.atomic
def retire_industry(code: str, user: Any = None, progress: Callable[[], None] = lambda: None) -> Retirement:
    """Turn all units of a template into plain units, its typed values sealed, and take it off the branches.

    `progress` is called after each unit. All or nothing. Raises UnlawfulChange.
    """
    retirement = plan_retirement(code)
    for pk in retirement.units:
        change_page(as_unit(Page.objects.get(pk=pk)), UnitPage, user)
        progress()
    for page_type in retirement.page_types:
        restamp_the_departed(page_type, UnitPage)
    for branch in retirement.branches:
        branch.catalogue = ""
        branch.save(update_fields=["catalogue"])
        log(branch, "wagtail.edit", user=user)
    record("industry.retired", actor=user, template=code, units=len(retirement.units))
    return retirement


def holders_of(names: Any) -> Iterator[Any]:
    """Yield the rows whose content holds blocks of these names. Reads all content: for rare occasions."""
    for name in names:
        for field in content_fields():
            texts = field.model._base_manager.annotate(words=Cast(field.name, TextField()))
            for row in texts.filter(words__contains=f'"{name}"').order_by("pk"):
                if any(block["type"] == name for block in getattr(row, field.name).raw_data):
                    yield row


def _template(code: str) -> IndustryTemplate:
    templates = {template.code: template for template in installed()}
    if code not in templates:
        names = {"code": code, "known": _("、").join(templates)}
        raise UnlawfulChange(_("没有安装行业模板“%(code)s”；已安装：%(known)s。") % names)
    if FALLBACK_CATALOGUES & {catalogue.code for catalogue in templates[code].catalogues}:
        raise UnlawfulChange(_("行业模板“%(code)s”带来机关和通用目录，其他行业都靠它，不能停用。") % {"code": code})
    return templates[code]


def _own_service_kinds(template: IndustryTemplate) -> set[str]:
    others = {kind for other in installed() if other.code != template.code for kind, _label in other.service_kinds}
    return {kind for kind, _label in template.service_kinds} - others - {kind for kind, _label in SERVICE_CLASSES}


def _models(template: IndustryTemplate) -> list[Any]:
    app = app_of(template.code)
    return list(app.get_models()) if app else []


def _page_types(template: IndustryTemplate) -> Iterator[type[UnitPage]]:
    declared = {catalogue.page_type for catalogue in template.catalogues}
    models = {*_models(template), *(apps.get_model(label) for label in declared if label)}
    for model in sorted(models - {UnitPage}, key=lambda model: str(model._meta.label)):
        if issubclass(model, UnitPage):
            yield model


def _refuse_other_pages(template: IndustryTemplate) -> None:
    for model in _models(template):
        if issubclass(model, Page) and not issubclass(model, UnitPage) and (count := model.objects.count()):
            names = {"count": count, "type": model._meta.verbose_name}
            raise UnlawfulChange(_("还有 %(count)s 个“%(type)s”页面，请先移走其内容并删除。") % names)


def _refuse_strangers(page_types: Sequence[type[UnitPage]]) -> None:
    for page_type in page_types:
        for relation in strangers(Steps.between(page_type, UnitPage)):
            rows = relation.related_model
            if rows not in page_types and (count := rows._base_manager.exclude(**{relation.field.name: None}).count()):
                names = {"count": count, "rows": rows._meta.verbose_name, "type": page_type._meta.verbose_name}
                raise UnlawfulChange(_("还有 %(count)s 条“%(rows)s”指向%(type)s，请先处理。") % names)


def _other_tables(template: IndustryTemplate) -> Iterator[tuple[str, int]]:
    for model in _models(template):
        belongs_to_page = issubclass(model, Page) or any(isinstance(f, ParentalKey) for f in model._meta.local_fields)
        if not belongs_to_page and (count := model._base_manager.count()):
            yield str(model._meta.verbose_name), count
