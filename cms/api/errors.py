"""What is answered when a request cannot be served: a sentence, and the name of the parameter to blame."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

SHOWN_LENGTH = 50


class BadParameterError(BadRequestError):
    """A parameter that cannot be used; the message says why."""

    def __init__(self, parameter: str, message: Any) -> None:
        super().__init__(message)
        self.parameter = parameter if len(parameter) <= SHOWN_LENGTH else f"{parameter[:SHOWN_LENGTH]}…"


def answer(error: Exception) -> Response | None:
    """Turn an exception into an answer; None for what is our own fault."""
    if isinstance(error, BadRequestError):
        return _answer(str(error), status.HTTP_400_BAD_REQUEST, getattr(error, "parameter", None))
    if isinstance(error, Http404):
        return _answer(_("这里没有公开的内容：编号不存在、尚未公开或已经撤回。"), status.HTTP_404_NOT_FOUND)
    if isinstance(error, MethodNotAllowed):
        return _answer(_("本接口只读，请用 GET 方法。"), error.status_code)
    if isinstance(error, APIException):
        return _answer(str(error.detail), error.status_code)
    return None


def no_such_address() -> dict[str, Any]:
    """Say that nothing is served under an address."""
    return {"message": _("接口中没有这个地址，请查看 /api/docs/。"), "parameter": None}


def _answer(message: str, status_code: int, parameter: str | None = None) -> Response:
    return Response({"message": message, "parameter": parameter}, status=status_code)
