"""The kinds of content a catalogue entry may ask for, and who fulfils those no block fulfils.

Import-light on purpose: models name `ContentKind` in their choices. Which block fulfils a kind is said by the
blocks themselves (`content_kinds`) and read by `blocks.story.block_names_for`.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ContentKind(TextChoices):
    """What a disclosure consists of, as the catalogues say it."""

    TEXT = "text", _("文字")
    ARTICLE = "article", _("文章")
    DOCUMENT = "document", _("文件")
    FORM = "form", _("表格下载")
    TABLE = "table", _("表格")
    FEE_TABLE = "fee_table", _("收费标准")
    PROCEDURE = "procedure", _("办理程序")
    PHONE_LIST = "phone_list", _("电话一览")
    OUTLET_LIST = "outlet_list", _("网点一览")
    SCHEDULE = "schedule", _("时间安排")
    ANNOUNCEMENT = "announcement", _("公告")
    REPORT = "report", _("报告")
    ANNUAL_REPORT = "annual_report", _("年度报告")
    QUALITY_REPORT = "quality_report", _("质量报告")
    NAME_LIST = "name_list", _("名单公示")
    SERVICE_LINK = "service_link", _("在线服务入口")
    QUERY = "query", _("查询入口")
    FAQ = "faq", _("常见问题")
    MAP_OR_TEXT = "map_or_text", _("地图或文字")
    CATALOGUE = "catalogue", _("公开目录")


# The catalogue page is generated from the entries themselves; nobody writes it.
GENERATED = frozenset({ContentKind.CATALOGUE})
# A notice page has start, end and area of its own; a block serves where an announcement is part of a disclosure.
BY_NOTICE_PAGE = frozenset({ContentKind.ANNOUNCEMENT})
# One fact, one home: the unit's own rows of outlets and phones fulfil these entries.
BY_UNIT_ROWS = frozenset({ContentKind.OUTLET_LIST, ContentKind.PHONE_LIST})
