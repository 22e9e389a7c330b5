"""Retire an industry template, before its plugin is removed."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from pages.lifecycle import Retirement, UnlawfulChange, plan_retirement, retire_industry

LISTED = 20


class Command(BaseCommand):
    """Turn the units of a template into plain units, typed values sealed, and take it off the branches."""

    help = "停用行业模板：其单位改为通用页面，字段封存，二级行业不再使用其目录；之后才可卸载插件"

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the template."""
        parser.add_argument("code", help="行业模板的代码，例如 library")
        parser.add_argument("--dry-run", action="store_true", help="只显示将要做的，不写入")

    def handle(self, *args: Any, code: str, dry_run: bool, **options: Any) -> None:
        """Plan, tell, retire."""
        try:
            plan = plan_retirement(code)
            self._tell(plan)
            if dry_run:
                self.stdout.write(_("以上为计划，没有写入。"))
                return
            retire_industry(code, progress=_Progress(len(plan.units)) if sys.stderr.isatty() else lambda: None)
        except UnlawfulChange as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(_("行业模板“%(code)s”已停用，可以卸载它的插件。") % {"code": code}))

    def _tell(self, plan: Retirement) -> None:
        types = _("、").join(str(page_type._meta.verbose_name) for page_type in plan.page_types) or _("无")
        self.stdout.write(_("页面类型：%(types)s") % {"types": types})
        self.stdout.write(_("改为通用单位页面：%(count)s 个（含译文）") % {"count": len(plan.units)})
        self._list(_("不再使用其目录的行业：%(count)s 个"), [branch.autocomplete_label() for branch in plan.branches])
        self.stdout.write(_("保留的目录事项：%(count)s 条，已公开的信息仍然引用它们") % {"count": plan.entries})
        self._list(
            _("含有其内容块的页面：%(count)s 个，插件卸载后这些块封存"), [f"{row.pk} {row}" for row in plan.holders]
        )
        self._list(_("只有它才有其类别的在线服务：%(count)s 项，请另选类别"), [str(item) for item in plan.services])
        self._list(
            _("插件自己的数据，卸载时由插件处理：%(count)s 张表"), [f"{name} {rows}" for name, rows in plan.tables]
        )

    def _list(self, heading: str, lines: list[str]) -> None:
        self.stdout.write(heading % {"count": len(lines)})
        for line in lines[:LISTED]:
            self.stdout.write(f"  {line}")
        if len(lines) > LISTED:
            self.stdout.write(_("  ……另有 %(count)s 个") % {"count": len(lines) - LISTED})


class _Progress:
    """Draws how many units are done."""

    def __init__(self, total: int) -> None:
        self.done, self.total = 0, total

    def __call__(self) -> None:
        self.done += 1
        sys.stderr.write(f"\r{self.done}/{self.total}" + ("\n" if self.done == self.total else ""))
        sys.stderr.flush()
