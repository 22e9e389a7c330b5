"""Lock what an act on a subject is going to write, in the one order of locks (see `accounts.one_at_a_time`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Page, Revision, WorkflowState

from accounts.one_at_a_time import hold

from .models import Bundle

if TYPE_CHECKING:
    from collections.abc import Sequence


def lock(subject: Any, *others: Any) -> Any:
    """Lock a subject, and its copies, with all that is decided on them; return the subject as it is now.

    A lock on a row of a page's own table would leave Wagtail's columns as they were before the wait: the base row is
    locked, and everything read again.
    """
    subjects = [subject, *others]
    hold(*((type(each), each.pk) for each in subjects))
    active = WorkflowState.objects.active().filter(_about(subjects)).order_by("pk")
    bundles = Bundle.objects.filter(members__workflow_state__in=active.order_by().values("pk")).values("pk")
    list(Bundle.objects.select_for_update().filter(pk__in=bundles).order_by("pk"))
    list(active.select_for_update(of=("self",)))
    waiting = Revision.objects.filter(_about(subjects)).exclude(approved_go_live_at=None)
    list(waiting.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    for each in sorted(subjects, key=lambda found: found.pk):
        model = Page if isinstance(each, Page) else type(each)
        model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=each.pk).first()
    return type(subject)._base_manager.get(pk=subject.pk)


def _about(subjects: Sequence[Any]) -> Q:
    """Return the condition "about one of these", as Wagtail files versions and workflows."""
    found = Q(pk__in=[])
    for each in subjects:
        found |= Q(base_content_type=each.get_base_content_type(), object_id=str(each.pk))
    return found
