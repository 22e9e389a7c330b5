"""Who asks, by token: `Authorization: Bearer gk_…`. Cookies never say so here; nobody need say it to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from accounts.models import Scope
from accounts.tokens import editor_of, find_token, is_allowed_from
from ledger.origin import client_address

from .errors import CHALLENGE
from .usage import note_refusal

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.models import ApiToken

SCHEME = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """A good token, or none at all; a bad one is refused also where anybody may read."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """Return the token. Who reads by token reads what everybody reads: as nobody in particular."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME:
            return None
        token = find_token(parts[1].decode("ascii", "replace")) if len(parts) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("令牌不对。请核对 Authorization: Bearer 之后的内容。"))
        if token.revoked_at is not None:
            raise AuthenticationFailed(_("令牌已收回。请向单位管理员另领一个。"))
        if token.is_over(timezone.now()):
            raise AuthenticationFailed(_("令牌已过期。请由单位管理员更换并延长有效期。"))
        if not is_allowed_from(token, client_address(request._request)):
            note_refusal(token)
            raise PermissionDenied(_("令牌不能从这个地址使用。"))
        return AnonymousUser(), token

    def authenticate_header(self, request: Request) -> str:
        """Say how to authenticate."""
        return CHALLENGE


def require_scope(token: ApiToken | None, scope: Scope) -> ApiToken:
    """Return the token if it is there and for this purpose. Raises AuthenticationFailed, PermissionDenied."""
    if token is None:
        raise AuthenticationFailed(_("这个地址须用令牌：Authorization: Bearer gk_…。"))
    if scope not in token.scopes:
        note_refusal(token)
        raise PermissionDenied(_("令牌没有“%(scope)s”这项用途。") % {"scope": scope.label})
    return token


def acting_person(token: ApiToken) -> Any:
    """Return the person a token acts for. Raises PermissionDenied when that person edits there no more."""
    person = editor_of(token)
    if person is None:
        note_refusal(token)
        raise PermissionDenied(_("令牌的责任编辑员已不在任、暂停或请假，令牌暂不能使用；请由单位管理员处理。"))
    return person
