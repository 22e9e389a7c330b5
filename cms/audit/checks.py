"""What `check` says about the audit: powers not separated, held by one person, a database that could rewrite it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.separation import conflicts, is_separated

TABLES = ("ledger_event", "ledger_seal")
RIGHTS = ("UPDATE", "DELETE", "TRUNCATE")


@register(Tags.security, deploy=True)
def check_separation(**kwargs: Any) -> list[CheckMessage]:
    """Recommend that the three powers lie in three hands."""
    if is_separated():
        return []
    hint = _("设 GONGKAI_SEPARATE_DUTIES=true，并用 manage.py appoint_auditor 任命审计员，见 docs/audit.md。")
    return [Warning(_("系统运维、人员管理、审计没有分立。"), hint=hint, id="gongkai.W050")]


@register(Tags.database)
def check_powers(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name whoever holds two of the three powers, from before they were separated. Two queries."""
    if "default" not in (databases or ()) or not is_separated():
        return []
    if Appointment._meta.db_table not in connections["default"].introspection.table_names():
        return []
    return [
        Warning(
            _("%(person)s（%(username)s）同时担任%(powers)s。")
            % {"person": user, "username": user.username, "powers": powers},
            hint=_("三权分立要求由不同的人担任，请免去其中一项。"),
            id="gongkai.W052",
        )
        for user, powers in conflicts()
    ]


@register(Tags.database, deploy=True)
def check_audit_owner(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Ask PostgreSQL whether the application's role could change the audit."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql" or TABLES[0] not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bool_or(has_table_privilege(name, privilege))"
                " FROM unnest(%s::text[]) AS name, unnest(%s::text[]) AS privilege",
                [list(TABLES), list(RIGHTS)],
            )
            (may,) = cursor.fetchone()
        if may:
            hint = _("请用 deploy/audit-owner.sql 把审计表交给单独的角色，见 docs/audit.md。")
            messages.append(Warning(_("应用的数据库账号可以改写审计表。"), hint=hint, id="gongkai.W051"))
    return messages
