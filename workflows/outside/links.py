"""Making, finding and revoking links, and what is said by them. Every act is an event."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from accounts.authority import governs, holders
from accounts.models import Duty
from ledger.events import record
from ledger.letters import Message, write
from ledger.models import Letter

from ..models import OutsideComment, OutsideLink, TieredTaskState
from .files import strangers_among

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Revision

DAYS = (1, 3, 7, 14)
COMMENTED = "outside.commented"
# "." stands in no token, so that an address ends where the signature does.
_SIGNER = Signer(salt="workflows.outside", sep=".")
WRITING = (Duty.EDITOR, Duty.ADMINISTRATOR)
# Of one link; whoever has more to say writes a letter.
COMMENTS_LIMIT = 200


def subject_of_revision(revision: Revision) -> Any:
    """Return what a version is a version of, as its specific class; None when it is gone."""
    subject = revision.content_object
    return getattr(subject, "specific", subject)


def may_show_outside(user: Any, subject: Any) -> bool:
    """May this person show drafts of this outside: who writes it, or who is to approve it now?"""
    if not user.is_active:
        return False
    if user.is_superuser or governs(user, subject.responsible_organisation, WRITING):
        return True
    state = subject.current_workflow_task_state
    waits = isinstance(state, TieredTaskState) and state.status == TaskState.STATUS_IN_PROGRESS
    return bool(waits and state.approver and user.pk in holders(state.approver, [Duty.REVIEWER]))


def is_draft(revision: Revision, subject: Any) -> bool:
    """Is this version still to become public? What was public once, or was passed over by a newer one, is no draft."""
    if subject is None:
        return False
    public = subject.live_revision or _withdrawn_revision(subject)
    if public is not None:
        return (revision.created_at, revision.pk) > (public.created_at, public.pk)
    left = None if subject.live else subject.last_published_at
    return left is None or revision.created_at > left


def _withdrawn_revision(subject: Any) -> Revision | None:
    """Return its version that left the public; a translation may stand under its source's withdrawal."""
    withdrawal = getattr(subject, "withdrawal", None)
    found: Revision | None = withdrawal.withdrawn_revision if withdrawal is not None else None
    return found if found is not None and found.object_id == str(subject.pk) else None


def links_of(subject: Any) -> QuerySet[OutsideLink]:
    """Return the links to all versions of something, the newest first."""
    links = OutsideLink.objects.filter(revision__in=subject.revisions.order_by())
    return links.select_related("revision", "created_by").order_by("-pk")


def comments_on(subject: Any) -> QuerySet[OutsideComment]:
    """Return what was said from outside on any version of something, the newest first."""
    comments = OutsideComment.objects.filter(link__revision__in=subject.revisions.order_by())
    return comments.select_related("link__revision").order_by("-pk")


def comments_on_draft(subject: Any) -> QuerySet[OutsideComment]:
    """Return what was said on versions newer than the public one."""
    public = subject.live_revision
    comments = comments_on(subject)
    return comments if public is None else comments.filter(link__revision__created_at__gt=public.created_at)


@transaction.atomic
def create_link(*, revision: Revision, user: Any, days: int, purpose: str) -> tuple[OutsideLink, str]:
    """Make a link; return it and its token, which nobody can read again."""
    subject = subject_of_revision(revision)
    if days not in DAYS:
        raise ValidationError({"days": _("有效期最长 14 天。")})
    if not is_draft(revision, subject):
        raise ValidationError(_("这一稿已经公开，不需要再征求意见。"))
    draft = revision.as_object()
    _refuse_personal_data(draft)
    _refuse_strangers(draft)
    secret = secrets.token_urlsafe(24)
    link = OutsideLink.objects.create(
        token_hash=_hash(secret),
        revision=revision,
        purpose=purpose,
        created_by=user,
        expires_at=timezone.now() + timedelta(days=days),
    )
    record("outside.link_created", subject, actor=user, **_facts(link), days=days)
    return link, _SIGNER.sign(secret)


def _refuse_personal_data(draft: Any) -> None:
    """What screening would stop nobody outside reads either; what is merely unfinished may be shown."""
    found = [finding for finding in draft.screen().stopping if finding.family == "personal_data"]
    if found:
        raise ValidationError(
            _("草稿中有须先删除或遮挡的个人信息（%(where)s），不能给外单位看。")
            % {"where": found[0].where or found[0].field}
        )


def _refuse_strangers(draft: Any) -> None:
    """A picture stands in the page itself, so that it is asked about before there is a link."""
    if found := strangers_among(draft):
        names = "、".join(f"《{file.title}》" for file in found)
        raise ValidationError(_("草稿用了其他单位尚未公开的图片或文件：%(names)s，不能给外单位看。") % {"names": names})


@transaction.atomic
def revoke_link(*, link: OutsideLink, user: Any) -> bool:
    """Close a link for good; False when it was closed already."""
    closed = OutsideLink.objects.open_at(timezone.now()).filter(pk=link.pk).update(revoked_at=timezone.now())
    if closed:
        record("outside.link_revoked", subject_of_revision(link.revision), actor=user, **_facts(link))
    return bool(closed)


def find_link(token: str) -> OutsideLink | None:
    """Return the link a token opens, None when it is forged, revoked, over, or its draft is gone.

    It lives as long as whoever made it may show the draft: it dies with a dismissal.
    """
    try:
        secret = _SIGNER.unsign(token)
    except BadSignature:
        return None
    links = OutsideLink.objects.open_at(timezone.now()).select_related("revision", "created_by")
    link = links.filter(token_hash=_hash(secret)).first()
    subject = subject_of_revision(link.revision) if link is not None else None
    if link is None or subject is None or link.created_by is None:
        return None
    return link if may_show_outside(link.created_by, subject) else None


@transaction.atomic
def note_opening(link: OutsideLink) -> None:
    """Write down that somebody reads."""
    OutsideLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1, opened_at=timezone.now())
    record("outside.opened", subject_of_revision(link.revision), **_facts(link))


@transaction.atomic
def comment(*, link: OutsideLink, name: str, text: str) -> OutsideComment:
    """Keep what somebody says, and tell whoever made the link, once until it is read."""
    said = OutsideComment.objects.create(link=link, name=name, text=text)
    subject = subject_of_revision(link.revision)
    record(COMMENTED, subject, **_facts(link), comment=said.pk, name=name)
    url, title = reverse("approval:outside", args=[link.revision_id]), link.revision.object_str
    unread = Letter.objects.unread().filter(recipient=link.created_by, kind=COMMENTED, url=url)
    if link.created_by and not unread.exists():
        message = Message(
            COMMENTED,
            lazy(lambda: _("收到外部意见：%(title)s") % {"title": title}, str)(),
            url=url,
            organisation=subject.responsible_organisation,
        )
        write([link.created_by], message)
    return said


def _facts(link: OutsideLink) -> dict[str, Any]:
    return {"link": link.pk, "revision": link.revision_id, "purpose": link.purpose}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
