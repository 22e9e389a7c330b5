"""Words that betray personal data or secrets: health, minors, marks of secrecy, headings of lists of persons."""

from __future__ import annotations

import re

from .kind import Action, Kind, shown, value

_LEVEL = "(?:绝 {0,4}+密|机 {0,4}+密|秘 {0,4}+密|内部文件|内部资料|注意保存)"
_CLOSED = "(?:不予公开|依申请公开)"
_COLUMNS = "(?:身份证|证件号|联系电话|银行|住址|家庭)"
_LAST_COLUMN = re.compile(_COLUMNS + "$")


def _headings(value: str) -> str:
    """Show the two headings only: what stands between may be a name."""
    last = _LAST_COLUMN.search(value)
    return f"姓名…{last[0]}" if last else "姓名…"


HEALTH_WORD = Kind(
    "health_word",
    "健康等敏感信息（与姓名同现）",
    Action.WARN,
    # 中华人民共和国个人信息保护法 §28. 精神 counts as an illness only: every notice carries out the 精神 of another.
    (
        value(
            "病历号|住院号|诊断|残疾等级|精神(?=病|障碍|疾病|残疾|分裂|类|[ \t]{0,4}+(?:[\n|]|$))"
            "|艾滋|肝炎|孕|低保|贫困"
        ),
    ),
    shown,
    context=re.compile("姓 {0,4}+名|患者"),
)
MINOR_WORD = Kind(
    "minor_word",
    "未成年人信息",
    Action.WARN,
    # 中华人民共和国个人信息保护法 §31: under 14 the guardian consents.
    (value("出生日期|出生年月|监护人|家长电话|班级.{0,6}学号"),),
    shown,
)
SECRET_MARK = Kind(
    "secret_mark",
    "密级或不公开标志",
    Action.BLOCK,
    # 政府信息公开条例 §17: what is published was examined for secrets first. A mark has a star, or a line of its own,
    # or the word for the mark before it.
    (
        value(f"{_LEVEL} {{0,4}}+[★☆] {{0,4}}+[0-9]{{0,3}}+ {{0,2}}+(?:年|个月|长期)?"),
        re.compile(
            rf"^[ \t(\[【〔<]{{0,8}}+(?P<value>{_LEVEL}(?:[,、 ]{{0,3}}+{_LEVEL})?)[ \t)\]】〕>!。]{{0,8}}+$",
            re.MULTILINE,
        ),
        value(
            f"(?:{_LEVEL}|{_CLOSED})",
            r"(?:密级|此件|本件|公开属性|公开方式|公开类别|公开形式|公开选项|公开类型)[: ]{0,3}+",
        ),
    ),
    shown,
)
SECRET_WORD = Kind(
    "secret_word",
    "疑似涉密或内部文字",
    Action.WARN,
    # In running text; 国家秘密 and its like are words of the law.
    (value("绝密|机密|(?<!国家)(?<!商业)(?<!工作)(?<!技术)(?<!通信)秘密|内部文件|内部资料|注意保存"),),
    shown,
)
NAME_LIST_TABLE = Kind(
    "name_list_table",
    "名单类表格",
    Action.BLOCK,
    # Headings of one row; most leaks were lists in attachments.
    (value(rf"姓 {{0,4}}+名[^、。;!?\n]{{0,40}}?{_COLUMNS}"),),
    _headings,
)
NAME_LIST_WORDS = Kind(
    "name_list_words",
    "索取姓名和证件、住址等信息的文字",
    Action.INFO,
    # A sentence that asks for these particulars and holds none.
    (value(rf"姓 {{0,4}}+名[^。;!?\n]{{0,40}}?{_COLUMNS}"),),
    _headings,
)
