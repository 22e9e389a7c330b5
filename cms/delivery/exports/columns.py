"""The columns of the tables: where a value stands in the API, what people call it, how wide it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

META = "meta"
BETWEEN = "；"


@dataclass(frozen=True)
class Column:
    """A column. `path` leads to its value: `organisation.title`; through a list to the values of all its items."""

    path: str
    title: Any
    width: int = 20

    @property
    def field(self) -> str:
        """Return the name of the field that the API must show."""
        first, *rest = self.path.split(".")
        return rest[0] if first == META else first

    def value_in(self, representation: Mapping[str, Any]) -> Any:
        """Return the cell."""
        return _cell(_at(representation, self.path.split(".")))


def _at(value: Any, path: Sequence[str]) -> Any:
    for place, name in enumerate(path):
        if isinstance(value, list):
            return [_at(each, path[place:]) for each in value]
        value = value.get(name) if value else None
    return value


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return BETWEEN.join(str(each) for each in value if each not in (None, ""))
    if isinstance(value, bool):
        return int(value)
    return value


ID, TITLE = Column("id", _("编号"), 10), Column("title", _("名称"), 36)
PAGE, DETAIL = Column("meta.html_url", _("网页"), 44), Column("meta.detail_url", _("接口地址"), 44)
LANGUAGE = Column("meta.locale", _("语言"), 10)
UPDATED = Column("last_published_at", _("最近发布"), 26)
INDUSTRY = (Column("industry.code", _("行业代码"), 16), Column("industry.title", _("行业"), 16))

RECORD = (
    ID,
    Column("title", _("标题"), 44),
    Column("index_number", _("索引号"), 26),
    Column("organisation.code", _("机构代码"), 20),
    Column("organisation.title", _("公开单位"), 30),
    Column("entry.catalogue", _("目录"), 16),
    Column("entry.code", _("事项编码"), 10),
    Column("entry.title", _("目录事项"), 24),
    Column("entry.group.title", _("类别"), 20),
    Column("summary", _("概述"), 50),
    Column("document_number", _("文号"), 24),
    Column("generated_on", _("生成日期"), 12),
    Column("first_published_at", _("首次公开"), 26),
    UPDATED,
    Column("publicity_label", _("公开方式"), 12),
    Column("validity.state_label", _("效力状态"), 12),
    Column("keywords", _("关键词"), 24),
)
RECORD_END = (Column("permanent_url", _("永久地址"), 44), PAGE, DETAIL, LANGUAGE)
FILE_OWNER = (Column("owner.code", _("机构代码"), 20), Column("owner.title", _("所属单位"), 30))

COLUMNS: dict[str, tuple[Column, ...]] = {
    "organisations": (
        ID,
        Column("code", _("机构代码"), 20),
        TITLE,
        Column("short_name", _("简称")),
        Column("level_label", _("层级"), 14),
        Column("superior.code", _("上级机构代码")),
        Column("superior.title", _("上级"), 30),
        *INDUSTRY,
        Column("credit_code", _("统一社会信用代码"), 22),
        Column("division_code", _("行政区划代码"), 14),
        Column("introduction", _("介绍"), 44),
        Column("address", _("地址"), 40),
        Column("position.longitude", _("经度（WGS-84）"), 14),
        Column("position.latitude", _("纬度（WGS-84）"), 14),
        Column("phones.number", _("电话"), 24),
        Column("supervision_phone", _("监督投诉电话"), 18),
        Column("hours", _("办公时间"), 24),
        Column("website", _("网站"), 30),
        Column("roster.state_label", _("名录状态"), 12),
        Column("roster.since", _("名录日期"), 12),
        Column("meta.last_published_at", _("最近发布"), 26),
        PAGE,
        DETAIL,
        LANGUAGE,
    ),
    "disclosures": (*RECORD, *RECORD_END),
    "notices": (
        *RECORD,
        Column("kind_label", _("公告类别"), 14),
        Column("starts_at", _("开始"), 26),
        Column("ends_at", _("结束"), 26),
        Column("area", _("范围"), 30),
        Column("division_codes", _("行政区划代码"), 20),
        Column("reason", _("原因"), 30),
        Column("contact", _("联系电话"), 18),
        *RECORD_END,
    ),
    "service-items": (
        ID,
        Column("code", _("服务编码"), 16),
        TITLE,
        Column("class_label", _("服务类别"), 14),
        *INDUSTRY,
        Column("provider.code", _("机构代码"), 20),
        Column("provider.title", _("提供单位"), 30),
        Column("do_url", _("在本站办理的页面"), 44),
        Column("link", _("办理链接"), 44),
        Column("personal_input", _("须录入的个人信息"), 30),
        Column("output", _("办理结果"), 24),
        Column("fee", _("费用")),
        Column("hours", _("受理时间")),
        Column("time_limit", _("办理时限")),
        Column("materials", _("所需材料"), 40),
        Column("steps", _("办理步骤"), 40),
        Column("help_text", _("说明"), 40),
        Column("place", _("现场办理地点"), 30),
        Column("phone", _("电话渠道"), 18),
        Column("last_checked", _("链接核验日期"), 12),
        Column("meta.last_published_at", _("最近发布"), 26),
        PAGE,
        DETAIL,
        LANGUAGE,
    ),
    "industries": (
        ID,
        Column("code", _("行业代码")),
        TITLE,
        Column("title_en", _("英文名称"), 30),
        Column("level", _("级别"), 10),
        Column("parent.code", _("一级行业代码")),
        Column("parent.title", _("一级行业")),
        Column("catalogue", _("公开目录")),
        Column("is_statutory", _("法定行业"), 10),
        Column("classification", _("国民经济行业代码"), 18),
        Column("rule", _("依据"), 50),
        PAGE,
        DETAIL,
    ),
    "catalogue": (
        ID,
        Column("catalogue", _("目录")),
        Column("code", _("事项编码"), 10),
        Column("title", _("目录事项"), 30),
        Column("group.code", _("类别编码"), 10),
        Column("group.title", _("类别")),
        Column("is_mandatory", _("应当公开"), 10),
        Column("content_kind_label", _("内容形式"), 14),
        Column("update_rule.text", _("更新"), 30),
        Column("approval_tiers", _("审核级数"), 10),
        Column("publicity_label", _("公开方式"), 12),
        Column("legal_basis", _("依据"), 50),
        Column("valid_from", _("启用日期"), 12),
        Column("valid_to", _("停用日期"), 12),
        DETAIL,
    ),
    "images": (
        ID,
        TITLE,
        Column("alt", _("替代文字"), 40),
        Column("source", _("来源")),
        Column("width", _("宽"), 8),
        Column("height", _("高"), 8),
        *FILE_OWNER,
        Column("created_at", _("上传时间"), 26),
        DETAIL,
    ),
    "documents": (
        ID,
        TITLE,
        Column("url", _("下载地址"), 44),
        Column("file_type", _("类型"), 8),
        Column("size", _("字节数"), 12),
        Column("sha1", "SHA-1", 42),
        *FILE_OWNER,
        Column("created_at", _("上传时间"), 26),
        DETAIL,
    ),
    "pages": (
        ID,
        TITLE,
        Column("meta.type", _("页面类型"), 24),
        Column("organisation.code", _("机构代码"), 20),
        Column("organisation.title", _("所在单位"), 30),
        Column("parent.id", _("上级页面编号"), 12),
        Column("introduction", _("介绍"), 44),
        Column("meta.first_published_at", _("首次发布"), 26),
        Column("meta.last_published_at", _("最近发布"), 26),
        PAGE,
        DETAIL,
        LANGUAGE,
    ),
    "sites": (
        ID,
        Column("title", _("网站名称"), 36),
        Column("title_en", _("英文名称"), 36),
        Column("subtitle", _("副标题"), 30),
        Column("host", _("主办单位"), 30),
        Column("operator", _("承办单位"), 30),
        Column("contact.phone", _("联系电话"), 18),
        Column("contact.hours", _("办公时间"), 24),
        Column("site_code", _("网站标识码"), 16),
        Column("icp_number", _("ICP 备案号"), 24),
        Column("police_number", _("公安备案号"), 28),
        Column("licence.text", _("使用条件"), 50),
        Column("licence.attribution", _("怎样注明来源"), 50),
        Column("languages.code", _("语言"), 24),
        Column("languages.home_url", _("各语言首页"), 44),
        PAGE,
        DETAIL,
    ),
    "menus": (
        ID,
        Column("title", _("语言名称"), 14),
        Column("main.title", _("主导航"), 50),
        Column("main.url", _("主导航地址"), 50),
        Column("foot.title", _("页脚链接"), 50),
        Column("foot.url", _("页脚链接地址"), 50),
        DETAIL,
        LANGUAGE,
    ),
    "redirects": (
        ID,
        Column("old_path", _("原来的路径"), 36),
        Column("from_url", _("原来的地址"), 44),
        Column("to_url", _("现在的地址"), 44),
        Column("status", _("答复"), 8),
        Column("is_permanent", _("永久"), 8),
        Column("page_withdrawal.kind_label", _("撤下方式"), 20),
        Column("page_withdrawal.reason", _("撤下原因"), 40),
        Column("created_at", _("建立时间"), 26),
        DETAIL,
    ),
}
# What an endpoint is called in a list of files.
NAMES: dict[str, Any] = {
    "organisations": _("单位"),
    "disclosures": _("公开信息"),
    "notices": _("公示公告"),
    "service-items": _("在线服务"),
    "industries": _("行业"),
    "catalogue": _("公开目录事项"),
    "images": _("图片"),
    "documents": _("文件"),
    "pages": _("全部页面"),
    "sites": _("网站"),
    "menus": _("菜单"),
    "redirects": _("跳转"),
}
