"""House rules as system checks.

Templates of industries and of pages are checked whenever Django checks anything. What asks the database runs with
`check --database default` and `migrate`; rows of a missing plugin are also looked for when the web server, the worker
or the demo starts, and then nothing starts. What concerns production runs with `check --deploy`.
Blocks whose plugin is gone are named by `blocks.checks`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, Revision, get_page_models

from pages.industry_templates import HOOK, Catalogue, IndustryTemplate, catalogues
from pages.models import BasePage, UnitPage
from snippets.models import Industry

from .front_preview import checks as front_preview_checks  # noqa: F401 (registers)
from .routing import checks as routing_checks  # noqa: F401 (registers)
from .search.engines.checks import check_search_engine
from .sign_in.checks import check_door

logger = logging.getLogger(__name__)

NAMED = 5


@register(Tags.compatibility)
def check_industry_templates(**kwargs: Any) -> list[CheckMessage]:
    """Look at what the plugins declare: a wrong return of a hook would fail late, in a page nobody opens."""
    declared = [(declare, declare()) for declare in hooks.get_hooks(HOOK)]
    messages: list[CheckMessage] = [
        Error(_("%(place)s 没有返回 IndustryTemplate。") % {"place": _place(declare)}, id="gongkai.E001")
        for declare, template in declared
        if not isinstance(template, IndustryTemplate)
    ]
    templates = [template for _declare, template in declared if isinstance(template, IndustryTemplate)]
    brought = [catalogue for template in templates for catalogue in template.catalogues]
    for code in _twice(template.code for template in templates):
        messages.append(Error(_("两个行业模板的代码都是“%(code)s”。") % {"code": code}, id="gongkai.E002"))
    for code in _twice(catalogue.code for catalogue in brought):
        messages.append(Error(_("两个公开目录的代码都是“%(code)s”。") % {"code": code}, id="gongkai.E003"))
    return messages + [message for catalogue in brought for message in _catalogue_errors(catalogue)]


def _catalogue_errors(catalogue: Catalogue) -> Iterator[CheckMessage]:
    if not catalogue.file.is_file():
        names = {"code": catalogue.code, "file": catalogue.file}
        yield Error(_("公开目录“%(code)s”的文件不存在：%(file)s") % names, id="gongkai.E004")
    if catalogue.page_type is None:
        return
    try:
        is_unit = issubclass(apps.get_model(catalogue.page_type), UnitPage)
    except (LookupError, ValueError):
        is_unit = False
    if not is_unit:
        names = {"code": catalogue.code, "label": catalogue.page_type}
        yield Error(_("公开目录“%(code)s”的页面类型 %(label)s 不是单位页面。") % names, id="gongkai.E005")


def _place(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _twice(codes: Any) -> list[str]:
    return sorted(code for code, times in Counter(codes).items() if times > 1)


@register(Tags.templates)
def check_page_templates(**kwargs: Any) -> list[CheckMessage]:
    """Ask every page type of ours that somebody can create for its template: without one, its page is an error 500."""
    messages: list[CheckMessage] = []
    for model in get_page_models():
        if issubclass(model, BasePage) and model.is_creatable:
            names = model.template_names()
            try:
                select_template(names)
            except TemplateDoesNotExist:
                message = _("页面类型没有模板，需要其一：%(names)s") % {"names": _("、").join(names)}
                messages.append(Error(message, obj=model, id="gongkai.E006"))
    return messages


@register(Tags.database)
def check_orphans(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name the rows of page types that are not installed: Wagtail shows them empty and cannot edit, move or copy them.

    Two queries when all is in order. An error, or, while migrations wait that may rename the type, a warning.
    """
    return [message for alias in databases or () for message in _orphans(alias)]


def _orphans(alias: str) -> Iterator[CheckMessage]:
    if Page._meta.db_table not in connections[alias].introspection.table_names():
        return
    gone = {each.pk: each for each in ContentType.objects.using(alias).all() if each.model_class() is None}
    if not gone:
        return
    pages = Page.objects.using(alias).filter(content_type__in=gone)
    revisions = Revision.objects.using(alias).filter(content_type__in=gone)
    rows: Counter[int] = Counter()
    for found in (pages, revisions):
        rows.update(dict(found.order_by().values_list("content_type").annotate(Count("pk"))))
    if not rows:
        return
    titles = _("、").join(pages.order_by("path").values_list("title", flat=True)[:NAMED])
    level = Warning if _migrations_wait(alias) else Error
    for pk, count in rows.items():
        names = {"label": ".".join(gone[pk].natural_key()), "count": count, "titles": titles}
        yield level(
            _("类型 %(label)s 没有安装，却还有 %(count)s 条页面和历史版本（例如：%(titles)s）。") % names,
            hint=_("请装回带来它的插件；要卸载插件，先运行 manage.py retire_industry。见 docs/industry-plugins.md。"),
            id="gongkai.E010" if level is Error else "gongkai.W010",
        )


def _migrations_wait(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@register(Tags.database)
def check_assigned_catalogues(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name the industries whose catalogue no installed template brings: their units would owe nothing."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        if Industry._meta.db_table not in connections[alias].introspection.table_names():
            continue
        assigned = Industry.objects.using(alias).exclude(catalogue="").exclude(catalogue__in=catalogues())
        for code, title in assigned.values_list("catalogue", "title")[:NAMED]:
            messages.append(
                Error(
                    _("行业“%(title)s”使用的公开目录“%(code)s”没有安装。") % {"title": title, "code": code},
                    hint=_("请装回带来它的行业模板，或在后台为该行业另选一个目录。"),
                    id="gongkai.E011",
                )
            )
    return messages


def refuse_to_start() -> None:
    """Raise SystemCheckError when rows of a missing plugin exist, production's door is open, or nobody could search.

    Called by whatever serves or works.

    A database that does not answer stops nothing here: `/readyz` says so.
    """
    errors = [message for message in [*check_door(), *check_search_engine()] if message.is_serious()]
    try:
        errors += [message for message in check_orphans(["default"]) if message.is_serious()]
    except DatabaseError as error:
        logger.warning("Rows of missing plugins not looked for: %s", error)
    if errors:
        raise SystemCheckError("\n".join(str(error) for error in errors))


@register(Tags.security, deploy=True)
def check_embedded_profile(**kwargs: Any) -> list[CheckMessage]:
    """Name what belongs to the demo and to one machine, and not to production."""
    database = settings.DATABASES["default"]["ENGINE"]
    cache = settings.CACHES["default"]["BACKEND"]
    found = [
        (settings.SITE_IS_SAMPLE, "W020", _("SITE_IS_SAMPLE 已打开：整个网站标为示例。")),
        ("sqlite" in database, "W021", _("数据库是 SQLite；生产环境请用 DATABASE_URL 指向 PostgreSQL。")),
        ("locmem" in cache, "W022", _("缓存只在单个进程内；生产环境请用 CACHE_URL 指向 Redis。")),
        (settings.SECRET_KEY.startswith("insecure-"), "W023", _("SECRET_KEY 是公开的演示密钥。")),
    ]
    return [Warning(text, id=f"gongkai.{number}") for is_so, number, text in found if is_so]
