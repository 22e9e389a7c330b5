"""What providers tell of themselves: signed, fresh, and each thing once. Whatever is refused is said, and recorded."""

from __future__ import annotations

import hmac
import json
import logging
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ledger.events import record
from ledger.models import Result
from ledger.signatures import signature

from .models import HandOver, Heard, PaymentOrder, ProviderConnection, SettledBy
from .payments import Settled, settle
from .replies import BadReplyError, read_standing
from .sealing import opened
from .standing import settle_handover

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)
TOLERANCE, MOST = 300, 16 * 1024
# When to come again, in seconds, while our key is missing.
RETRY, NOT_NOW = 300, 503
MINUTE, MOST_RECORDED = 60, 10


REFUSED = {
    Settled.AMOUNT: (422, "amount", gettext_lazy("金额与订单不符，订单没有改变。")),
    Settled.CONFLICT: (409, "conflict", gettext_lazy("订单已经是另一个结果，没有改变；请核对流水号，由对账处理。")),
    Settled.UNSENT: (409, "unsent", gettext_lazy("订单还没有交给您办理，没有改变。")),
}


class RefusedError(Exception):
    """A notification that is not taken: the status, a short code, and why."""

    def __init__(self, status: int, code: str, sentence: Any, *, is_recorded: bool = False) -> None:
        super().__init__(code)
        self.status, self.code, self.sentence, self.is_recorded = status, code, sentence, is_recorded


@csrf_exempt
@require_POST
def notify(request: HttpRequest, key: str) -> HttpResponse:
    """Take a notification. A provider that is answered 5xx, or not at all, tells it again."""
    connection = ProviderConnection.objects.filter(key=key, is_active=True).select_related("organisation").first()
    if connection is None:
        return _problem(RefusedError(404, "unknown", _("没有这个通知地址。")))
    try:
        return JsonResponse({"result": _heard(request, connection).value})
    except RefusedError as refused:
        if not refused.is_recorded:
            _record(connection, refused)
        return _problem(refused)


def _heard(request: HttpRequest, connection: ProviderConnection) -> Settled:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        raise RefusedError(413, "long", _("通知太长。"))
    body, headers = request.body, request.headers
    number = headers.get("webhook-id", "")
    require_signed(connection, number, headers.get("webhook-timestamp", ""), headers.get("webhook-signature", ""), body)
    message = _message(body)
    with transaction.atomic():
        if not is_new(connection, number, body):
            return Settled.ALREADY
        found = _taken(connection, message)
        if found in REFUSED:
            # Told again after it was put right, it is news.
            Heard.objects.filter(connection=connection, number=number).delete()
    if found in REFUSED:
        raise RefusedError(*REFUSED[found], is_recorded=True)
    return found


def require_signed(connection: ProviderConnection, number: str, timestamp: str, given: str, body: bytes) -> None:
    """Raise RefusedError for what is not signed with our secret, or not of this moment."""
    if not (0 < len(number) <= 128 and timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise RefusedError(401, "unsigned", _("缺少签名：须有 webhook-id、webhook-timestamp 和 webhook-signature。"))
    expected = signature(_secret(connection), number, int(timestamp), body).encode()
    if not any(hmac.compare_digest(expected, each.encode()) for each in given.split(" ")):
        raise RefusedError(401, "signature", _("签名不对：请核对密钥和签名的内容（编号.时间.正文）。"))
    if abs(timezone.now().timestamp() - int(timestamp)) > TOLERANCE:
        raise RefusedError(401, "stale", _("通知的时间与现在相差 5 分钟以上，当作重放，没有办理。"))


def _secret(connection: ProviderConnection) -> str:
    """Return the secret of both sides. Raises RefusedError where the site's key is another one now."""
    try:
        return opened(connection.secret)
    except ValueError:
        logger.error("Connection %s: its secret cannot be read, SECRET_KEY is another one now.", connection.key)
        raise RefusedError(NOT_NOW, "sealed", _("本站暂时核对不了签名，没有办理；请过几分钟再来一次。")) from None


def is_new(connection: ProviderConnection, number: str, body: bytes) -> bool:
    """Note that something was told; False where it was before. Raises RefusedError for another one of its number."""
    found = sha256(body).hexdigest()
    row, created = Heard.objects.get_or_create(connection=connection, number=number, defaults={"digest": found})
    if not created and row.digest != found:
        raise RefusedError(409, "reused", _("这个编号已经用于另一个通知。"))
    return created


def _message(body: bytes) -> dict[str, Any]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(400, "json", _("正文不是 JSON。")) from None
    if not isinstance(message, dict):
        raise RefusedError(400, "json", _("正文不是 JSON 对象。"))
    return message


def _taken(connection: ProviderConnection, message: dict[str, Any]) -> Settled:
    takers = {"payment": _paid, "handover": _handed}
    taker = takers.get(str(message.get("type")))
    if taker is None:
        raise RefusedError(422, "type", _("没有这种通知：type 应为 payment 或 handover。"))
    return taker(connection, message)


def _handed(connection: ProviderConnection, message: dict[str, Any]) -> Settled:
    token, state = str(message.get("state"))[:64], str(message.get("status"))[:16]
    try:
        return Settled(settle_handover(token=token, connection=connection, state=state))
    except HandOver.DoesNotExist:
        raise RefusedError(404, "state", _("没有这笔转办。")) from None


def _paid(connection: ProviderConnection, message: dict[str, Any]) -> Settled:
    try:
        standing = read_standing(message)
        number = str(message.get("order"))[:64]
        return settle(number=number, connection=connection, standing=standing, by=SettledBy.NOTIFICATION)
    except BadReplyError as error:
        sentence = _("“%(name)s”缺少或不对；金额是分，整数。") % {"name": str(error)}
        raise RefusedError(422, "field", sentence) from None
    except PaymentOrder.DoesNotExist:
        raise RefusedError(404, "order", _("没有这个订单。")) from None


def _problem(refused: RefusedError) -> HttpResponse:
    shown = {"title": str(refused.sentence), "status": refused.status, "code": refused.code}
    response = JsonResponse(shown, status=refused.status, content_type="application/problem+json")
    if refused.status == NOT_NOW:
        response["Retry-After"] = str(RETRY)
    return response


def _record(connection: ProviderConnection, refused: RefusedError) -> None:
    """Record it; of many within a minute the first, so that nobody fills the books with noise."""
    key = f"connectors:refused:{connection.pk}"
    try:
        cache.add(key, 0, MINUTE)
        if cache.incr(key) > MOST_RECORDED:
            return
    except Exception:  # noqa: S110 (a cache that is away: then each is recorded)
        pass
    facts = {"result": Result.REFUSED, "reason": refused.code}
    record("notification.refused", connection, organisation=connection.organisation, **facts)
