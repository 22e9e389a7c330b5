"""What somebody is working on is not loaded over: a load publishes, and would publish or bury an unapproved draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .report import Report


def is_left_alone(subject: Any, report: Report) -> bool:
    """Has somebody a draft of this page or item, submitted or not? Then the report says that it waits."""
    if not subject.has_unpublished_changes or subject.latest_revision is None or not subject.latest_revision.user_id:
        return False
    report.remarks.append(
        _("“%(title)s”有人正在修改或正在审核，本次没有更新；请在公开或放弃修改之后再载入一次。") % {"title": subject}
    )
    return True
