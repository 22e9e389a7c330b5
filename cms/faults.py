"""What the house stands on is away, or only reads: told as that (503, and when to come back), never as our failure."""

from __future__ import annotations

import errno
import sqlite3
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error, InterfaceError, InternalError, OperationalError
from django.http import HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

RETRY_SECONDS = 5
# PostgreSQL: a standby, or a server told to read only.
READ_ONLY = "25006"
# What a file of SQLite can meet outside of itself. Its other operational errors are wrong statements: ours.
SQLITE_FAULTS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# A disk that is full, or mounted to be read only.
DISK_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def is_fault(error: BaseException | None) -> bool:
    """Is it the database or the disk that cannot, rather than the program that is wrong?"""
    if isinstance(error, OSError):
        return error.errno in DISK_FAULTS
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if isinstance(error, OperationalError) and isinstance(cause, sqlite3.Error):
        # The code of the error in its lowest byte, what exactly above it.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_FAULTS
    if isinstance(error, InternalError):
        return getattr(cause, "pgcode", None) == READ_ONLY
    return isinstance(error, OperationalError | InterfaceError)


def is_behind(error: BaseException | None) -> bool:
    """Is a fault what led to this error? A session that cannot be written is told as one that was deleted."""
    while error is not None and not is_fault(error):
        error = error.__context__
    return error is not None


def is_answered_for() -> bool:
    """Is it a fault that a handler answers for just now?"""
    return is_fault(sys.exc_info()[1])


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer people. The page stands alone, like that of a failure."""
    is_writing = request.method not in {"GET", "HEAD", "OPTIONS"}
    with override(_language_of(request)):
        response = HttpResponse(render_to_string("503.html", {"is_writing": is_writing}), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer people what is wrong with what their browser sent."""
    with override(_language_of(request)):
        html = render_to_string("400.html", {"reason": _reason(error)})
    return HttpResponse(html, status=413 if isinstance(error, RequestDataTooBig) else 400)


def _reason(error: Exception) -> str:
    most = {"most": filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}
    if isinstance(error, RequestDataTooBig):
        return _("提交的文字太多（合计超过 %(most)s），什么也没有保存。请后退，分成几份填写，或者作为附件上传。") % most
    if isinstance(error, TooManyFieldsSent | TooManyFilesSent):
        return _("一次提交的栏目或文件太多，什么也没有保存。请后退，分成几份提交。")
    return _("网址或提交的内容写法不对，什么也没有保存。请从首页重新进入。")


def _language_of(request: HttpRequest) -> str | None:
    """Return the language a person works in, as far as that can be asked now; of the public, that of the address."""
    if request.path_info.startswith("/admin/"):
        with suppress(Error, ObjectDoesNotExist, AttributeError):
            chosen: Any = request.user
            return str(chosen.wagtail_userprofile.get_preferred_language())
    return get_language()
