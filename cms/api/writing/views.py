"""The addresses of the write API. Each asks for a token, for this purpose, whose person still edits there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.response import Response

from accounts.models import Scope

from .. import problems
from ..limits import WriteLimit
from ..tokens import acting_person, require_scope
from ..usage import note_write
from ..views import Anonymous
from .files import kept_file
from .json_body import MERGING, read_object
from .kinds import KINDS, Kind
from .listing import DraftList
from .once import once
from .preview_tokens import new_preview_token
from .refusals import Refused
from .saving import Writer, change_draft, create_draft, draft_of, etag_of, merge_draft, submit_draft
from .shown import draft_shown, status_shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

NEVER = "no-store"
SUBMITTED = frozenset({"confirm_findings", "exception_reason"})


class Writing(Anonymous):
    """What every view of the write API is: by token alone, kept by nobody on the way."""

    throttle_classes = (WriteLimit,)
    schema = None
    scope = Scope.WRITE

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Ask who it is, then what for, then in whose name."""
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        super().initial(request, *args, **kwargs)
        token = require_scope(request.auth, self.scope)
        person = acting_person(token)
        # Who acts is known to the audit as well.
        request.user = person
        self.writer = Writer(token, person)

    def note_use(self, token: Any) -> None:
        """Count it, whatever becomes of it."""
        note_write(token)

    def handle_exception(self, error: Exception) -> Any:
        """Answer in our own words."""
        if isinstance(error, Refused):
            return problems.answer(self.request._request, error.problem, error.detail, **error.more)
        return super().handle_exception(error)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A draft is nobody else's business."""
        self.headers["Cache-Control"] = NEVER
        return super().finalize_response(request, response, *args, **kwargs)

    def kind(self, name: str) -> Kind:
        """Return the kind that an address names."""
        if name not in KINDS:
            raise Http404
        return KINDS[name]

    def answered(self, kind: Kind, subject: Any, status: int = 200) -> Response:
        """Answer with a draft."""
        shown = draft_shown(kind, subject, self.request)
        headers = {"ETag": etag_of(subject)}
        if status == 201:
            headers["Location"] = reverse("api_write_draft", args=[kind.name, subject.pk])
        return Response(shown, status=status, headers=headers)


class DraftsView(Writing):
    """List the drafts; make one."""

    def get(self, request: Request, kind: str) -> Response:
        """Answer with those that token and person reach."""
        return Response(DraftList(self.kind(kind), self.writer, request._request).shown())

    def post(self, request: Request, kind: str) -> Response:
        """Make it, once."""
        found, values = self.kind(kind), read_object(request._request)
        return once(
            request._request,
            self.writer.token,
            lambda: self.answered(found, create_draft(found, values, self.writer), 201),
        )


class DraftView(Writing):
    """Read a draft; write it anew, or a part of it."""

    def get(self, request: Request, kind: str, pk: int) -> Response:
        """Answer with its latest version."""
        found = self.kind(kind)
        return self.answered(found, draft_of(found, pk, self.writer))

    def put(self, request: Request, kind: str, pk: int) -> Response:
        """Write it anew; what is not named is empty then."""
        return self._written(change_draft, kind, pk, read_object(request._request))

    def patch(self, request: Request, kind: str, pk: int) -> Response:
        """Write only what is named."""
        return self._written(merge_draft, kind, pk, read_object(request._request, types=MERGING))

    def _written(self, write: Callable[..., Any], name: str, pk: int, values: dict[str, Any]) -> Response:
        found, request, expected = self.kind(name), self.request._request, expected_by(self.request)
        if not expected:
            raise Refused(problems.PRECONDITION, _("修改草稿须写明 If-Match。"))
        return once(
            request,
            self.writer.token,
            lambda: self.answered(found, write(found, pk, values, expected, self.writer)),
        )


class SubmitView(Writing):
    """Submit a draft."""

    scope = Scope.SUBMIT

    def post(self, request: Request, kind: str, pk: int) -> Response:
        """Submit it, and say where it stands."""
        found, answers = self.kind(kind), read_object(request._request, empty=True)
        if unknown := sorted(answers.keys() - SUBMITTED):
            raise Refused(problems.INVALID, _("没有这个字段。"), parameter=unknown[0], errors=[])
        expected = expected_by(request)
        return once(
            request._request,
            self.writer.token,
            lambda: Response(status_shown(found, submit_draft(found, pk, answers, expected, self.writer))),
        )


class StatusView(Writing):
    """Where a draft stands."""

    def get(self, request: Request, kind: str, pk: int) -> Response:
        """Answer."""
        found = self.kind(kind)
        subject = draft_of(found, pk, self.writer)
        return Response(status_shown(found, subject), headers={"ETag": etag_of(subject)})


class PreviewTokenView(Writing):
    """Make a token by which one draft is read for a quarter of an hour."""

    scope = Scope.PREVIEW

    def post(self, request: Request, kind: str, pk: int) -> Response:
        """Make it."""
        found = self.kind(kind)
        read_object(request._request, empty=True)
        subject = draft_of(found, pk, self.writer)
        return Response(new_preview_token(found, subject, self.writer, request), status=201)


class FilesView(Writing):
    """Upload a file or a picture."""

    def post(self, request: Request, kind: str) -> Response:
        """Keep it, after all the checks of the admin's form."""
        return Response(kept_file(kind, request._request, self.writer), status=201)


def expected_by(request: Request) -> str:
    """Return the version that the request says to have read."""
    return str(request.headers.get("If-Match", ""))
