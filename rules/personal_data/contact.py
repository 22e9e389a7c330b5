"""What leads to a person or an organisation: phones, mail, addresses, plates, accounts, codes of organisations."""

from __future__ import annotations

import re

from rules.credit_code import CreditCodeError, check_credit_code
from rules.phones import PhoneError, normalise_phone

from .kind import Action, Kind, compact, groups, keep, value

# A heading that puts a person next to the cell.
NAME_COLUMN = re.compile("姓 {0,4}+名|户主|业主|住户|患者|申请人|当事人")

_NOT_IN_NUMBER = (r"(?<![0-9])(?<![0-9]\.)", r"(?![0-9])(?!\.[0-9])")
_NOT_IN_WORD = (r"(?<![0-9A-Z])", r"(?![0-9A-Z])")
_MOBILE_GROUPS = "|".join(
    groups(*sizes) for sizes in ((11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (5, 3, 3))
)
_COUNTRY = r"(?:(?:\+|00)?86[ \-]{0,2}+|0)?+"
_GREATER_AREA = re.compile(r".{0,60}(?:街道|镇|乡)|.{0,60}(?:(?<![小社园])区|县|市)")
_ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _phone_written(number: str) -> str:
    return normalise_phone(compact(number.replace(")", "")))


def _is_phone(number: str) -> bool:
    try:
        _phone_written(number)
    except PhoneError:
        return False
    return True


def _is_credit_code(code: str) -> bool:
    try:
        check_credit_code(code)
    except CreditCodeError:
        return False
    return True


def is_organisation_code(code: str) -> bool:
    """Does the code end in the check character of GB 11714-1997?"""
    code = compact(code)
    total = sum(weight * int(character, 36) for weight, character in zip(_ORG_CODE_WEIGHTS, code[:8], strict=True))
    return "0123456789X0"[11 - total % 11] == code[-1]


def _mobile_masked(number: str) -> str:
    digits = compact(number)[-11:]
    return f"{digits[:3]}****{digits[-4:]}"


def _address_masked(address: str) -> str:
    """Show an address down to the township or subdistrict."""
    area = _GREATER_AREA.match(address)
    return f"{area[0] if area else ''}****"


def _mailbox_masked(address: str) -> str:
    """Show the first letter and the domain: whose mailbox it is, only the text tells."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


MOBILE = Kind(
    "mobile",
    "手机号码",
    Action.BLOCK_UNLESS_OFFICIAL,
    (
        value(rf"(?=1[ \-.·]?[3-9])(?:{_MOBILE_GROUPS})", _NOT_IN_NUMBER[0] + _COUNTRY, _NOT_IN_NUMBER[1]),
        # Digit by digit, the run must be the whole number: tables are full of single digits.
        value(r"1[ \-][3-9](?:[ \-][0-9]){9}", r"(?<![0-9])(?<![0-9][ \-])", r"(?![ \-]?[0-9])"),
    ),
    _mobile_masked,
    _is_phone,
)
LANDLINE = Kind(
    "landline",
    "固定电话",
    Action.INFO,
    (value(r"0[0-9]{2,3}\)?[ \-]{0,2}+[0-9]{3,4}[ \-]?[0-9]{4}", r"(?<![0-9])", r"(?![0-9])"),),
    _phone_written,
    _is_phone,
)
EMAIL = Kind(
    "email",
    "电子邮箱",
    Action.INFO,
    (value(r"[A-Z0-9_.+\-]{1,64}+@[A-Z0-9\-]{1,63}+(?:\.[A-Z0-9\-]{1,63}+){1,8}+", r"(?<![A-Z0-9_.+\-])"),),
    _mailbox_masked,
)
ADDRESS = Kind(
    "address_detail",
    "详细住址",
    Action.WARN,
    (
        value(
            r"[\u4e00-\u9fa5]{2,30}(?:路|街|巷|里|园|小区|村|屯|组)[0-9]{1,4}+(?:号|栋|幢|楼|弄)(?:楼|院)?"
            r"[0-9]{0,3}+(?:单元)?+(?:-?[0-9]{1,4}+){0,3}+(?:室|户)?"
        ),
    ),
    _address_masked,
    context=NAME_COLUMN,
)
PLATE = Kind(
    "plate",
    "机动车号牌",
    Action.WARN,
    (
        value(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•・\-]?"
            r"(?=[A-Z]{0,4}+[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]",
            after=r"(?![0-9A-Z])",
        ),
    ),
    keep(2, 2),
)
METER_ACCOUNT = Kind(
    "meter_account",
    "水电气暖户号",
    Action.WARN,
    (value(r"[0-9]{6,13}+", r"(?:户号|用户号|卡号|表号)[: 为是]{0,3}+", r"(?![0-9])"),),
    keep(0, 3),
)
CREDIT_CODE = Kind(
    "uscc",
    "统一社会信用代码",
    Action.INFO,
    (
        value(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}", *_NOT_IN_WORD),
        # In groups, the run must be the whole code.
        value(
            r"[0-9A-Z][ \-]?+[0-9A-Z](?:[ \-]?+[0-9]){6}(?:[ \-]?+[0-9A-Z]){10}",
            r"(?<![0-9A-Z])(?<![0-9A-Z][ \-])",
            r"(?![ \-]?[0-9A-Z])",
        ),
    ),
    compact,
    _is_credit_code,
)
ORGANISATION_CODE = Kind(
    "org_code",
    "组织机构代码",
    Action.INFO,
    (value(r"[0-9A-Z]{8}-[0-9X]", *_NOT_IN_WORD),),
    compact,
    is_organisation_code,
)
# Without its hyphen it is any number of nine digits.
ORGANISATION_CODE_SOLID = Kind(
    "org_code",
    "组织机构代码",
    Action.INFO,
    (value(r"[0-9A-Z]{8}[0-9X]", *_NOT_IN_WORD),),
    compact,
    is_organisation_code,
    re.compile("机构代码"),
)
