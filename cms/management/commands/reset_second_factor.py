"""Take the second factor from somebody who has lost the telephone and the codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from cms.sign_in.assistance import reset_second_factor


class Command(BaseCommand):
    """The person sets up a new device at the next sign-in. Make sure that it is the person who asks."""

    help = "重置一个人的两步验证（手机和恢复码都没有了）；请先核实本人"

    def add_arguments(self, parser: CommandParser) -> None:
        """Say whose."""
        parser.add_argument("username", help="用户名")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Reset it, and say whether there was one."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有用户名为“{username}”的账号。")
        if not reset_second_factor(user):
            raise CommandError(f"“{username}”没有启用两步验证。")
        self.stdout.write(f"已重置“{username}”的两步验证，原设备和恢复码作废。")
