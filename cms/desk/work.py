"""What a person has to do: own drafts, what came back, what is under way, what the own organisations owe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.snippets.models import get_workflow_enabled_models

from accounts.authority import grants
from accounts.models import Duty
from accounts.responsibility import drafts_of as drafts_by
from accounts.responsibility import is_unfinished, submissions_of
from blocks.kinds import BY_NOTICE_PAGE, BY_UNIT_ROWS
from pages.completeness import catalogue_lines
from pages.identity import source_locale_id
from pages.models import DisclosurePage, NoticePage, OrganisationPage, UnitPage
from rules.update_rules import State
from workflows.models import Bundle, BundleState, ScheduledPublication, ScheduleState

from .due import WEEK, Owing, owing_below

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from pages.completeness import Line
    from rules.calendar import WorkdayCalendar

SHOWN = 5
ORGANISATIONS_SHOWN = 3
WRITING = {Duty.EDITOR, Duty.ADMINISTRATOR}
# Auditors see the audit and nothing of what it is about.
ANSWERING = WRITING | {Duty.REVIEWER}
# What presses first: overdue, never published, due soon.
URGENCY = {State.OVERDUE: 0, State.OWED: 1, State.DUE_SOON: 2}


@dataclass(frozen=True)
class Item:
    """Something of mine: `text` is the reason of a return, or where it waits."""

    title: str
    url: str
    at: datetime
    text: str = ""


@dataclass(frozen=True)
class Gaps:
    """What one organisation owes: the first few lines, each with the page type that fulfils it, and how many.

    `this_week`: how many fall due within a week; `last_day` is its end.
    """

    organisation: OrganisationPage
    lines: list[tuple[Line, str]]
    total: int
    this_week: int
    last_day: date


def returned_to(user: Any) -> list[Item]:
    """Return what came back to this person, the latest first. One query."""
    return [
        Item(state.revision.object_str, _editor(state.workflow_state), state.finished_at, _why(state))
        for state in _states_of(user, WorkflowState.STATUS_NEEDS_CHANGES, TaskState.STATUS_REJECTED)
    ]


def under_way_for(user: Any) -> list[Item]:
    """Return what this person submitted and where it waits. One query."""
    return [
        Item(
            state.revision.object_str,
            _editor(state.workflow_state),
            state.started_at,
            _where(state),
        )
        for state in _states_of(user, WorkflowState.STATUS_IN_PROGRESS, TaskState.STATUS_IN_PROGRESS)
    ]


def _states_of(user: Any, status: str, task_status: str) -> QuerySet[TaskState]:
    states = TaskState.objects.filter(
        submissions_of(user, "workflow_state"),
        workflow_state__status=status,
        status=task_status,
        # A return is over when the next round has begun.
        pk__in=WorkflowState.objects.filter(submissions_of(user), status=status).values("current_task_state"),
    )
    # A bundle is told as one.
    told_as_one = [BundleState.IN_REVIEW, BundleState.RETURNED]
    states = states.exclude(workflow_state__bundle_member__bundle__state__in=told_as_one)
    related = states.select_related("workflow_state", "revision", "tieredtaskstate__approver", "task")
    return related.order_by("-started_at", "-pk")[:SHOWN]


def _why(state: TaskState) -> str:
    """Say why something came back: a reviewer's reason, or what the screening found."""
    tier = getattr(state, "tieredtaskstate", None)
    return str(tier.returned_because if tier is not None else state.comment)


def _where(state: TaskState) -> str:
    """Return where something waits: an organisation, or the screening that reads it in the background."""
    tier = getattr(state, "tieredtaskstate", None)
    if tier is None:
        return str(state.task.name)
    return str(tier.approver.title) if tier.approver else ""


def bundles_of(user: Any) -> dict[str, list[Item]]:
    """Return the bundles this person submitted that came back or are in review, the latest first. One query."""
    found: dict[str, list[Item]] = {BundleState.RETURNED: [], BundleState.IN_REVIEW: []}
    for bundle in Bundle.objects.filter(submitted_by=user, state__in=found).order_by("-submitted_at")[: 2 * SHOWN]:
        title = _("批次：%(title)s") % {"title": bundle.title}
        address = reverse("approval:bundle", args=[bundle.pk])
        found[bundle.state].append(Item(title, address, bundle.finished_at or bundle.submitted_at, bundle.comment))
    return found


