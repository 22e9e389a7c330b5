"""Release somebody, or an address, who failed to sign in too often."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from cms.sign_in.lockout import release, release_address


class Command(BaseCommand):
    """The lock ends by itself; this ends it now."""

    help = "解除登录锁定：按用户名，或用 --address 按来源地址"

    def add_arguments(self, parser: CommandParser) -> None:
        """Say who."""
        parser.add_argument("username", nargs="?", help="用户名")
        parser.add_argument("--address", help="来源地址")

    def handle(self, *args: Any, username: str | None, address: str | None, **options: Any) -> None:
        """Release, and say whether there was anything to release."""
        if bool(username) == bool(address):
            raise CommandError("请给出用户名或 --address，二者取一。")
        released = release_address(address) if address else release(self._user(username or ""))
        self.stdout.write("已解除锁定。" if released else "没有失败记录，不需要解除。")

    def _user(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"没有用户名为“{username}”的账号。")
        return user
