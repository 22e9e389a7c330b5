"""Is the address of the front end one?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext as _

# Where the token stands in the address.
PLACE = "{token}"


@register(Tags.urls)
def check_front_end(**kwargs: Any) -> list[CheckMessage]:
    """Refuse an address that would lead nowhere, or take no token along."""
    address = settings.FRONTEND_PREVIEW_URL
    parts = urlsplit(address)
    if not address or (parts.scheme in {"http", "https"} and parts.netloc and address.count(PLACE) == 1):
        return []
    message = _(
        "FRONTEND_PREVIEW_URL 须是完整的地址，其中写一次 {token}，例如 https://front.example/preview?token={token}。"
    )
    return [Error(message, id="gongkai.E070")]
