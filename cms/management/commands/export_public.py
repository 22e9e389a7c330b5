"""Write everything public as files, into /exports/."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.delivery.exports.formats import FORMATS, write_exports
from cms.delivery.exports.leaving import outdated
from cms.delivery.exports.workshop import BusyError, files_in

NIGHTLY_HOURS = range(1, 5)
NIGHT = timedelta(hours=12)


class Command(BaseCommand):
    """Write the exports; what is served changes only when all of them are whole."""

    help = "把全部公开内容写成数据文件，供 /exports/ 下载"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--format", action="append", choices=FORMATS, dest="formats", help="只写这种格式，可重复；默认全部"
        )
        parser.add_argument("--folder", type=Path, help="写到哪个文件夹（默认 EXPORT_ROOT）")
        parser.add_argument(
            "--due", action="store_true", help="只在该写的时候写：每晚一次，从来没有写过，或者其中有内容撤下"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        root: Path = options["folder"] or Path(settings.EXPORT_ROOT)
        if options["due"] and not is_due(root):
            return
        try:
            write_exports(root, options["formats"] or FORMATS, self.stdout.write)
        except BusyError:
            if options["due"]:
                # Whoever writes now writes what was due.
                return
            raise CommandError("另一个进程正在写这个文件夹，没有重写。") from None
        except OSError as error:
            raise CommandError(f"写不进 {root}：{error}") from error
        self.stdout.write(self.style.SUCCESS(f"已写入 {root}"))


def is_due(root: Path) -> bool:
    """Is it night and the last time not this night, is it a day ago, or has something in the files left the public?"""
    files = files_in(root)
    if outdated(files):
        return True
    written = [parse_datetime(each.written_at) for each in files]
    oldest = min((each for each in written if each), default=None)
    if oldest is None:
        return True
    age = timezone.now() - oldest
    return age > timedelta(days=1) or (age > NIGHT and timezone.localtime().hour in NIGHTLY_HOURS)
