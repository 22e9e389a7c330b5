"""What may not be deleted by accident: organisations with anything below them, and whatever others rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from .models import OrganisationPage

if TYPE_CHECKING:
    from collections.abc import Iterable

# Names of the rows that stand in the way, shown before "等".
NAMES_SHOWN = 3


def refusal_to_delete(page: Any) -> str | None:
    """Say in a sentence why a page may not be deleted; None when it may.

    `page` must be specific. The database would refuse as well (PROTECT), but without a sentence.
    """
    if isinstance(page, OrganisationPage) and not page.is_leaf():
        return _("“%(title)s”之下还有 %(count)d 个页面，不能删除。单位撤销或合并的，请在名录中办理退出。") % {
            "title": page.title,
            "count": page.get_descendant_count(),
        }
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect([page])
    except ProtectedError as error:
        return _because(page, error.protected_objects)
    except RestrictedError as error:
        return _because(page, error.restricted_objects)
    return None


def _because(page: Any, rows: Iterable[Any]) -> str:
    found = list(rows)
    names = dict.fromkeys(f"{row._meta.verbose_name}“{row}”" for row in found[:NAMES_SHOWN])
    return _("“%(title)s”不能删除，因为还有以下内容依附于它：%(names)s（共 %(count)d 项）。") % {
        "title": page.title,
        "names": "、".join(names),
        "count": len(found),
    }
