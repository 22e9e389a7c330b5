"""What the OpenAPI description says of the messages (its section `webhooks`)."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from accounts.withdrawable import WithdrawalKind
from cms.public_events.facts import ENDPOINTS
from cms.public_events.kinds import OUTWARD
from cms.public_events.recording import RESTRICTED

from .composing import PING
from .matching import ENTERED, LEFT

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"


def describe(result: Schema, **options: Any) -> Schema:
    """Add the messages (POSTPROCESSING_HOOKS)."""
    result["components"]["schemas"]["WebhookData"] = _data()
    result["components"]["schemas"] = dict(sorted(result["components"]["schemas"].items()))
    result["webhooks"] = {
        **{kind: {"post": _operation(kind, force_str(words), _reference())} for kind, words in OUTWARD.items()},
        PING: {"post": _operation(PING, _("测试消息"), {"type": "object", "maxProperties": 0})},
    }
    return result


def _reference() -> Schema:
    return {"$ref": f"{REFERENCE}WebhookData"}


def _operation(kind: str, words: str, data: Schema) -> Schema:
    message = _closed(
        {
            "type": {"const": kind},
            "timestamp": {"type": "string", "format": "date-time", "description": _("变化发生的时间。")},
            "data": data,
        }
    )
    return {
        "operationId": f"webhook_{kind.replace('.', '_')}",
        "summary": words,
        "description": _("推送到在后台登记的地址，签名符合 Standard Webhooks，见 docs/webhooks.md。"),
        "tags": ["webhooks"],
        "parameters": [_header(*each) for each in _headers()],
        "requestBody": {"required": True, "content": {"application/json": {"schema": message}}},
        "responses": {
            "2XX": {"description": _("已收到。其他答复都算失败，稍后再试。")},
            "410": {"description": _("不再接收，推送随即停止。")},
        },
    }


def _headers() -> list[tuple[str, str]]:
    return [
        ("webhook-id", _("消息的编号；重试和重发时不变，据此识别重复。")),
        ("webhook-timestamp", _("这一次发送的时间，Unix 秒。")),
        ("webhook-signature", _("一个或几个签名，用空格隔开；更换密钥期间有两个。")),
    ]


def _header(name: str, words: str) -> Schema:
    return {"name": name, "in": "header", "required": True, "description": words, "schema": {"type": "string"}}


def _data() -> Schema:
    text_or_null = {"type": ["string", "null"]}
    found = _closed(
        {
            "sequence": {"type": "integer", "description": _("事件的序号，只增不减。")},
            "endpoint": {"type": "string", "enum": sorted(ENDPOINTS.values()), "description": _("所在的接口。")},
            "id": {"type": "integer", "description": _("在接口中的编号，永久不变。")},
            "language": {"type": "string", "description": _("语言。")},
            "index_number": {**text_or_null, "description": _("索引号；没有的为 null。")},
            "html_url": {**text_or_null, "description": _("网页地址；没有的为 null。")},
            "api_url": {"type": "string", "format": "uri", "description": _("读取的地址。")},
            "includes_descendants": {"type": "boolean", "description": _("它之下的全部页面同样如此，请重新读取。")},
            "withdrawal": {
                "enum": [*WithdrawalKind.values, RESTRICTED, None],
                "description": _("撤下的方式；不是撤下的为 null。"),
            },
            "scope": {
                "enum": [ENTERED, LEFT, None],
                "description": _("移入或移出所推送的单位；其余为 null。"),
            },
        }
    )
    return {**found, "description": _("什么变了，到哪里读。")}


def _closed(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
