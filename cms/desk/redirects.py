"""The second step of importing redirects, for whoever comes to it without the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.contrib.redirects.utils import get_file_storage
from wagtail.contrib.redirects.views import process_import

from ..countersigning.rehearsal import is_replaying

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@hooks.register("register_admin_urls", order=-10)
def second_step() -> list[Any]:
    """Resolve before Wagtail's own; `reverse` finds the same address."""
    return [path("redirects/import/process/", process_what_was_begun)]


def process_what_was_begun(request: HttpRequest) -> HttpResponse:
    """Lead back to the first step where no file was sent, or the file is gone; Wagtail fails there.

    The file stays until a second person has confirmed the import (see `cms.countersigning`); Wagtail removes it.
    """
    if request.method != "POST":
        response: HttpResponse = process_import(request)
        return response
    name, content = _begun(request.POST)
    if not content:
        messages.error(request, _("还没有上传要导入的文件，或文件已过期；请从第一步重新开始。"))
        return redirect("wagtailredirects:start_import")
    answer: HttpResponse = process_import(request)
    if not is_replaying():
        get_file_storage()(name=name).save(content, "wb")
    return answer


def _begun(posted: Any) -> tuple[str, bytes]:
    """Return name and content of the file of the first step; nothing when it is not there."""
    try:
        name, _format = (Signer().unsign(posted.get(key, "")) for key in ("import_file_name", "input_format"))
        return name, get_file_storage()(name=name).read("rb")
    except (BadSignature, OSError):
        return "", b""
