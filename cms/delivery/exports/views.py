"""What is served under /exports/: the index, the nightly files, and tables of the moment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import FileResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe
from rest_framework.exceptions import Throttled
from wagtail.api.v2.utils import BadRequestError

from cms.api import errors, problems
from cms.api.cors import readable_from_elsewhere
from pages.exports import file_response
from pages.presentation import Reader
from pages.presentation.places import places

from .columns import COLUMNS, NAMES
from .leaving import outdated
from .tables import TYPES, rows_of, table
from .terms import attribution, licence
from .workshop import Written, current, files_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

# So long it takes at most until somebody begins to write them anew, and a while to do it.
RETRY_SECONDS = 900
REFUSALS = (BadRequestError, Throttled, errors.TooLongError, DatabaseError)


def root() -> Path:
    """Return the folder of the exports."""
    return Path(settings.EXPORT_ROOT)


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the files to people."""
    title, home, reader = _("数据下载"), places(request).home, Reader(request)
    written = files_in(root())
    served = _current_ones(written)
    context = {
        "page_title": title,
        "breadcrumbs": [{"title": _("首页"), "url": reader.url(home) if home else "/"}, {"title": title, "url": None}],
        "files": [{**vars(each), "url": file_address(each.name), "at": _moment(each)} for each in served],
        "are_rewritten": len(served) < len(written),
        "tables": [{"title": name, "links": _tables_of(endpoint)} for endpoint, name in NAMES.items()],
        "licence": licence(),
        "licence_url": settings.EXPORT_LICENCE_URL,
        "attribution": attribution(),
        "most": settings.EXPORT_MAX_ROWS,
    }
    return TemplateResponse(request, "exports/index.html", context)


@readable_from_elsewhere
@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """Tell machines what there is."""

    def files() -> list[dict[str, Any]]:
        return [_announced(request, each) for each in _current_ones(files_in(root()))]

    tables = {
        endpoint: [request.build_absolute_uri(link["url"]) for link in _tables_of(endpoint)] for endpoint in COLUMNS
    }
    answer = {
        "licence": licence(),
        "licence_url": settings.EXPORT_LICENCE_URL or None,
        "attribution": attribution(),
        "files": files(),
        "tables": tables,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def file_address(name: str) -> str:
    """Return the path of a nightly file."""
    return reverse("export_file", args=[name])


def _tables_of(endpoint: str) -> list[dict[str, str]]:
    return [{"title": each.upper(), "url": reverse("export_table", args=[endpoint, each])} for each in TYPES]


def _moment(file: Written) -> datetime | None:
    return parse_datetime(file.written_at)


def _current_ones(files: list[Written]) -> list[Written]:
    """Leave out the files in which something stands that has left the public since."""
    left_out = outdated(files)
    return [each for each in files if each.name not in left_out]


def _announced(request: HttpRequest, file: Written) -> dict[str, Any]:
    told = {name: value for name, value in vars(file).items() if name != "left"}
    return {**told, "url": request.build_absolute_uri(file_address(file.name))}


@readable_from_elsewhere
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a nightly file. Only names of the list lead to one."""
    found = next((each for each in files_in(root()) if each.name == name), None)
    if found is None:
        return problems.answer(request, problems.NO_ADDRESS, _("没有这个文件；现有的文件见 /exports/index.json。"))
    if outdated([found]):
        return _is_rewritten(request)
    told = condition(etag_func=lambda *_args: f'"{found.sha256}"', last_modified_func=lambda *_args: _moment(found))
    answer: HttpResponseBase = told(_sent)(request, found)
    return answer


def _sent(request: HttpRequest, found: Written) -> HttpResponseBase:
    opened = (current(root()) / found.name).open("rb")
    response = FileResponse(opened, as_attachment=True, filename=found.name, content_type=found.media_type)
    return _with_terms(request, response)


def _is_rewritten(request: HttpRequest) -> HttpResponseBase:
    answer = problems.answer(
        request, problems.REWRITTEN, _("这个文件生成之后，其中有内容撤下；重新生成之前不提供。即时的表格可以下载。")
    )
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


@readable_from_elsewhere
@require_safe
def table_of_now(request: HttpRequest, endpoint: str, file_type: str) -> HttpResponseBase:
    """Serve what an endpoint holds at this moment, under the filters of the API, as a table."""
    if endpoint not in COLUMNS:
        return problems.answer(request, problems.NO_ADDRESS, _("没有这个表；可用的表见 /exports/index.json。"))
    try:
        rows = rows_of(endpoint, request)
        rows.ask_leave()
        rows.narrow(request.META.get("QUERY_STRING", ""))
        keys = rows.keys(settings.EXPORT_MAX_ROWS + 1)
    except REFUSALS as error:
        answer = errors.answer(error, request)
        if answer is None:
            raise
        return answer
    if len(keys) > settings.EXPORT_MAX_ROWS:
        return _too_many(request, endpoint, file_type)
    response = file_response(request, table(endpoint, file_type, rows.of(keys)), file_type)
    return _with_terms(request, response)


def _too_many(request: HttpRequest, endpoint: str, file_type: str) -> HttpResponseBase:
    detail = _(
        "符合条件的超过 %(most)d 条。请用更窄的筛选（例如 updated_after），或下载每晚生成的完整文件 %(address)s。"
    ) % {"most": settings.EXPORT_MAX_ROWS, "address": file_address(f"{endpoint}.{file_type}")}
    return problems.answer(request, problems.PARAMETER, detail)


def _with_terms(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Lead to the terms, and keep search engines to the pages."""
    terms = settings.EXPORT_LICENCE_URL or request.build_absolute_uri(f"{reverse('exports')}#licence")
    response["Link"] = f'<{terms}>; rel="license"'
    response["X-Robots-Tag"] = "noindex"
    return response
