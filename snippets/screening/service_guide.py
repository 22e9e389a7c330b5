"""What the law asks of the guide to a service, and the whole screening of a service item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib.admin.utils import label_for_field
from django.utils.translation import gettext as _

from rules.screening import Finding, Screening, Severity

from .answers import answers_of
from .whole import screen_texts

if TYPE_CHECKING:
    from ..models import ServiceItem

MISSING = "guide.missing"
# What a guide tells (国务院关于在线政务服务的若干规定第七条: 办理条件、材料、流程、时限、收费).
ELEMENTS = ("steps", "materials", "time_limit", "fee", "hours")


def screen_service_item(item: ServiceItem) -> Screening:
    """Return what is found in a service item, with what its author said about it."""
    return Screening.of([*screen_texts(item), *guide_findings(item)]).answered(answers_of(item))


def guide_findings(item: ServiceItem) -> Iterator[Finding]:
    """Yield the elements of the guide that are missing."""
    for name in ELEMENTS:
        if not getattr(item, name).strip():
            label = str(label_for_field(name, item))
            sentence = _("办事指南没有写明“%(label)s”；没有的请写“无”。") % {"label": label}
            yield Finding(MISSING, Severity.WARN, name, sentence, where=label)
    if not (item.phone.strip() or item.place.strip()):
        # 无障碍环境建设法第三十九条.
        sentence = _("没有写明不便上网的人怎样办理：请填写电话渠道或现场办理地点。")
        yield Finding(MISSING, Severity.WARN, "phone", sentence, where=_("电话渠道"))
