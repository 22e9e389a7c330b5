"""What administrators do with connections. Each act is one transaction, the old state checked first, and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from ledger.events import record
from ledger.models import Result

from .asking import SilentError, ask
from .models import ProviderConnection
from .sealing import new_secret, seal

# Of one organisation; beyond them something is wrong.
MOST = 20


@dataclass(frozen=True)
class Terms:
    """Where it stands and what it offers; as a form has read them. An empty secret keeps the old one."""

    name: str
    organisation: Any
    base_url: str
    key_id: str
    secret: str
    operations: list[str]
    hosts: str
    seconds: int
    is_sandbox: bool


@transaction.atomic
def register(*, terms: Terms, by: Any) -> tuple[ProviderConnection, str]:
    """Register a connection; return it with the secret that was made, if none was given. Raises ValidationError."""
    _check_room(terms)
    made = "" if terms.secret else new_secret()
    connection = ProviderConnection(secret=seal(terms.secret or made))
    _take(connection, terms)
    _record("connection.registered", connection, by, after=_described(connection))
    return connection, made


@transaction.atomic
def change(*, connection: ProviderConnection, terms: Terms, by: Any) -> ProviderConnection:
    """Change it. Raises ValidationError."""
    connection = _locked(connection)
    if connection.organisation_id != terms.organisation.pk:
        _check_room(terms)
    before = _described(connection)
    if terms.secret:
        connection.secret = seal(terms.secret)
    _take(connection, terms)
    facts = {"before": before, "after": _described(connection), "secret_changed": bool(terms.secret)}
    _record("connection.changed", connection, by, **facts)
    return connection


@transaction.atomic
def switch(*, connection: ProviderConnection, on: bool, by: Any) -> None:
    """Use it, or use it no more. Raises ValidationError."""
    connection = _locked(connection)
    if connection.is_active == on:
        raise ValidationError(_("它已经启用。") if on else _("它已经停用。"))
    connection.is_active = on
    connection.save(update_fields=["is_active"])
    _record("connection.resumed" if on else "connection.paused", connection, by)


@transaction.atomic
def remove(*, connection: ProviderConnection, by: Any) -> None:
    """Forget it. Raises ValidationError where payments hang on it."""
    connection = _locked(connection)
    if connection.orders.exists():
        raise ValidationError(_("它还留有缴费订单，对账要用，不能删除；请停用。"))
    _record("connection.removed", connection, by, before=_described(connection))
    connection.delete()


def try_out(*, connection: ProviderConnection, by: Any) -> tuple[bool, str]:
    """Ask whether it answers; keep and return what came of it, in words."""
    passed, result = _tested(connection)
    with transaction.atomic():
        connection = _locked(connection)
        connection.tested_at, connection.test_passed, connection.test_result = timezone.now(), passed, result[:200]
        connection.save(update_fields=["tested_at", "test_passed", "test_result"])
        _record(
            "connection.tested",
            connection,
            by,
            result=Result.DONE if passed else Result.FAILED,
            answer=result[:200],
        )
    return passed, result


def _tested(connection: ProviderConnection) -> tuple[bool, str]:
    try:
        answer = ask(connection, "ping", {})
    except SilentError as error:
        return False, in_words(str(error))
    if answer.get("status") != "ok":
        return False, _("对方收到了请求，但没有接受：请核对密钥编号、密钥和双方的时钟。")
    told = {str(each) for each in answer.get("operations", [])} if isinstance(answer.get("operations"), list) else set()
    if missing := [each for each in connection.operations if each not in told]:
        return False, _("连接正常，但对方没有提供：%(missing)s。") % {"missing": _("、").join(missing)}
    return True, _("连接正常，签名相符，登记的接口对方都提供。")


def in_words(reason: str) -> str:
    """Say why nothing was answered, as an administrator needs it."""
    known = {
        "HTTP 401": _("对方不承认签名（401）：请核对密钥编号、密钥和双方的时钟。"),
        "HTTP 403": _("对方拒绝（403）：请对方放行本站的地址。"),
        "HTTP 404": _("对方没有这个地址（404）：请核对接口地址。"),
        "ForbiddenAddressError": _("接口地址在内部网络，未经系统运维放行。"),
        "no JSON": _("对方的答复不是 JSON：接口地址可能指到了网页。"),
        "no JSON object": _("对方的答复不是 JSON 对象。"),
        "too slow": _("对方没有在规定时间内答复。"),
        "resting": _("对方连续几次没有答复，半分钟之后再试。"),
        "sealed": _("登记的密钥读不出来（本站的 SECRET_KEY 换过）：请重新填写密钥。"),
    }
    return known.get(reason, _("连不上对方：%(reason)s。") % {"reason": reason[:100]})


def _check_room(terms: Terms) -> None:
    """Count what an organisation has, one at a time. Raises ValidationError."""
    Page.objects.select_for_update().get(pk=terms.organisation.pk)
    if ProviderConnection.objects.filter(organisation=terms.organisation.pk).count() >= MOST:
        raise ValidationError(_("这个单位已有 %(most)d 个办理接口，请先删除不用的。") % {"most": MOST})


def _take(connection: ProviderConnection, terms: Terms) -> None:
    for name in ("name", "base_url", "key_id", "operations", "hosts", "seconds", "is_sandbox"):
        setattr(connection, name, getattr(terms, name))
    connection.organisation_id = terms.organisation.pk
    connection.save()


def _locked(connection: ProviderConnection) -> ProviderConnection:
    rows = ProviderConnection.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(pk=connection.pk).first()
    if found is None:
        raise ValidationError(_("它已被删除。"))
    return found


def _described(connection: ProviderConnection) -> dict[str, Any]:
    """Describe it without its secret."""
    names = ("name", "base_url", "key_id", "operations", "hosts", "seconds", "is_sandbox")
    return {"organisation": connection.organisation_id, **{name: getattr(connection, name) for name in names}}


def _record(kind: str, connection: ProviderConnection, by: Any, **facts: Any) -> None:
    record(kind, connection, organisation=connection.organisation, actor=by, **facts)
