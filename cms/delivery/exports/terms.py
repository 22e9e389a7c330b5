"""Whose the content is, and how one names the source: the same words on the page, in the index and in the files."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _


def licence() -> str:
    """Say on what terms the content may be used."""
    return settings.EXPORT_LICENCE or _(
        "内容属于各发布单位，由发布单位负责；本站依法汇集公开，不另作授权。"
        "使用时遵守法律法规，不得歪曲原意；涉及第三方权利的，应另行取得许可。"
    )


def attribution() -> str:
    """Say how one names the source."""
    return settings.EXPORT_ATTRIBUTION or _("请注明发布单位、标题、索引号、本站地址和取得日期。")