def scheduled_for(user: Any) -> list[Item]:
    """Return what this person submitted that goes public at an hour, the nearest first. One query."""
    waiting = ScheduledPublication.objects.filter(submitted_by=user, state=ScheduleState.WAITING)
    return [Item(each.title, _editor(each), each.go_live_at) for each in waiting[:SHOWN]]


def _editor(row: WorkflowState | ScheduledPublication) -> str:
    model = ContentType.objects.get_for_id(row.content_type_id).model_class()
    return editor_url(model, row.object_id)


def editor_url(model: Any, pk: Any) -> str:
    """Return where something is edited."""
    if model is None or issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(pk)])


def drafts_of(user: Any) -> list[Item]:
    """Return the drafts this person saved last and has not submitted, the latest first. One query for each kind."""
    found = [draft for kind in (Page, *get_workflow_enabled_models()) for draft in _drafts(kind, user)]
    found.sort(key=lambda draft: draft.latest_revision.created_at, reverse=True)
    return [
        Item(draft.latest_revision.object_str, editor_url(type(draft), draft.pk), draft.latest_revision.created_at)
        for draft in found[:SHOWN]
    ]


def _drafts(kind: Any, user: Any) -> Any:
    content_type = ContentType.objects.get_for_model(kind, for_concrete_model=False)
    active = WorkflowState.objects.active().filter(
        base_content_type=content_type, object_id=Cast(OuterRef("pk"), CharField())
    )
    drafts = kind._default_manager.filter(
        drafts_by(kind, user), is_unfinished(), ~Exists(active), has_unpublished_changes=True
    )
    return drafts.select_related("latest_revision").order_by("-latest_revision__created_at")[:SHOWN]


def own_organisations(user: Any) -> list[OrganisationPage]:
    """Return the source-language organisations for which this person writes, at most a few."""
    ids = [grant.page.pk for grant in grants(user) if grant.duty in WRITING]
    pages = OrganisationPage.objects.filter(pk__in=ids, locale_id=source_locale_id()).order_by("path")
    return list(pages[:ORGANISATIONS_SHOWN].specific())


def gaps_of(organisation: OrganisationPage, calendar: WorkdayCalendar | None = None) -> Gaps:
    """Return what an organisation owes or soon will, the most pressing first; then, uncounted, what waits for an event.

    At most five queries.
    """
    today = timezone.localdate()
    lines = catalogue_lines(organisation, calendar=calendar)
    week = [line for line in lines if line.due and today <= line.due <= today + WEEK]
    owed = [line for line in lines if line.is_missing or line.is_stale or line.state == State.DUE_SOON or line in week]
    owed.sort(key=lambda line: (URGENCY.get(line.state, len(URGENCY)), str(line.due or "9999"), line.entry.order))
    waiting = [line for line in lines if line.state == State.OWED and not line.is_missing]
    shown = [(line, create_url(organisation, line)) for line in [*owed, *waiting][:SHOWN]]
    return Gaps(organisation, shown, len(owed), len(week), today + WEEK)


@dataclass(frozen=True)
class Below:
    """What the units below an office owe: the worst few, and the sums over all."""

    office: OrganisationPage
    worst: list[Owing]
    units: int
    overdue: int
    this_week: int


def offices_of(user: Any) -> list[OrganisationPage]:
    """Return the topmost offices this person is appointed to, at most a few. One query."""
    ids = [grant.page.pk for grant in grants(user) if grant.duty in ANSWERING]
    offices = OrganisationPage.objects.filter(pk__in=ids, locale_id=source_locale_id(), numchild__gt=0)
    found: list[OrganisationPage] = []
    for page in offices.order_by("path"):
        if issubclass(page.specific_class, UnitPage) or any(page.path.startswith(each.path) for each in found):
            continue
        found.append(page)
    return found[:ORGANISATIONS_SHOWN]


def below(office: OrganisationPage) -> Below:
    """Return what stands below an office, summed up."""
    owing = owing_below(office)
    return Below(
        office, owing[:SHOWN], len(owing), sum(each.overdue for each in owing), sum(each.this_week for each in owing)
    )


def create_url(organisation: OrganisationPage, line: Line) -> str:
    """Return where what fulfils an entry is written, the entry already chosen."""
    kind = line.entry.content_kind
    if kind in BY_UNIT_ROWS:
        return reverse("wagtailadmin_pages:edit", args=[organisation.pk])
    model = NoticePage if kind in BY_NOTICE_PAGE else DisclosurePage
    address = reverse("wagtailadmin_pages:add", args=["pages", model._meta.model_name, organisation.pk])
    return f"{address}?entry={line.entry.pk}"
