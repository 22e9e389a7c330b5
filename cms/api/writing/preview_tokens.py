"""A signed token that shows one draft for a quarter of an hour, as the public would read it; to whoever has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, Scope, User
from accounts.tokens import editor_of
from blocks.base import as_json
from blocks.links import absolute_url
from ledger.events import record

from .. import problems
from .kinds import KINDS, Kind
from .refusals import Refused
from .saving import Writer, draft_for, draft_of

if TYPE_CHECKING:
    from rest_framework.request import Request

SALT = "cms.api.preview"
MINUTES = 15
LONGEST = 1_000


@dataclass(frozen=True)
class Preview:
    """What a token shows, and who made it."""

    kind: Kind
    subject: Any


def new_preview_token(kind: Kind, subject: Any, writer: Writer, request: Request) -> dict[str, Any]:
    """Make a token for the draft's latest version, whichever that is when it is read."""
    named = {"kind": kind.name, "id": subject.pk, "by": writer.person.pk, "token": writer.token.pk}
    text = signing.dumps(named, salt=SALT, compress=True)
    facts = {"token": writer.token.key, "minutes": MINUTES}
    record("preview.token_made", subject, actor=writer.person, **facts)
    until = timezone.now() + timedelta(minutes=MINUTES)
    address = absolute_url(reverse("api_preview"), {"request": request})
    return {"token": text, "expires_at": as_json(until), "url": f"{address}?token={text}"}


def new_personal_token(kind: Kind, subject: Any, person: Any) -> str:
    """Make a token for somebody who edits the draft in the admin."""
    record("preview.token_made", subject, actor=person, minutes=MINUTES)
    return signing.dumps({"kind": kind.name, "id": subject.pk, "by": person.pk}, salt=SALT, compress=True)


def read_preview_token(text: str) -> Preview:
    """Return the draft that a token shows. Raises Refused when it is over, forged, or its maker's access is gone."""
    try:
        named = signing.loads(text[:LONGEST], salt=SALT, max_age=MINUTES * 60)
        kind, pk = KINDS[named["kind"]], int(named["id"])
        person = User.objects.get(pk=named["by"], is_active=True)
        token = _token_in_force(named["token"]) if "token" in named else None
    except (
        signing.BadSignature,
        LookupError,
        TypeError,
        ValueError,
        ApiToken.DoesNotExist,
        User.DoesNotExist,
    ) as error:
        raise _over() from error
    if token is None:
        return Preview(kind, draft_for(kind, pk, person))
    if Scope.PREVIEW not in token.scopes or editor_of(token) != person:
        raise _over()
    return Preview(kind, draft_of(kind, pk, Writer(token, person)))


def _token_in_force(pk: int) -> ApiToken:
    found: ApiToken = ApiToken.objects.in_force(timezone.now()).select_related("organisation", "acts_for").get(pk=pk)
    return found


def _over() -> Refused:
    return Refused(problems.TOKEN, _("预览令牌不对、已过 15 分钟，或者生成它的人已无权查看。"))
