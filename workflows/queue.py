"""What waits for a person's decision, oldest first: a number of queries that depends on nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page, Site, TaskState
from wagtail.permissions import policy_registry

from accounts.authority import grants
from accounts.models import Appointment, Duty, Leave
from accounts.responsibility import took_over
from snippets.models import CatalogueEntry, Industry

from .models import BundleMember, BundleState, TieredTaskState
from .queue_bars import approved_before, brought_it, copy_of_what, of_giver, of_subject, translated_it, wrote_it
from .trail import tier_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from .models import Bundle

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ORDER = ("started_at", "pk")
ORDERS: dict[str, tuple[Any, ...]] = {
    "oldest": ORDER,
    "newest": ("-started_at", "-pk"),
    "due": (F("due_at").asc(nulls_last=True), *ORDER),
    "organisation": ("place", *ORDER),
    "tier": ("task__tieredapprovaltask__tier", *ORDER),
    "title": ("revision__object_str", *ORDER),
}
MINE, FREE = "mine", "free"
# A filter → what it is compared with.
EXACT = {
    "kind": "revision__content_type",
    "entry": "revision__content__entry",
    "tier": "task__tieredapprovaltask__tier",
    "words": "revision__object_str__icontains",
}


@dataclass(frozen=True)
class Waiting:
    """One row of the queue."""

    state: TieredTaskState
    organisation: str
    kind: str
    tier: str
    entry: CatalogueEntry | None
    is_overdue: bool = False
    claimant: Any = None

    @property
    def bundle(self) -> Bundle | None:
        """Return the bundle it is decided on with."""
        member = getattr(self.state.workflow_state, "bundle_member", None)
        return member.bundle if member is not None and member.bundle.state == BundleState.IN_REVIEW else None

    @property
    def is_routine(self) -> bool:
        """May it be approved together with others?"""
        return self.bundle is None and self.entry is not None and self.entry.is_routine


@dataclass(frozen=True)
class Choices:
    """What the queue can be narrowed to: only what occurs in it; organisations with a label that shows their depth.

    `places` says which organisation is nearest to each place of the queue.
    """

    organisations: list[tuple[Page, str]] = field(default_factory=list)
    industries: list[Industry] = field(default_factory=list)
    kinds: list[ContentType] = field(default_factory=list)
    entries: list[CatalogueEntry] = field(default_factory=list)
    tiers: list[int] = field(default_factory=list)
    places: dict[str, Page] = field(default_factory=dict)


def reviews(user: Any) -> bool:
    """Does this person hold the duty to review anywhere?"""
    return any(grant.duty == Duty.REVIEWER for grant in grants(user))


def away_from(user: Any) -> list[Leave]:
    """Return today's leaves of a reviewer: who is away has passed the duty on. One query."""
    reviewing = Appointment.objects.in_force(timezone.localdate()).filter(
        user=user, duty=Duty.REVIEWER, organisation=OuterRef("organisation")
    )
    leaves = Leave.objects.in_force(timezone.localdate()).filter(Exists(reviewing), user=user)
    return list(leaves.select_related("organisation", "deputy").order_by("until", "pk"))


def waiting_for(user: Any) -> QuerySet[TieredTaskState]:
    """Return what this person may decide: for his organisations, not written nor approved earlier by himself.

    Of a bundle only the first member. Each row carries `place`, the path in the tree of what is decided on.
    """
    return with_places(decidable(user)).exclude(_stands_behind(user)).order_by(*ORDER)


def decidable(user: Any) -> QuerySet[TieredTaskState]:
    """Return what this person may decide: the same answer as `TieredTaskState.awaits`, for all at once."""
    reviewed = {grant.page.translation_key for grant in grants(user) if grant.duty == Duty.REVIEWER}
    states = TieredTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, approver__translation_key__in=reviewed)
    return (
        states.exclude(workflow_state__requested_by=user)
        .annotate(public_since=_public_since())
        .alias(**copy_of_what())
        .exclude(wrote_it(user))
        .exclude(brought_it(user))
        .exclude(translated_it(user))
        .exclude(approved_before(user))
        .exclude(took_over(user, of_giver(), "workflow_state__requested_by"))
    )


def with_places(states: QuerySet[TieredTaskState]) -> QuerySet[Any]:
    """Let each state carry `place`, the path in the tree of what is decided on."""
    return states.annotate(place=_place())


def narrowed(found: Choices, chosen: dict[str, Any]) -> Q:
    """Return the condition for what was chosen: an organisation and below, an industry, kind, entry, tier, a word."""
    organisations = {page.pk: page for page, _label in found.organisations}
    conditions = Q()
    if organisation := organisations.get(chosen.get("organisation")):
        conditions &= Q(place__startswith=organisation.path)
    if chosen.get("industry"):
        conditions &= Q(place__in=_places_of(found, chosen["industry"]))
    if chosen.get("routine"):
        conditions &= Q(revision__content__entry__in=[entry.pk for entry in found.entries if entry.is_routine])
    exact = {name: chosen[field] for field, name in EXACT.items() if chosen.get(field)}
    return conditions & Q(**exact)


def _places_of(found: Choices, industry: int) -> list[str]:
    """Return the places whose nearest organisation belongs to an industry or one of its branches. One query."""
    branches = Industry.objects.filter(Q(pk=industry) | Q(parent=industry))
    members = set(branches.values_list("organisations", flat=True))
    return [place for place, page in found.places.items() if page.pk in members]


