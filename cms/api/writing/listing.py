"""The drafts of a unit with where each stands: few questions to the database, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Case, CharField, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Revision, WorkflowState
from wagtail.permissions import policy_registry

from blocks.base import as_json
from blocks.links import absolute_url
from pages.models import OrganisationPage
from workflows.models import TieredTaskState

from ..backends import read_value
from ..companions import STEP, with_code
from ..parameters import Parameter, read_query
from ..values import Choice, ListOf, Moment, WholeNumber
from .saving import etag_of
from .shown import DRAFT, IN_REVIEW, PUBLISHED, RETURNED, SCHEDULED, SCREENING, STATES, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from .kinds import Kind
    from .saving import Writer

DEFAULT_LIMIT, MOST = 20, 100
GOING_ON = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
ABOUT = {
    "state": gettext_lazy("只列这些状态的"),
    "updated_after": gettext_lazy("草稿的最近改动不早于"),
    "limit": gettext_lazy("最多返回多少条。"),
    "cursor": gettext_lazy("接着上一页：上一页的 meta.next_cursor，原样。"),
}


class DraftList:
    """One page of a list; reads the parameters strictly."""

    values: ClassVar[dict[str, Any]] = {
        "state": ListOf(Choice(choices=STATES.items())),
        "updated_after": Moment(),
        "limit": WholeNumber(minimum=1, maximum=MOST),
        "cursor": WholeNumber(minimum=1),
    }

    def __init__(self, kind: Kind, writer: Writer, request: Any) -> None:
        self.kind, self.writer, self.request = kind, writer, request
        self.asked = read_query(request.META.get("QUERY_STRING", ""), known=self.values)
        self.read = {name: read_value(self, name, value) for name, value in self.values.items()}
        self.most = self.read["limit"] or DEFAULT_LIMIT

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Describe the parameters."""
        defaults = {"limit": {"default": DEFAULT_LIMIT}}
        return [
            Parameter(name, ABOUT[name], value.schema | defaults.get(name, {})) for name, value in cls.values.items()
        ]

    def shown(self) -> dict[str, Any]:
        """Return the page, the latest drafts first."""
        rows = list(self._chosen().select_related("latest_revision").order_by("-pk")[: self.most + 1])
        more, rows = len(rows) > self.most, rows[: self.most]
        cursor = rows[-1].pk if more else None
        places = _places(map(self._path_of, rows))
        return {
            "meta": {"next_cursor": cursor, "next": self._address(cursor)},
            "items": [self._item(row, places.get(self._path_of(row) or "")) for row in rows],
        }

    def _chosen(self) -> QuerySet:
        found = with_state(self.kind, drafts_of(self.kind, self.writer))
        if self.read["state"]:
            found = found.filter(draft_state__in=self.read["state"])
        if self.read["updated_after"]:
            found = found.filter(latest_revision__created_at__gte=self.read["updated_after"])
        return found.filter(pk__lt=self.read["cursor"]) if self.read["cursor"] else found

    def _path_of(self, row: Any) -> str | None:
        if self.kind.is_page:
            return str(row.path[:-STEP])
        return row.provider.path if row.provider else None

    def _item(self, row: Any, place: Any) -> dict[str, Any]:
        latest, here = row.latest_revision, [self.kind.name, row.pk]
        return {
            "id": row.pk,
            # As the latest version has it.
            "title": latest.object_str if latest is not None else row.title,
            "state": row.draft_state,
            "state_label": str(STATES[row.draft_state]),
            "organisation": {"code": place.code, "title": place.title} if place is not None else None,
            "updated_at": as_json(latest.created_at) if latest is not None else None,
            "etag": etag_of(row),
            "is_public": bool(row.live),
            "url": self._absolute(reverse("api_write_draft", args=here)),
            "status_url": self._absolute(reverse("api_write_status", args=here)),
        }

    def _address(self, cursor: int | None) -> str | None:
        if cursor is None:
            return None
        return self._absolute(f"{self.request.path}?{urlencode({**self.asked, 'cursor': cursor})}")

    def _absolute(self, address: str) -> str:
        return absolute_url(address, {"request": self.request})


def drafts_of(kind: Kind, writer: Writer) -> Any:
    """Return what token and person reach, as `draft_of` asks it of each."""
    policy: Any = policy_registry.get_by_type(kind.model)
    own = writer.token.organisation.path
    found = kind.model.objects.filter(
        pk__in=policy.instances_user_has_permission_for(writer.person, "change").order_by().values("pk")
    )
    if kind.is_page:
        return found.filter(path__startswith=own, locale=Locale.get_default())
    return found.filter(provider__path__startswith=own).select_related("provider")


def with_state(kind: Kind, rows: QuerySet) -> QuerySet:
    """Add `draft_state`, as `shown` tells it of one draft."""
    key = {"base_content_type": kind.model().get_base_content_type(), "object_id": Cast(OuterRef("pk"), CharField())}
    flows = WorkflowState.objects.filter(**key, status__in=GOING_ON).order_by("-pk")
    scheduled = Revision.objects.filter(**key, approved_go_live_at__isnull=False)
    left = Q(record__withdrawal_kind__gt="") if kind.is_page else Q(withdrawal_row__withdrawal_kind__gt="")
    found = rows.annotate(
        flow=Subquery(flows.values("status")[:1]),
        flow_task=Subquery(flows.values("current_task_state")[:1]),
        is_scheduled=Exists(scheduled),
    ).annotate(is_tier=Exists(TieredTaskState.objects.filter(pk=OuterRef("flow_task"))))
    returned, going = Q(flow=WorkflowState.STATUS_NEEDS_CHANGES), Q(flow=WorkflowState.STATUS_IN_PROGRESS)
    return found.annotate(
        draft_state=Case(
            When(returned, then=Value(RETURNED)),
            When(going & Q(is_tier=True), then=Value(IN_REVIEW)),
            When(going, then=Value(SCREENING)),
            When(is_scheduled=True, then=Value(SCHEDULED)),
            When(live=True, has_unpublished_changes=False, then=Value(PUBLISHED)),
            When(left & Q(live=False), then=Value(WITHDRAWN)),
            default=Value(DRAFT),
            output_field=CharField(),
        )
    )


def _places(paths: Iterable[str | None]) -> dict[str, Any]:
    wanted = {path for path in paths if path}
    return {page.path: page for page in with_code(OrganisationPage.objects.filter(path__in=wanted))} if wanted else {}
