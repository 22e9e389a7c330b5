"""Appoint the first auditor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from cms.audit.auditors import appoint_auditor
from pages.models import CityPortalPage


class Command(BaseCommand):
    """Appoint an auditor of the portal; those below he appoints himself, in the admin."""

    help = "任命门户的审计员（第一名审计员由此产生，下级审计员由他在后台任命）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the person."""
        parser.add_argument("person", help="用户名，或“用户名 姓名”（新账号）")

    def handle(self, *args: Any, person: str, **options: Any) -> None:
        """Appoint, tell; a first password is printed once."""
        portal = CityPortalPage.objects.order_by("path").first()
        if portal is None:
            raise CommandError(_("还没有市门户，请先载入城市包。"))
        try:
            appointed = appoint_auditor(organisation=portal, person=person, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        names = {"person": appointed.appointment.user, "place": portal.title}
        self.stdout.write(_("已任命%(person)s为“%(place)s”的审计员。") % names)
        if appointed.password:
            self.stdout.write(_("初始密码（只显示这一次）：%(password)s") % {"password": appointed.password})
