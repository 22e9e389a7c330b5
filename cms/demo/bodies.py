"""A sample body for each kind of content, as it stands in the column."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from blocks.kinds import ContentKind
from blocks.story import content_stream_block

PHONE = "0411-0000-0000"
FILL = "本条内容为演示而编写，不作为办事依据。"


def paragraphs(*texts: str) -> str:
    """Return rich text of plain paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def grid(caption: str, rows: list[list[str]]) -> dict[str, Any]:
    """Return a table with a header row."""
    return {
        "data": rows,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": caption,
    }


def _fee(item: str, amount: str, unit: str, scope: str, previous: str | None = None) -> dict[str, Any]:
    fee = {"item": item, "amount": amount, "amount_note": "", "unit": unit, "scope": scope, "previous": previous}
    return fee


def fee_table(title: str) -> dict[str, Any]:
    """Return a fee table with two groups."""
    return {
        "title": title,
        "since": "2026-01-01",
        "groups": [
            {
                "name": "基本收费",
                "basis": "关于收费标准的通知（示例）",
                "number": "示例价〔2025〕6号",
                "document": None,
                "fees": [
                    _fee("第一档", "3.20", "计费单位", "每户每年基本用量以内", "3.10"),
                    _fee("第二档", "4.10", "计费单位", "超出基本用量的部分", "3.95"),
                ],
            },
            {
                "name": "相关服务",
                "basis": "关于服务收费的通知（示例）",
                "number": "示例价〔2024〕2号",
                "document": None,
                "fees": [_fee("上门检查", "30.00", "次", "自愿委托", "30.00")],
            },
        ],
        "note": "低保、特困家庭凭有效证明减免，次月生效。",
        "supervision_phone": "12345",
    }


def procedure(title: str) -> dict[str, Any]:
    """Return a procedure with materials and steps."""
    return {
        "title": title,
        "legal_basis": ["公共企事业单位信息公开规定制定办法（国办发〔2020〕50号）"],
        "conditions": "本市居民和单位均可办理。",
        "materials": [
            {"name": "本人有效身份证件", "copies": 1, "form": "seen", "note": "现场核验，不留存"},
            {"name": "申请表", "copies": 1, "form": "original", "note": "窗口领取"},
        ],
        "steps": [
            {"title": "取号", "text": "到任一服务网点取号，或拨打电话预约。"},
            {"title": "交材料", "text": "工作人员当场核对，材料不齐的一次告知。"},
            {"title": "办结", "text": "短信通知结果。"},
        ],
        "workdays": 3,
        "fee": "不收费",
        "place": "各服务网点（示例）",
        "hours": "工作日 8:30–16:30",
        "phone": PHONE,
        "form": None,
        "online": "",
    }


def quality_report(title: str) -> dict[str, Any]:
    """Return a report with indicators."""
    names = ("indicator", "value", "unit", "limit", "verdict")
    rows = (
        ("浑浊度", "0.35", "NTU", "≤1", "pass"),
        ("余氯", "0.45", "mg/L", "≥0.05", "pass"),
        ("菌落总数", "未检出", "CFU/mL", "≤100", "pass"),
    )
    return {
        "title": title,
        "period": "2026年10月（示例）",
        "standard": "GB 5749-2022",
        "laboratory": "示例检测中心",
        "indicators": [dict(zip(names, row, strict=True)) for row in rows],
        "conclusion": "本期检测各项指标合格（示例数据）。",
        "document": None,
    }


def _annual(title: str) -> dict[str, Any]:
    figures = (("主动公开信息", "128", "条"), ("答复咨询", "36", "件"))
    return {
        "title": title,
        "year": 2025,
        "summary": paragraphs("本年度主动公开信息、答复咨询、接受监督的情况如下。", FILL),
        "figures": [{"name": name, "value": value, "unit": unit, "note": "示例"} for name, value, unit in figures],
        "document": None,
    }


def _name_list(title: str) -> dict[str, Any]:
    return {
        "display_from": "2026-11-16",
        "display_to": "2026-12-31",
        "reason": f"{title}，公示期内接受监督。",
        "table": grid("公示名单（示例）", [["姓名", "事项"], ["张某某", "示例事项"], ["李某某", "示例事项"]]),
        "phone": PHONE,
    }


def _text(title: str) -> str:
    return paragraphs(
        f"{title}的主要内容如下。",
        "服务对象为全体市民；办理时限、收费和联系方式以本页公布为准，变更后二十个工作日内更新。",
        FILL,
    )


