"""Personal data in texts: what is found, what is left alone, and what may be shown of it.

All numbers are published samples, or of the 19th century.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from rules.personal_data import KINDS, Action, find_personal_data
from tests.shared_data import REAL_CITY

PATTERNS = REAL_CITY / "sensitive_patterns.json"
# The example of GB 11643, and one of the many that explain it.
PERSON, ELDER = "11010519491231002X", "440524188001010014"
SAMPLES = {
    "cn_id18": PERSON,
    "cn_id18_mistyped": PERSON[:-1] + "1",
    "cn_id15": "440524800101001",
    "student_no": "G" + PERSON,
    "bank_card": "4111111111111111",
    "mobile": "13800138000",
    "landline": "0411-84345678",
    "email": "bangongshi@example.cn",
    "passport": "护照 E12345678",
    "hk_macau_permit": "通行证 C12345678",
    "plate": "辽B12345",
    "address_detail": "业主 星海街道中山路12号3单元401室",
    "meter_account": "户号：1234567890",
    "uscc": "91350100M000100Y43",
    "org_code": "D2143569-X",
    "health_word": "姓名 诊断",
    "minor_word": "监护人",
    "secret_mark": "机密★3年",
    "secret_word": "这是一份内部资料，请收好",
    "name_list_table": "姓名\t身份证号",
    "name_list_words": "请提供姓名、身份证号",
}


def kinds(text: str, *, official: bool = False) -> list[str]:
    return [finding.kind for finding in find_personal_data(text, official=official)]


def found(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in find_personal_data(text)]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    if not PATTERNS.exists():
        pytest.skip(f"{PATTERNS} is not there")
    return json.loads(PATTERNS.read_text())["patterns"]


def test_every_kind_is_found_in_a_sample():
    assert {kind.code for kind in KINDS} == SAMPLES.keys()
    assert {code: kinds(sample) for code, sample in SAMPLES.items()} == {code: [code] for code in SAMPLES}


def test_every_pattern_of_the_city_s_material_is_a_kind_with_its_action(rows):
    actions = {kind.code: kind.action for kind in KINDS}

    assert {row["id"]: row["action"] for row in rows}.items() <= actions.items()


def test_the_valid_numbers_of_the_city_s_material_are_found(rows):
    for row in rows:
        for number in row.get("test_valid", []):
            context = "组织机构代码：" if row["id"] == "org_code" else ""
            assert kinds(context + number) == [row["id"]]


@pytest.mark.parametrize(
    "written",
    [
        PERSON,
        PERSON.lower(),
        ELDER,
        "110105 19491231 002X",
        "110105-19491231-002Ｘ",
        "1101 0519 4912 3100 2X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "１１０１０５１９４９１２３１００２×",
        "110105　1949—12—31\n002X",
        "110105\u200b19491231\u200d002X",
        "1️⃣10105194912310️⃣02X",
        "4111 1111 1111 1111",
        "411111-1111111111",
        "378282246310005",
        "3782 822463 10005",
        "+86 138-0013-8000"[4:],
        "138 0013 8000",
        "138.0013.8000",
        "1380013 8000",
        "13800-138000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "G110105 19491231 002X",
    ],
)
def test_what_must_not_be_published_is_found_however_it_is_written(written):
    text = f"联系人：{written}，特此公示。"

    (finding,) = find_personal_data(text)

    assert (finding.action, text[finding.start : finding.end]) == (Action.BLOCK, written)


@pytest.mark.parametrize("before", ["1", "①", "②、", "No.", "ID", "身份证号", "2026 ", "\t", "."])
def test_an_identity_number_is_found_whatever_runs_into_it(before):
    assert found(before + PERSON) == [PERSON]


@pytest.mark.parametrize("before", ["①", "+86", "0086-", "86 ", "0", "电话", "1 ", "注²"])
def test_a_mobile_number_is_found_behind_its_prefix(before):
    assert found(f"{before}13800138000") == ["13800138000"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "大连市 2026 年 11 月 23 日",
        "99" + PERSON[2:],  # no such province
        "110105194902300021",  # the 30th of February
        "4111111111111112",
        "4111 1111 1111 1112",
        "138001380001",
        "12800138000",
        "13800138000.00 元",
        "3.13800138000",
        "150 2026-11-23",
        "16 2026-11-23 1",
        "1 3 8 0 0 1 3 8 0 0 0 4",
        "E12345678",
        "C12345678",
        "星海街道中山路12号",
        "D2143569-1",
        "123456789",
        "91350100M000100Y44",
        "辽ICP备12345678号",
        "贯彻落实会议精神",
        "保守国家秘密和商业秘密",
        "申请人可以依申请公开",
        "名单只公布姓名",
        "138****8000，35*************123",
    ],
)
def test_what_is_no_personal_data_is_left_alone(text):
    assert kinds(text) == []


def test_a_mobile_number_among_official_phones_is_a_warning():
    text = f"值班 13800138000，{PERSON}"

    assert [finding.action for finding in find_personal_data(text)] == [Action.BLOCK, Action.BLOCK]
    assert [finding.action for finding in find_personal_data(text, official=True)] == [Action.WARN, Action.BLOCK]


def test_of_overlapping_finds_the_most_severe_stays():
    assert kinds("卡号：4111111111111111") == ["bank_card"]
    assert kinds("卡号：4111111111") == ["meter_account"]
    assert kinds(f"学籍号 G{PERSON}") == ["student_no"]


def test_a_wrong_number_does_not_hide_the_right_one_next_to_it():
    assert found("5555 4111 1111 1111 1111") == ["4111 1111 1111 1111"]
    assert found("4111 1111 1111 1111 123") == ["4111 1111 1111 1111"]


@pytest.mark.parametrize(
    "text", ["绝密", "（内部资料 注意保存）", "机  密", "密级：秘密", "（此件依申请公开）", "公开属性：不予公开"]
)
def test_a_mark_of_secrecy_blocks(text):
    assert kinds(f"关于年度计划的通知\n{text}\n各单位：") == ["secret_mark"]


@pytest.mark.parametrize(
    "row", ["姓名\t性别\t身份证号码", "姓  名 | 联系电话", "序号,姓名,性别,家庭住址", "姓名：身份证号："]
)
def test_a_row_of_headings_that_asks_for_particulars_blocks(row):
    assert kinds(row) == ["name_list_table"]


@pytest.mark.parametrize("sentence", ["请写明姓名、身份证号", "公布姓名等必要内容，不公布证件号"])
def test_a_sentence_that_asks_for_particulars_is_listed(sentence):
    assert kinds(sentence) == ["name_list_words"]


def test_the_headings_of_a_list_show_no_name():
    (finding,) = find_personal_data("姓名：某某 联系电话")

    assert finding.masked == "姓名…联系电话"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (PERSON, "11*************02X"),
        ("1101 0519 4912 3100 2x", "11*************02X"),
        ("440524800101001", "44**********001"),
        ("138 0013 8000", "138****8000"),
        ("4111 1111 1111 1111", "************1111"),
        ("G" + PERSON, "*******************"),
        ("护照 E12345678", "E******78"),
        ("台胞证 C12345678", "******678"),
        ("辽B·12345", "辽B***45"),
        ("业主 大连市星海街道中山路12号401室", "大连市星海街道****"),
        ("业主 沙河口区幸福小区12号", "沙河口区****"),
        ("户号 1234567890", "*******890"),
        ("zhang@example.cn", "z***@example.cn"),
        ("（0411）88345678", "0411-88345678"),
    ],
)
def test_only_the_masked_value_is_kept(text, masked):
    assert [finding.masked for finding in find_personal_data(text)] == [masked]


def test_a_masked_value_does_not_block_again():
    numbers = [SAMPLES[code] for code in ("cn_id18", "student_no", "bank_card", "mobile")]

    assert [kinds(finding.masked) for text in numbers for finding in find_personal_data(text)] == [[], [], [], []]
