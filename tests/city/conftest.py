"""A small lawful pack on disk, to be spoilt by each test in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from cms.city.pack import Pack, read_pack
from cms.city.plan import plan
from cms.city.planned import Plan
from cms.city.problems import Problems

FILES = {
    "city.toml": """\
[city]
name = "东海市"
name_en = "Donghai"
division_code = "990100"
languages = ["zh-hans", "en"]
disclosure_office = "东海市办事公开办公室"
index_number = "{organisation_code}/{year}-{serial:05d}"

[files]
divisions = "divisions.json"
industries = "industries.json"
units = "units.csv"
grassroots_units = "grassroots.csv"
service_items = "services.csv"
""",
    "divisions.json": """\
{
 "city": {"code": "990100", "zh": "东海市", "en": "Donghai"},
 "districts": [
  {"code": "990102", "zh": "城东区", "en": "Chengdong District", "type": "district", "streets": [
   {"code": "990102001", "zh": "海滨街道", "kind": "subdistrict"}
  ]},
  {"code": "990103", "zh": "城西区", "en": "Chengxi District", "type": "district"}
 ]
}
""",
    "industries.json": """\
{
 "industries": [
  {"slug": "education", "zh": "教育", "en": "Education", "city_dept": "东海市教育局",
   "district_dept": "{district}教育局", "catalogue_template": "education_school", "named_in_art55": true, "children": [
    {"slug": "primary-school", "zh": "小学", "en": "Primary schools"},
    {"slug": "university", "zh": "高等学校", "city_dept": "东海省教育厅", "catalogue_template": "education_university"}
  ]},
  {"slug": "health", "zh": "卫生健康", "city_dept": "东海市卫生健康委员会",
   "catalogue_template": "health", "children": [
    {"slug": "general-hospital", "zh": "综合医院"},
    {"slug": "tcm-hospital", "zh": "中医医院"},
    {"slug": "blood-centre", "zh": "采供血"}
  ]},
  {"slug": "community", "zh": "基层村居", "catalogue_template": "community", "children": [
    {"slug": "village-committee", "zh": "村民委员会"},
    {"slug": "residents-committee", "zh": "居民委员会"}
  ]}
 ]
}
""",
    "units.csv": """\
row_id,name,industry,sub_industry,district_code,level,competent_dept,address,lat,lng,coord_sys,note
U1,东海市中心医院,health,general-hospital,990102,city,东海市卫生健康委员会,海滨路1号,38.92,121.64,BD-09 (4-6 digits),
U2,城东区第一小学,education,primary-school,990102,district,城东区教育局,,,,,
U3,东海大学,education,university,990103,province,东海省教育厅,,,,,
""",
    "grassroots.csv": """\
official_code,name,kind,street_code,district_code
990102001,海滨街道,township:subdistrict,990102001,990102
990102001001,渔港社区居委会,residents-committee,990102001,990102
990102001200,前湾村委会,village-committee,990102001,990102
""",
    "services.csv": """\
item_id,name_zh,name_en,service_class,industry,provider,personal_input,output,url
S1,预约挂号,Appointment,appointment,health,东海市中心医院,姓名;证件号,预约号,https://example.org/
""",
}


@dataclass
class PackFolder:
    """A pack on disk."""

    folder: Path

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text, f"{old!r} does not stand in {name}"
        self.write(name, text.replace(old, new, 1))

    def append(self, name: str, line: str) -> None:
        self.write(name, (self.folder / name).read_text() + line + "\n")

    def read(self) -> tuple[Pack | None, Problems]:
        return read_pack(self.folder)

    def errors(self) -> list[str]:
        return [str(problem) for problem in self.read()[1].errors]

    def plan(self) -> tuple[Plan, Problems]:
        pack, problems = self.read()
        assert pack is not None
        assert problems.errors == []
        return plan(pack, problems), problems


@pytest.fixture
def pack(tmp_path: Path) -> PackFolder:
    folder = PackFolder(tmp_path)
    for name, text in FILES.items():
        folder.write(name, text)
    return folder
