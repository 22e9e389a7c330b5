"""Make, renew and revoke a token: one transaction each, recorded, and told to the person in whose name it acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ACTING, ApiToken
from accounts.tokens import new_secret
from blocks.writing import written_date
from ledger.events import record
from ledger.letters import Message, write

from .reach import editors_of, may_manage

if TYPE_CHECKING:
    from datetime import datetime

# A token that outlives everybody's memory of it is a door nobody watches.
LONGEST = timedelta(days=366)
# After a renewal the former secret is good for so long.
CHANGE_OVER = timedelta(hours=24)
VALUES = ("name", "scopes", "acts_for", "networks", "expires_at")


@dataclass(frozen=True)
class Issued:
    """A token with its secret, which is seen here and never again."""

    token: ApiToken
    secret: str


@transaction.atomic
def create_token(*, organisation: Any, values: dict[str, Any], by: Any) -> Issued:
    """Make a token of an organisation. Raises ValidationError that names the field, PermissionDenied."""
    if not may_manage(by, organisation):
        raise PermissionDenied
    _check(organisation, values)
    secret = new_secret()
    token = ApiToken.objects.create(
        key=secret.key,
        digest=secret.digest,
        organisation_id=organisation.pk,
        created_by=by,
        issued_by=by,
        **{name: values[name] for name in VALUES},
    )
    record("token.created", token, organisation=organisation, actor=by, after=_described(token), token=token.key)
    _tell(token, _("%(by)s以您的名义为“%(place)s”建立了接口令牌“%(name)s”。"), by)
    return Issued(token, secret.text)


def _check(organisation: Any, values: dict[str, Any]) -> None:
    now = timezone.now()
    if not values["scopes"]:
        raise ValidationError({"scopes": _("请至少选择一项用途。")})
    if not now < values["expires_at"] <= now + LONGEST:
        raise ValidationError({"expires_at": _("有效期须在今天之后，最长一年；到期前会提醒，可以延期。")})
    acts = bool(ACTING & set(values["scopes"]))
    if acts and values["acts_for"] is None:
        raise ValidationError({"acts_for": _("起草、提交、预览都以责任编辑员的名义进行，请选择责任编辑员。")})
    if values["acts_for"] is not None and values["acts_for"] not in editors_of(organisation, timezone.localdate(now)):
        raise ValidationError({"acts_for": _("责任编辑员须是本单位或上级单位现任的编辑员。")})


@transaction.atomic
def renew(*, token: ApiToken, expires_at: datetime, by: Any) -> Issued:
    """Give a token a new secret and a new end; the former secret is good for a day. Raises ValidationError."""
    token = _locked(token)
    if not may_manage(by, token.organisation):
        raise PermissionDenied
    if token.revoked_at is not None:
        raise ValidationError(_("令牌已收回，不能更换；请另建一个。"))
    values = {name: getattr(token, name) for name in VALUES} | {"expires_at": expires_at}
    _check(token.organisation, values)
    before, now, secret = _described(token), timezone.now(), new_secret(token.key)
    is_running = not token.is_over(now)
    token.former_digest = token.digest if is_running else ""
    token.former_until = min(now + CHANGE_OVER, token.expires_at) if is_running else None
    token.digest, token.issued_by, token.expires_at, token.told_days = secret.digest, by, expires_at, None
    token.save()
    record("token.renewed", token, actor=by, before=before, after=_described(token), token=token.key)
    _tell(token, _("%(by)s更换了“%(place)s”以您的名义使用的接口令牌“%(name)s”。"), by)
    return Issued(token, secret.text)


@transaction.atomic
def revoke(*, token: ApiToken, by: Any) -> None:
    """End it at once, the former secret too. The person in whose name it acts may, too. Raises ValidationError."""
    token = _locked(token)
    if by != token.acts_for and not may_manage(by, token.organisation):
        raise PermissionDenied
    if token.revoked_at is not None:
        raise ValidationError(_("令牌已经收回。"))
    token.revoked_at, token.revoked_by, token.former_until = timezone.now(), by, None
    token.save(update_fields=["revoked_at", "revoked_by", "former_until"])
    record("token.revoked", token, actor=by, before=_described(token), token=token.key)
    _tell(token, _("%(by)s收回了“%(place)s”以您的名义使用的接口令牌“%(name)s”。"), by)


def _locked(token: ApiToken) -> ApiToken:
    found = ApiToken.objects.select_for_update(of=("self",)).select_related("organisation", "acts_for")
    return found.get(pk=token.pk)


def _described(token: ApiToken) -> dict[str, Any]:
    return {
        "name": token.name,
        "scopes": "、".join(token.scope_labels),
        "acts_for": str(token.acts_for or ""),
        "networks": "、".join(token.networks),
        "expires_at": written_date(token.expires_at),
    }


def _tell(token: ApiToken, sentence: str, by: Any) -> None:
    if token.acts_for is None or token.acts_for == by:
        return
    text = sentence % {"by": by, "place": token.organisation.title, "name": token.name}
    body = _("不是您知情同意的，请打开令牌收回，并告诉上级管理员。")
    address = reverse("tokens:token", args=[token.pk])
    write([token.acts_for], Message("token.changed", text, body, address, organisation=token.organisation))
