"""`Idempotency-Key`: a request that is sent again, because its answer was lost, is done once and answered the same."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response

from accounts.models import OnceAnswered

from .. import problems
from .refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from accounts.models import ApiToken

KEPT = timedelta(hours=24)
# Whoever has not answered by then has died.
ABANDONED = timedelta(minutes=5)
KEY = re.compile(r"[\x21-\x7e]{1,128}")
HEADERS = ("ETag", "Location")


def once(request: HttpRequest, token: ApiToken, act: Callable[[], Response]) -> Response:
    """Act, or repeat the answer. The answer is kept in the transaction of the act; a refusal is not kept."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    if not KEY.fullmatch(key):
        raise Refused(problems.REQUEST, _("Idempotency-Key 须是 1–128 个可见的 ASCII 字符。"))
    row = _claim(token, key, _fingerprint(request))
    if row.status is not None:
        return Response(row.answer, status=row.status, headers=row.headers)
    try:
        with transaction.atomic():
            response = act()
            row.status, row.answer = response.status_code, response.data
            row.headers = {name: response[name] for name in HEADERS if response.has_header(name)}
            row.save(update_fields=["status", "answer", "headers"])
    except BaseException:
        OnceAnswered.objects.filter(pk=row.pk, status=None).delete()
        raise
    return response


def _claim(token: ApiToken, key: str, fingerprint: str) -> OnceAnswered:
    """Return a new row, or the answer that is kept. Raises Refused. Of two at once, one gets the row."""
    now = timezone.now()
    rows = OnceAnswered.objects.filter(token=token, key=key)
    rows.filter(at__lt=now - KEPT).delete()
    rows.filter(status=None, at__lt=now - ABANDONED).delete()
    row = OnceAnswered(token=token, key=key, fingerprint=fingerprint, at=now)
    OnceAnswered.objects.bulk_create([row], ignore_conflicts=True)
    found = rows.first()
    if found is not None and found.fingerprint != fingerprint:
        raise Refused(problems.REUSED, _("这个 Idempotency-Key 已用于另一个请求。"))
    # None: the other one, which had it, was refused just now.
    if found is None or (found.status is None and found.at != now):
        raise Refused(problems.CONFLICT, _("同一个请求正在办理，请稍后再问。"))
    return found


def _fingerprint(request: HttpRequest) -> str:
    about = f"{request.method} {request.path} {request.headers.get('If-Match', '')}\n".encode()
    return sha256(about + request.body).hexdigest()


def forget_answers() -> int:
    """Delete what is older than a day; return how much."""
    count, _by_model = OnceAnswered.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return int(count)
