"""Change the page type of an existing unit."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from pages.industry_templates import page_type_for
from pages.lifecycle import TypeChange, UnlawfulChange, change_unit_type, find_unit, page_type_named, plan_change


class Command(BaseCommand):
    """Keep the unit's number, place, children, revisions and history; seal what the new type has no field for."""

    help = "更改已有单位的页面类型：编号、位置、下级、历史版本不变，原类型的字段封存，改回时恢复"

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the unit and its new type."""
        parser.add_argument("unit", help="单位的名录编码或页面编号")
        parser.add_argument("page_type", help="新的页面类型，例如 water.WaterPage")
        parser.add_argument("--dry-run", action="store_true", help="只显示将要做的，不写入")

    def handle(self, *args: Any, unit: str, page_type: str, dry_run: bool, **options: Any) -> None:
        """Plan, change, tell."""
        try:
            page, new = find_unit(unit), page_type_named(page_type)
            change = plan_change(page, new) if dry_run else change_unit_type(page, new)
        except UnlawfulChange as error:
            raise CommandError(str(error)) from error
        self._tell(change)
        done = _("以上为计划，没有写入。") if dry_run else _("已更改。")
        self.stdout.write(done if dry_run else self.style.SUCCESS(done))

    def _tell(self, change: TypeChange) -> None:
        names = {
            "title": change.page.title,
            "old": f"{change.old._meta.verbose_name}（{change.old._meta.label}）",
            "new": f"{change.new._meta.verbose_name}（{change.new._meta.label}）",
        }
        self.stdout.write(_("“%(title)s”：%(old)s → %(new)s") % names)
        counts = {"copies": change.copies, "revisions": change.revisions}
        self.stdout.write(_("随同的译文和别名 %(copies)s 个，历史版本 %(revisions)s 个。") % counts)
        for label in change.sealed:
            self.stdout.write(_("封存 %(label)s 的字段。") % {"label": label})
        for label in change.restored:
            self.stdout.write(_("恢复 %(label)s 的字段。") % {"label": label})
        usual = page_type_for(change.page.catalogue_code)
        if usual is not change.new:
            names = {"industry": change.page.industry or _("未定"), "label": usual._meta.label}
            self.stdout.write(
                _("提示：行业“%(industry)s”的新单位用的是 %(label)s；公开目录由行业决定，不随类型改变。") % names
            )
