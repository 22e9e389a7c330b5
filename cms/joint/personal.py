"""What personal data is called on a public page; `rules` knows no languages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from rules.personal_data import Action, find_personal_data

NAMES: dict[str, Any] = {
    "student_no": _("学籍号"),
    "cn_id18": _("居民身份证号（18 位）"),
    "bank_card": _("银行卡号"),
    "mobile": _("手机号码"),
    "secret_mark": _("密级或不公开标志"),
    "name_list_table": _("名单类表格"),
    "cn_id18_mistyped": _("疑似居民身份证号（校验位不符）"),
    "cn_id15": _("居民身份证号（15 位旧号）"),
    "passport": _("护照号"),
    "hk_macau_permit": _("港澳通行证、台胞证号"),
    "meter_account": _("水电气暖户号"),
    "plate": _("机动车号牌"),
    "address_detail": _("详细住址"),
    "health_word": _("健康等敏感信息（与姓名同现）"),
    "minor_word": _("未成年人信息"),
    "secret_word": _("疑似涉密或内部文字"),
}


def personal_kinds(text: str) -> list[str]:
    """Name what may not be told to others in a text, each kind once."""
    found = [each for each in find_personal_data(text) if each.action != Action.INFO]
    return list(dict.fromkeys(str(NAMES.get(each.kind, each.label)) for each in found))
