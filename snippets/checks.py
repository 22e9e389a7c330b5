"""What operators are told about the reference data. Asks the database: runs with `check --database` and `migrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import CalendarDay
from .workdays import missing_years, years_to_know

if TYPE_CHECKING:
    from collections.abc import Sequence


@register(Tags.database)
def check_calendar(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Name the years whose days off nobody has entered: limits that reach into them are provisional."""
    if not databases or CalendarDay._meta.db_table not in connections[databases[0]].introspection.table_names():
        return []
    missing = missing_years(years_to_know(timezone.localdate()))
    if not missing:
        return []
    years = "、".join(map(str, missing))
    return [
        Warning(
            _("工作日历里还没有 %(years)s 年的安排：涉及的期限按周一至周五计算，注明“暂定”。") % {"years": years},
            hint=_("国务院办公厅公布后，在后台“工作日历”中补录。"),
            id="gongkai.W040",
        )
    ]