def _schedule(title: str) -> dict[str, Any]:
    rows = [
        ["时段", "星期一至五", "周末和节假日"],
        ["上午", "8:30–11:30", "9:00–11:30"],
        ["下午", "13:30–17:00", "休息"],
    ]
    return {
        "valid_from": "2026-11-01",
        "valid_to": "2026-12-31",
        "table": grid(title, rows),
        "note": "节假日另行公告。",
    }


def _table(title: str) -> dict[str, Any]:
    rows = [["项目", "数量", "说明"], ["甲类", "12", "示例"], ["乙类", "30", "示例"]]
    return {"table": grid(title, rows), "note": "示例数据。"}


def _announcement(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "starts": "2026-11-25T00:00:00Z",
        "ends": "2026-11-25T08:00:00Z",
        "area": "示例街道\n示例小区",
        "reason": "设施检修（示例）",
        "body": paragraphs("请提前做好准备。", FILL),
        "contact": PHONE,
    }


def _faq(title: str) -> dict[str, Any]:
    answer = paragraphs("请拨打服务热线，或到任一服务网点办理。")
    return {"title": title, "questions": [{"question": "不会上网怎么办？", "answer": answer}]}


def _service(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "text": "去办理",
        "url": "https://example.org/service",
        "purpose": "演示用的链接：查询和办理在提供单位的网站进行，本站不收集个人信息。",
        "phone": PHONE,
    }


def _phones(title: str) -> dict[str, Any]:
    lines = (("24 小时热线", "24 小时"), ("监督投诉", "工作日 8:30–17:00"))
    phones = [{"name": name, "phone": PHONE, "hours": hours, "note": "示例"} for name, hours in lines]
    return {"title": title, "phones": phones}


def _outlets(title: str) -> dict[str, Any]:
    outlet = {
        "name": "示例网点",
        "address": "示例路 1 号",
        "hours": "工作日 8:30–16:30",
        "phone": PHONE,
        "services": "咨询、办理、缴费",
    }
    return {"title": title, "outlets": [outlet]}


# Content kind → the block that shows it, and what makes its sample value from a title.
SAMPLES: dict[str, tuple[str, Any]] = {
    ContentKind.TEXT: ("text", _text),
    ContentKind.ARTICLE: ("text", _text),
    ContentKind.DOCUMENT: ("text", _text),
    ContentKind.FORM: ("text", _text),
    ContentKind.MAP_OR_TEXT: ("text", _text),
    ContentKind.CATALOGUE: ("text", _text),
    ContentKind.TABLE: ("table", _table),
    ContentKind.FEE_TABLE: ("fee_table", fee_table),
    ContentKind.PROCEDURE: ("procedure", procedure),
    ContentKind.PHONE_LIST: ("phone_list", _phones),
    ContentKind.OUTLET_LIST: ("outlet_list", _outlets),
    ContentKind.SCHEDULE: ("schedule", _schedule),
    ContentKind.ANNOUNCEMENT: ("announcement", _announcement),
    ContentKind.REPORT: ("annual_report", _annual),
    ContentKind.ANNUAL_REPORT: ("annual_report", _annual),
    ContentKind.QUALITY_REPORT: ("quality_report", quality_report),
    ContentKind.NAME_LIST: ("name_list", _name_list),
    ContentKind.SERVICE_LINK: ("service_link", _service),
    ContentKind.QUERY: ("service_link", _service),
    ContentKind.FAQ: ("faq", _faq),
}


def stream(*blocks: tuple[str, Any]) -> Any:
    """Make the value of a content field from (block, raw value) pairs; ids follow from place and kind."""
    raw = [
        {"type": name, "value": value, "id": str(uuid5(NAMESPACE_URL, f"sample/{position}/{name}"))}
        for position, (name, value) in enumerate(blocks)
    ]
    return content_stream_block().to_python(raw)


def sample_body(kind: str, title: str) -> Any:
    """Return a sample body that fulfils a content kind, introduced by a sentence."""
    block, make = SAMPLES[kind]
    if block == "text":
        return stream((block, make(title)))
    return stream(("text", paragraphs(f"{title}（示例）。{FILL}")), (block, make(title)))


def replace_values(body: Any, values: dict[str, str]) -> Any:
    """Return a body in which whole texts are others."""
    return content_stream_block().to_python(_replaced(body.get_prep_value(), values))


def _replaced(raw: Any, values: dict[str, str]) -> Any:
    if isinstance(raw, dict):
        return {name: _replaced(value, values) for name, value in raw.items()}
    if isinstance(raw, list):
        return [_replaced(value, values) for value in raw]
    return values.get(raw, raw) if isinstance(raw, str) else raw
