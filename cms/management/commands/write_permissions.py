"""Write docs/permissions.md from the policies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.people.rights.markdown import as_markdown


class Command(BaseCommand):
    """Generate the overview of rights; a test compares the file with what would be generated."""

    help = "由权限策略重新生成 docs/permissions.md"

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to compare only."""
        parser.add_argument("--check", action="store_true", help="只比较，不写入")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write, or compare."""
        file, text = settings.BASE_DIR / "docs" / "permissions.md", as_markdown()
        if not check:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            raise CommandError("docs/permissions.md 与权限策略不一致，请运行 manage.py write_permissions。")
