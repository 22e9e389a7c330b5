"""What a browser brings back from a provider: signed, of this moment, good once; even then the provider is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .notified import NOT_NOW, RefusedError, is_new, require_signed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import ProviderConnection


def signed_return(request: HttpRequest, connection: ProviderConnection, number: str) -> str:
    """Return what a provider says through a browser. Raises RefusedError for what is not signed, stale or replayed."""
    given, status = request.GET, request.GET.get("status", "")[:32]
    body = f"{number}.{status}".encode()
    try:
        require_signed(connection, given.get("id", ""), given.get("timestamp", ""), given.get("signature", ""), body)
    except RefusedError as refused:
        if refused.status == NOT_NOW:
            raise
        # Its own words are for whoever programs a provider's computer.
        sentence = _("返回的网址不完整、改过，或者已经过时。")
        raise RefusedError(refused.status, refused.code, sentence) from refused
    if not is_new(connection, given.get("id", ""), body):
        raise RefusedError(409, "replayed", _("这个返回地址已经用过。"))
    return status
