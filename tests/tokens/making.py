"""Make a token for a test, and ask with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import ApiToken, Scope
from accounts.tokens import new_secret

ALL = [Scope.READ, Scope.WRITE, Scope.SUBMIT, Scope.PREVIEW]


def make_token(
    organisation: Any, *, scopes: Any = ALL, acts_for: Any = None, by: Any = None, **fields: Any
) -> tuple[ApiToken, str]:
    """Make a token that holds for a month; return it with its secret."""
    secret = new_secret()
    fields.setdefault("expires_at", timezone.now() + timedelta(days=30))
    token = ApiToken.objects.create(
        key=secret.key,
        digest=secret.digest,
        name="示例系统",
        organisation_id=organisation.pk,
        scopes=list(scopes),
        acts_for=acts_for,
        created_by=by,
        issued_by=by,
        **fields,
    )
    return token, secret.text


def bearer(secret: str) -> dict[str, str]:
    """Return the header that carries a secret."""
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
