"""The write API and the previews in the OpenAPI description: every body, every answer, every refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from blocks.base import object_schema
from blocks.story import content_stream_block
from snippets.inputs import InputBlock

from ..problems import MEDIA_TYPE
from .blocks import schema_of
from .fields import ANSWERS, Field
from .files import FILES
from .json_body import MERGING
from .kinds import KINDS, Kind
from .listing import DraftList
from .shown import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]
JSON = "application/json"
STRING: Schema = {"type": "string"}
OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}
BOOLEAN: Schema = {"type": "boolean"}
ALWAYS = (400, 401, 403, 404, 405, 429, 500, 503)
KEY = {"name": "id", "in": "path", "required": True, "schema": NUMBER, "description": _("草稿的编号。")}
ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": _("幂等键，24 小时内同一个键、同一个请求只做一次，答复相同。"),
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}
MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": _("读取草稿时得到的 ETag；没有改过才写。"),
    "schema": {"type": "string"},
}
EXAMPLE = {
    "entry": "water:A01",
    "title": "示例企业概况",
    "summary": "示例。",
    "generated_on": "2026-11-20",
    "keywords": ["概况"],
    "body": [{"type": "text", "value": "<p>示例正文。</p>"}],
}
EXAMPLES: dict[str, Any] = {
    "disclosures": EXAMPLE,
    "notices": {
        "kind": "planned_outage",
        "title": "示例停水公告",
        "starts_at": "2026-12-01T08:00:00+08:00",
        "ends_at": "2026-12-01T18:00:00+08:00",
        "area": "示例街道",
        "body": EXAMPLE["body"],
    },
    "service-items": {
        "code": "water-bill",
        "title": "水费查询",
        "class": "query",
        "industry": "waterworks",
        "provider": "210200-00020",
        "link": "https://example.org/bill",
        "personal_input": ["用户号"],
        "phone": "0411-12345678",
    },
}


def describe(result: Schema) -> Schema:
    """Add the addresses and their shapes to a description."""
    components = result["components"]["schemas"]
    written = {"type": "array", "items": schema_of(InputBlock())}
    components |= {"WrittenBody": schema_of(content_stream_block()), "WrittenInputs": written, **SHAPES}
    for kind in KINDS.values():
        name = _component(kind)
        components[f"{name}Writing"] = _written(kind)
        components[f"{name}Draft"] = _draft(kind)
        result["paths"] |= _paths(kind, name)
    result["paths"] |= {f"/api/v2/write/files/{name}/": {"post": _upload(name)} for name in FILES}
    result["paths"]["/api/v2/preview/"] = {"get": _preview(result)}
    return result


def _component(kind: Kind) -> str:
    return {"disclosures": "Disclosure", "notices": "Notice", "service-items": "ServiceItem"}[kind.name]


def _properties(fields: Iterable[Field]) -> dict[str, Schema]:
    return {
        field.name: field.schema if "$ref" in field.schema else {**field.schema, "description": field.about}
        for field in fields
    }


def _written(kind: Kind) -> Schema:
    place = {"type": ["string", "object", "null"], "description": _("单位的机构代码；不写为令牌的单位。")}
    shown: Schema = {name: {} for name in ("id", "state", "updated_at", "status_url")}
    properties = {"organisation": place, **_properties((*kind.fields, *ANSWERS)), **shown}
    return {**object_schema(properties), "required": []}


def _draft(kind: Kind) -> Schema:
    head: Schema = {
        "id": NUMBER,
        "organisation": {"oneOf": [_ref("WritingPlace"), {"type": "null"}]},
        "state": {"type": "string", "enum": list(STATES)},
        "updated_at": {"type": ["string", "null"], "format": "date-time"},
        "status_url": {"type": "string", "format": "uri"},
    }
    # Drafts made elsewhere may hold blocks of templates that are gone.
    fields = {name: {} if name == "body" else schema for name, schema in _properties(kind.fields).items()}
    fields["body"] = {"type": "array", "items": {"type": "object"}} if "body" in fields else {}
    if fields["body"] == {}:
        del fields["body"]
    return object_schema(head | fields)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


PLACE = object_schema({"code": OR_NULL, "title": STRING})
FINDING = object_schema(
    {
        "code": STRING,
        "severity": {"type": "string", "enum": ["block", "warn", "info"]},
        **dict.fromkeys(("field", "where", "sentence", "sample", "answer"), STRING),
        "asks": BOOLEAN,
        "exceptional": BOOLEAN,
    }
)
OFFICE: Schema = {"oneOf": [_ref("WritingPlace"), {"type": "null"}]}
WAITING = object_schema(
    {
        "tier": {"type": "integer"},
        "tier_label": STRING,
        "office": OFFICE,
        "since": OR_NULL,
        "due_at": OR_NULL,
        "later": {"type": "array", "items": STRING},
    }
)
RETURNED = object_schema(
    {
        "tier": {"type": ["integer", "null"]},
        **dict.fromkeys(("tier_label", "reason", "reason_label", "comment"), STRING),
        "office": OFFICE,
        "at": OR_NULL,
    }
)
STATUS = object_schema(
    {
        "id": NUMBER,
        "state": {"type": "string", "enum": list(STATES)},
        "state_label": STRING,
        "etag": STRING,
        "tiers_required": {"type": "integer", "minimum": 1, "maximum": 3},
        "waiting": {"oneOf": [WAITING, {"type": "null"}]},
        "returned": {"oneOf": [RETURNED, {"type": "null"}]},
        "findings": {"type": "array", "items": FINDING},
        "is_public": BOOLEAN,
        **dict.fromkeys(("index_number", "first_published_at", "last_published_at"), OR_NULL),
    }
)
LIST_META = object_schema({"next_cursor": {"type": ["integer", "null"]}, "next": OR_NULL})
LISTED = object_schema(
    {
        "id": NUMBER,
        "title": STRING,
        "state": {"type": "string", "enum": list(STATES)},
        "state_label": STRING,
        "organisation": OFFICE,
        "updated_at": {"type": ["string", "null"], "format": "date-time"},
        "etag": STRING,
        "is_public": BOOLEAN,
        "url": {"type": "string", "format": "uri"},
        "status_url": {"type": "string", "format": "uri"},
    }
)
FIELD_ERROR = object_schema({"field": STRING, "message": STRING})
PROBLEM = object_schema(
    {
        **dict.fromkeys(("type", "title", "detail", "instance"), STRING),
        "status": {"type": "integer"},
        "parameter": OR_NULL,
    }
)
SHAPES: dict[str, Schema] = {
    "WritingPlace": PLACE,
    "WritingStatus": STATUS,
    "WritingList": object_schema({"meta": LIST_META, "items": {"type": "array", "items": LISTED}}),
    "WritingFile": object_schema(
        {"id": NUMBER, "title": STRING, "filename": STRING, "size": {"type": ["integer", "null"]}, "sha1": STRING}
    ),
    "PreviewToken": object_schema(
        {
            "token": STRING,
            "expires_at": {"type": "string", "format": "date-time"},
            "url": {"type": "string", "format": "uri"},
        }
    ),
    "WritingProblem": {
        **PROBLEM,
        "properties": {**PROBLEM["properties"], "errors": {"type": "array", "items": FIELD_ERROR}},
    },
}


def _answers(success: int, schema: Schema, *problems: int, headers: Schema | None = None) -> Schema:
    refused = {"description": "", "content": {MEDIA_TYPE: {"schema": _ref("WritingProblem")}}}
    found: Schema = {"description": "", "content": {JSON: {"schema": schema}}}
    if headers:
        found["headers"] = headers
    return {str(success): found, **{str(status): refused for status in sorted({*ALWAYS, *problems})}}


def _operation(name: str, summary: Any, answers: Schema, *parameters: Schema, body: Schema | None = None) -> Schema:
    told: Schema = {
        "operationId": name,
        "summary": summary,
        "tags": ["write"],
        "parameters": list(parameters),
        "security": [{"token": []}],
        "responses": answers,
    }
    return told | ({"requestBody": body} if body else {})


def _json(schema: Schema, example: Any = None, *, required: bool = True) -> Schema:
    content: Schema = {"schema": schema}
    if example is not None:
        content["example"] = example
    return {"required": required, "content": {JSON: content}}


def _paths(kind: Kind, component: str) -> Schema:
    one, name = f"/api/v2/write/{kind.name}/{{id}}/", kind.name.replace("-", "_")
    draft, body = _ref(f"{component}Draft"), _json(_ref(f"{component}Writing"), EXAMPLES[kind.name])
    etag = {"ETag": {"schema": STRING, "description": _("草稿的版本。")}}
    located = etag | {"Location": {"schema": STRING, "description": _("草稿的地址。")}}
    answers = {"confirm_findings": {"type": ["boolean", "null"]}, "exception_reason": OR_NULL}
    submitted = _json({**object_schema(answers), "required": []}, {"confirm_findings": True}, required=False)
    read, kept = _answers(200, draft, headers=etag), _answers(201, draft, 409, 413, 415, 422, headers=located)
    changed = _answers(200, draft, 409, 412, 413, 415, 422, 428, headers=etag)
    status = _answers(200, _ref("WritingStatus"))
    sent = _answers(200, _ref("WritingStatus"), 409, 412, 413, 415, 422)
    preview = _answers(201, _ref("PreviewToken"), 413, 415)
    needed = {**MATCH, "required": True}
    listed, parameters = _answers(200, _ref("WritingList")), [each.as_openapi() for each in DraftList.parameters()]
    part = _json(_ref(f"{component}Writing"), {"title": EXAMPLES[kind.name]["title"]})
    part["content"][MERGING[1]] = part["content"][JSON]
    return {
        f"/api/v2/write/{kind.name}/": {
            "get": _operation(f"{name}_drafts", _("草稿和办理情况：列表"), listed, *parameters),
            "post": _operation(f"{name}_create", _("起草"), kept, ONCE, body=body),
        },
        one: {
            "get": _operation(f"{name}_draft", _("读取草稿"), read, KEY),
            "put": _operation(f"{name}_change", _("修改草稿"), changed, KEY, needed, ONCE, body=body),
            "patch": _operation(f"{name}_merge", _("修改草稿的一部分"), changed, KEY, needed, ONCE, body=part),
        },
        f"{one}submit/": {
            "post": _operation(f"{name}_submit", _("提交审核"), sent, KEY, MATCH, ONCE, body=submitted),
        },
        f"{one}status/": {"get": _operation(f"{name}_status", _("办理情况"), status, KEY)},
        f"{one}preview-token/": {
            "post": _operation(f"{name}_preview_token", _("生成预览令牌（15 分钟）"), preview, KEY),
        },
    }


def _upload(name: str) -> Schema:
    parts: Schema = dict.fromkeys(FILES[name][2], STRING) | {"file": {"type": "string", "format": "binary"}}
    required = ["file", "title"] + (["description"] if name == "images" else [])
    schema = {**object_schema(parts), "required": required}
    body = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    answers = _answers(201, _ref("WritingFile"), 413, 415, 422)
    return _operation(f"{name}_upload", _("上传文件") if name == "documents" else _("上传图片"), answers, body=body)


def _preview(result: Schema) -> Schema:
    shapes = [
        result["paths"][f"/api/v2/{kind}/{{id}}/"]["get"]["responses"]["200"]["content"][JSON]["schema"]
        for kind in KINDS
    ]
    token = {
        "name": "token",
        "in": "query",
        "required": True,
        "description": _("预览令牌。"),
        "schema": {"type": "string", "minLength": 1},
    }
    told = _operation("preview", _("按预览令牌读取一份草稿"), _answers(200, {"anyOf": shapes}, 414), token)
    return told | {"security": [{"token": []}, {}], "tags": ["preview"]}
