"""What is answered when a request cannot be served: a problem, a sentence, and the name of the parameter to blame."""

from __future__ import annotations

import logging
from math import ceil
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework.exceptions import (
    APIException,
    AuthenticationFailed,
    MethodNotAllowed,
    NotAuthenticated,
    PermissionDenied,
    Throttled,
)
from wagtail.api.v2.utils import BadRequestError

from cms import faults

from . import problems

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SHOWN_LENGTH = 50
# Longer ones no server lets through; ours would answer them in HTML.
LONGEST_QUERY = 8_000
PREFIX = "/api/"
WRITING = "/api/v2/write/"
# How to say who asks (RFC 6750).
CHALLENGE = 'Bearer realm="gongkai"'
INVALID = f'{CHALLENGE}, error="invalid_token"'
NOT_ENOUGH = f'{CHALLENGE}, error="insufficient_scope"'
logger = logging.getLogger(__name__)


class BadParameterError(BadRequestError):
    """A parameter that cannot be used; the message says why."""

    def __init__(self, parameter: str, message: Any) -> None:
        super().__init__(message)
        self.parameter = parameter if len(parameter) <= SHOWN_LENGTH else f"{parameter[:SHOWN_LENGTH]}…"


class TooLongError(Exception):
    """An address that is longer than anybody needs."""


def answer(error: Exception, request: HttpRequest) -> HttpResponse | None:
    """Turn an exception into an answer; None for what is our own fault."""
    if isinstance(error, BadRequestError):
        parameter = getattr(error, "parameter", None)
        return problems.answer(request, problems.PARAMETER, str(error), parameter=parameter)
    if isinstance(error, APIException):
        return _answer_framework(error, request)
    for kind, (problem, detail) in ANSWERS.items():
        if isinstance(error, kind):
            return problems.answer(request, problem, detail())
    if faults.is_fault(error):
        logger.error("The database does not answer.", exc_info=error)
        return unavailable(request)
    return None


ANSWERS: dict[type[Exception], Any] = {
    Http404: (problems.NOT_PUBLIC, lambda: _("这里没有公开的内容：编号不存在、尚未公开或已经撤回。")),
    TooLongError: (problems.TOO_LONG, lambda: _("查询部分不能超过 %(most)s 个字节。") % {"most": LONGEST_QUERY}),
    RequestDataTooBig: (problems.TOO_LARGE, lambda: _("请求内容超过了上限。")),
}


def _answer_framework(error: APIException, request: HttpRequest) -> HttpResponse:
    if isinstance(error, MethodNotAllowed):
        return problems.answer(request, problems.METHOD, _method_refused(request))
    if isinstance(error, AuthenticationFailed | NotAuthenticated):
        response = problems.answer(request, problems.TOKEN, error.detail)
        response["WWW-Authenticate"] = INVALID if "HTTP_AUTHORIZATION" in request.META else CHALLENGE
        return response
    if isinstance(error, PermissionDenied):
        response = problems.answer(request, problems.FORBIDDEN, error.detail)
        response["WWW-Authenticate"] = NOT_ENOUGH
        return response
    if isinstance(error, Throttled):
        seconds = ceil(getattr(error, "wait", None) or 1)
        detail = _("请求过于频繁，请在 %(seconds)s 秒后再来。") % {"seconds": seconds}
        response = problems.answer(request, problems.TOO_MANY, detail)
        response["Retry-After"] = str(seconds)
        return response
    return problems.answer(request, problems.REQUEST, error.detail)


def _method_refused(request: HttpRequest) -> str:
    if request.path_info.startswith(WRITING):
        return _("这个地址不能用这个方法，可用的方法见答复头 Allow。")
    return _("本接口只读，请用 GET 方法。")


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer that the database cannot be asked just now."""
    response = problems.answer(request, problems.UNAVAILABLE, _("数据库暂时不可用，请稍后再试。"))
    response["Retry-After"] = str(faults.RETRY_SECONDS)
    return response


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Say that nothing is served under an address."""
    return problems.answer(request, problems.NO_ADDRESS, _("接口中没有这个地址，请查看 /api/docs/。"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses before any view (handler400)."""
    if isinstance(exception, SessionInterrupted) and faults.is_behind(exception):
        return _told(request)
    if not request.path_info.startswith(PREFIX):
        return faults.refused(request, exception)
    return problems.answer(request, problems.REQUEST, _("请求的主机名或写法不能接受。"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for our own failures (handler500); Django has logged them."""
    if faults.is_answered_for():
        return _told(request)
    if not request.path_info.startswith(PREFIX):
        return defaults.server_error(request)
    return problems.answer(request, problems.FAILURE, _("系统出了差错，已经记录下来，请稍后再试。"))


def _told(request: HttpRequest) -> HttpResponse:
    return unavailable(request) if request.path_info.startswith(PREFIX) else faults.unavailable(request)