def overdue(now: datetime) -> Q:
    """Return the condition "past its limit, with the clock running" (see `TieredTaskState.is_overdue`)."""
    return Q(due_at__lt=now, held_until=None)


def claimed(by: str, person: Any, now: datetime) -> Q:
    """Return the condition "this person is on it", or, with FREE, "nobody is"."""
    running = Q(claimed_until__gt=now, claimed_by__isnull=False)
    return ~running if by == FREE else running & Q(claimed_by=person)


def rows(states: Iterable[TieredTaskState]) -> list[Waiting]:
    """Return one page of the queue with the names it shows. Two queries."""
    listed, now = list(states), timezone.now()
    organisations = organisations_at({state.place for state in listed})
    entries = CatalogueEntry.objects.in_bulk({_entry_id(state) for state in listed} - {None})
    return [
        Waiting(
            state=state,
            organisation=organisations[state.place].title if state.place in organisations else "",
            kind=_kind(ContentType.objects.get_for_id(state.revision.content_type_id)),
            tier=tier_label(state),
            entry=entries.get(_entry_id(state)),
            is_overdue=state.is_overdue(now),
            claimant=state.claimant(now),
        )
        for state in listed
    ]


def with_names(states: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch what `rows` reads of each state along with it."""
    return states.select_related(
        "task__tieredapprovaltask",
        "revision",
        "workflow_state__requested_by",
        "workflow_state__bundle_member__bundle",
        "claimed_by",
    )


def choices(states: QuerySet[Any]) -> Choices:
    """Return what the queue can be narrowed to. Four queries."""
    columns = ("place", "revision__content_type", "revision__content__entry", "task__tieredapprovaltask__tier")
    found = set(states.order_by().values_list(*columns))
    over = organisations_over({place for place, *_ in found})
    places = {place: over[nearest] for place, *_ in found if (nearest := _nearest(place, over))}
    kinds = {ContentType.objects.get_for_id(kind) for _, kind, *_ in found}
    entries = CatalogueEntry.objects.filter(pk__in={entry for *_, entry, _ in found if isinstance(entry, int)})
    members = Industry.objects.filter(organisations__in={page.pk for page in places.values()})
    industries = Industry.objects.filter(Q(pk__in=members) | Q(branches__in=members)).select_related("parent")
    return Choices(
        organisations=[(page, _indented(page)) for path, page in sorted(over.items()) if len(path) > 2 * Page.steplen],
        industries=list(industries.distinct()),
        kinds=sorted(kinds, key=_kind),
        entries=list(entries),
        tiers=sorted({tier for *_, tier in found if tier}),
        places=places,
    )


def organisations_over(places: Iterable[str]) -> dict[str, Page]:
    """Return all organisations at or above the paths, by their own path. One query."""
    step = Page.steplen
    above = {place[:end] for place in places for end in range(2 * step, len(place) + 1, step)}
    pages = Page.objects.filter(path__in=above)
    # What an organisation is, its class says (accounts.tiers): this room knows no page type.
    return {page.path: page for page in pages if hasattr(page.specific_class, "tier_at")}


def organisations_at(places: Iterable[str]) -> dict[str, Page]:
    """Return the nearest organisation at or above each path. One query."""
    found = organisations_over(places)
    return {place: found[nearest] for place in places if (nearest := _nearest(place, found))}


def _nearest(place: str, found: dict[str, Page]) -> str | None:
    ends = range(len(place), 0, -Page.steplen)
    return next((place[:end] for end in ends if place[:end] in found), None)


def _indented(page: Page) -> str:
    return "　" * (len(page.path) // Page.steplen - 3) + page.title


def _kind(content_type: ContentType) -> str:
    model = content_type.model_class()
    return str(model._meta.verbose_name) if model else content_type.name


def _entry_id(state: TieredTaskState) -> int | None:
    entry = state.revision.content.get("entry")
    return entry if isinstance(entry, int) else None


def _place() -> Coalesce:
    """Return the path of a page, or of the organisation that owns a snippet; what nobody owns is the portal's."""
    paths = of_subject("path", lambda model: f"{policy_registry.get_by_type(model).field}__path")
    portal = Site.objects.filter(is_default_site=True).values("root_page__path")[:1]
    return Coalesce(Case(*paths, output_field=CharField()), Subquery(portal), Value(""))


def _public_since() -> Coalesce:
    """Return when the version that is public now was written."""
    live = "live_revision__created_at"
    return Coalesce(Case(*of_subject(live, lambda _: live), output_field=DateTimeField()), Value(_LONG_AGO))


def _stands_behind(user: Any) -> Exists:
    """Ask whether an earlier member of the same bundle waits for the same organisation and this person."""
    current = "workflow_state__current_task_state"
    earlier = BundleMember.objects.filter(
        bundle__members__workflow_state=OuterRef("workflow_state"),
        bundle__state=BundleState.IN_REVIEW,
        **{
            f"{current}__status": TaskState.STATUS_IN_PROGRESS,
            f"{current}__tieredtaskstate__approver": OuterRef("approver"),
            f"{current}__lt": OuterRef("pk"),
        },
    )
    return Exists(earlier.exclude(authors=user).exclude(approved_before(user, f"{current}__tieredtaskstate__")))
