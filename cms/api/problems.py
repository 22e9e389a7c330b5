"""The kinds of problems the API answers with (RFC 9457), each with an address that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils.encoding import escape_uri_path, force_str
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MEDIA_TYPE = "application/problem+json"
EXPLAINED_AT = "/api/docs/problems/"


@dataclass(frozen=True)
class Problem:
    """A kind of problem. The name never changes: programs compare the address that ends in it."""

    name: str
    status: int
    title: Any
    advice: Any

    @property
    def type(self) -> str:
        """Return the address that stands for the kind, the same in every language and under every host."""
        return f"{settings.BASE_URL.rstrip('/')}{EXPLAINED_AT}#{self.name}"


PARAMETER = Problem(
    "parameter", 400, _("参数不能用"), _("改正 parameter 所指的参数。detail 说明它应当怎样写；原样重试没有用。")
)
REQUEST = Problem("request", 400, _("请求不合规"), _("检查主机名和请求的写法；原样重试没有用。"))
TOKEN = Problem(
    "token", 401, _("令牌不能用"), _("带上有效的令牌：Authorization: Bearer gk_…。令牌由单位管理员在后台建立、更换。")
)
FORBIDDEN = Problem(
    "forbidden", 403, _("令牌不允许这样做"), _("令牌的用途、单位、来源地址或责任编辑员不允许；由单位管理员调整。")
)
NOT_PUBLIC = Problem(
    "not-public",
    404,
    _("没有公开的内容"),
    _("编号不存在、尚未公开，或者不能说明原因。曾经公开、后来撤下的会答复 410 或 308。"),
)
NO_DRAFT = Problem(
    "no-draft", 404, _("没有这份草稿"), _("编号不存在，或者不在令牌的单位和责任编辑员的职责之内；二者答复相同。")
)
NO_ADDRESS = Problem("no-address", 404, _("接口中没有这个地址"), _("地址以 /api/v2/ 下列出的为准。"))
METHOD = Problem("method", 405, _("不能用这个方法"), _("可用的方法见答复头 Allow。"))
MOVED = Problem("moved", 308, _("已转到新的地址"), _("按答复头 Location 取新的内容，并更新保存的地址。"))
WITHDRAWN = Problem(
    "withdrawn", 410, _("已不再公开"), _("从副本中删去，并可向读者显示 withdrawal 中的原因；不会在原编号恢复。")
)
CONFLICT = Problem(
    "conflict",
    409,
    _("现在不能这样做"),
    _("内容在审核、已锁定，或同一请求正在办理；见 detail，以后再试。"),
)
CHANGED = Problem("changed", 412, _("草稿已经变了"), _("另有人改过。重新读取草稿，合并后带上新的 ETag 再写。"))
FORGOTTEN = Problem("forgotten", 410, _("变更序号太旧"), _("清空副本，从 since=0 重新取一遍。"))
TOO_LARGE = Problem("too-large", 413, _("请求内容过大"), _("把内容分成几次提交。"))
TOO_LONG = Problem("too-long", 414, _("地址过长"), _("少写几个值，分几次查询。"))
MEDIA = Problem("media-type", 415, _("内容类型不对"), _("写入用 application/json，上传用 multipart/form-data。"))
INVALID = Problem(
    "invalid", 422, _("内容不能接受"), _("errors 逐项写明哪个字段、什么问题；规则与后台表单相同。改正后再写。")
)
REUSED = Problem(
    "reused-key", 422, _("幂等键用过了"), _("同一个 Idempotency-Key 只能用于同一个请求；新的请求用新的键。")
)
PRECONDITION = Problem(
    "precondition", 428, _("缺少 If-Match"), _("把读取草稿时得到的 ETag 写进 If-Match，以免盖掉别人的修改。")
)
TOO_MANY = Problem("too-many", 429, _("请求过于频繁"), _("等答复头 Retry-After 所写的秒数再来。"))
FAILURE = Problem("failure", 500, _("系统出了差错"), _("差错已经记录，不是请求的问题；稍后再试。"))
UNAVAILABLE = Problem("unavailable", 503, _("暂时不能答复"), _("数据库暂时不可用；等 Retry-After 所写的秒数再来。"))
REWRITTEN = Problem(
    "rewritten", 503, _("文件正在重新生成"), _("其中有内容撤下了；等 Retry-After 所写的秒数再来，或取即时的表格。")
)
PROBLEMS = (
    PARAMETER,
    REQUEST,
    TOKEN,
    FORBIDDEN,
    NOT_PUBLIC,
    NO_DRAFT,
    NO_ADDRESS,
    METHOD,
    MOVED,
    WITHDRAWN,
    CONFLICT,
    CHANGED,
    FORGOTTEN,
    TOO_LARGE,
    TOO_LONG,
    MEDIA,
    INVALID,
    REUSED,
    PRECONDITION,
    TOO_MANY,
    FAILURE,
    UNAVAILABLE,
    REWRITTEN,
)


def answer(request: HttpRequest, problem: Problem, detail: Any, **more: Any) -> HttpResponse:
    """Answer with a problem. `more` holds what this kind adds; `parameter` is null where none is to blame."""
    body = {
        "type": problem.type,
        "title": force_str(problem.title),
        "status": problem.status,
        "detail": force_str(detail),
        "instance": escape_uri_path(request.path),
        "parameter": None,
        **more,
    }
    return JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """Explain all kinds of problems, to people."""
    return TemplateResponse(request, "api/problems.html", {"problems": PROBLEMS})
