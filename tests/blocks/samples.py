"""One stored value for each block that needs no database, as it stands in the column."""

from __future__ import annotations

from typing import Any

FEES: dict[str, Any] = {
    "title": "收费标准",
    "since": "2026-12-01",
    "groups": [
        {
            "name": "居民生活用水",
            "basis": "关于调整居民用水价格的通知（示例）",
            "number": "示例价〔2026〕18号",
            "document": None,
            "fees": [
                {
                    "item": "第一阶梯",
                    "amount": "3.20",
                    "amount_note": "",
                    "unit": "立方米",
                    "scope": "每户每年 0–144 立方米",
                    "previous": "3.10",
                },
                {
                    "item": "表后管道维修",
                    "amount": None,
                    "amount_note": "按实际成本",
                    "unit": "次",
                    "scope": "",
                    "previous": None,
                },
            ],
        }
    ],
    "note": "",
    "supervision_phone": "12345",
}
GRID: dict[str, Any] = {
    "data": [["册号", "抄表日"], ["001", "11月3日"], ["002", "11月4日"]],
    "cell": [],
    "mergeCells": [],
    "first_row_is_table_header": True,
    "first_col_is_header": False,
    "table_header_choice": "row",
    "table_caption": "2026年11月抄表计划",
}
VALUES: dict[str, Any] = {
    "text": '<p data-block-key="a1">请到<a href="/guide/">办事指南</a>查看。</p>',
    "article": {
        "title": "冬季防冻常识",
        "source": "示例单位",
        "author": "",
        "written": "2026-11-01",
        "body": "<h2>包好水表</h2><p>气温低于零下五度时，请包好水表。</p>",
    },
    "announcement": {
        "title": "计划停水",
        "starts": "2026-11-25T00:00:00Z",
        "ends": "2026-11-25T08:00:00Z",
        "area": "示例街道\n示例小区",
        "reason": "管道更新",
        "body": "<p>请提前储水。</p>",
        "contact": "0411-0000-0000（24 小时）",
    },
    "faq": {"title": "常见问题", "questions": [{"question": "缴错了怎么办？", "answer": "<p>拨打热线撤销。</p>"}]},
    "fee_table": FEES,
    "table": {"table": GRID, "note": "数据截至2026年11月1日"},
    "schedule": {"valid_from": "2026-11-01", "valid_to": "2026-11-30", "table": GRID, "note": ""},
    "quality_report": {
        "title": "管网水水质公告",
        "period": "2026年10月",
        "standard": "GB 5749-2022",
        "laboratory": "示例检测中心",
        "indicators": [
            {"indicator": "浑浊度", "value": "0.35", "unit": "NTU", "limit": "≤1", "verdict": "pass"},
            {"indicator": "余氯", "value": "<0.05", "unit": "mg/L", "limit": "≥0.05", "verdict": "fail"},
        ],
        "conclusion": "一项不合格，已处理。",
        "document": None,
    },
    "name_list": {
        "display_from": "2026-11-20",
        "display_to": "2026-11-26",
        "reason": "助学金评审结果公示",
        "table": {
            **GRID,
            "data": [["姓名", "年级"], ["张某某", "三年级"]],
            "table_caption": "拟资助学生名单",
        },
        "phone": "0411-0000-0001",
    },
    "procedure": {
        "title": "用水过户",
        "legal_basis": ["城市供水条例"],
        "conditions": "房屋产权人",
        "materials": [{"name": "不动产权证", "copies": 1, "form": "seen", "note": ""}],
        "steps": [{"title": "交材料", "text": "到任一营业厅。"}],
        "workdays": 3,
        "fee": "不收费",
        "place": "各营业厅",
        "hours": "工作日 8:30–17:00",
        "phone": "0411-0000-0000",
        "form": None,
        "online": "https://example.cn/transfer",
    },
    "service_link": {
        "title": "水费查询",
        "text": "去查询",
        "url": "https://example.cn/bill",
        "purpose": "查账单，需要 10 位户号。",
        "phone": "",
    },
    "phone_list": {
        "title": "联系电话",
        "phones": [{"name": "报修", "phone": "0411-95598 转 2", "hours": "24 小时", "note": ""}],
    },
    "outlet_list": {
        "title": "服务网点",
        "outlets": [
            {
                "name": "示例营业厅",
                "address": "示例街 18 号",
                "hours": "工作日 8:30–16:30",
                "phone": "0411-0000-0002",
                "services": "缴费、过户",
            }
        ],
    },
    "document_list": {"title": "附件", "files": []},
    "form": {"title": "用水申请表", "document": None, "sample": None, "use": "交到营业厅"},
    "image": {"picture": {"image": None, "decorative": False, "alt_text": ""}, "caption": "", "source": ""},
    "annual_report": {
        "title": "信息公开年度报告",
        "year": 2025,
        "summary": "<p>全年主动公开信息。</p>",
        "figures": [{"name": "主动公开", "value": "-0.50", "unit": "百分点", "note": ""}],
        "document": None,
    },
}


def raw_stream(*names: str) -> list[dict[str, Any]]:
    """Return a raw stream of these blocks, of all of them when none is named."""
    return [{"type": name, "value": VALUES[name], "id": f"id-{name}"} for name in names or VALUES]
