"""How something is done: what the law asks of a service guide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, TextBlock, URLBlock

from .base import ContentBlock, RecordBlock
from .choosers import DocumentLinkBlock
from .kinds import ContentKind
from .scalars import PhoneBlock


class MaterialBlock(RecordBlock):
    """One thing to bring."""

    name = CharBlock(label=_("材料名称"), max_length=200)
    copies = IntegerBlock(label=_("份数"), min_value=1, max_value=99, default=1)
    form = ChoiceBlock(
        label=_("原件或复印件"),
        choices=[
            ("original", _("原件")),
            ("copy", _("复印件")),
            ("both", _("原件和复印件")),
            ("seen", _("原件核验，不留存")),
        ],
        default="original",
    )
    note = CharBlock(label=_("备注"), max_length=300, required=False)

    class Meta:
        label = _("材料")
        icon = "doc-empty"
        label_format = "{name}"


class StepBlock(RecordBlock):
    """One step, told to the person who takes it."""

    title = CharBlock(label=_("步骤"), max_length=50, help_text=_("一句话，例如：到窗口交材料。"))
    text = TextBlock(label=_("怎么做"), required=False, rows=2)

    class Meta:
        label = _("步骤")
        icon = "order"
        label_format = "{title}"


class ProcedureBlock(ContentBlock):
    """A service guide: basis, conditions, materials, steps, limit, place, hours, phone, fee, form."""

    title = CharBlock(label=_("事项名称"), max_length=200)
    legal_basis = ListBlock(
        CharBlock(max_length=300, label=_("依据")),
        label=_("办理依据"),
        min_num=1,
        default=[""],
        help_text=_("法规名称和条款，一条一行。"),
    )
    conditions = TextBlock(label=_("谁可以办、什么条件"), rows=2)
    materials = ListBlock(MaterialBlock(), label=_("要带的材料"), help_text=_("不要求材料的，留空。"), default=[])
    steps = ListBlock(StepBlock(), label=_("办理步骤"), min_num=1)
    workdays = IntegerBlock(
        label=_("办理时限（工作日）"),
        min_value=0,
        max_value=365,
        help_text=_("从受理到办结最多几个工作日；当场办结填 0。"),
    )
    fee = CharBlock(label=_("收费"), max_length=200, default="不收费", help_text=_("收费的写明标准和依据。"))
    place = CharBlock(label=_("办理地点"), max_length=300)
    hours = CharBlock(label=_("办理时间"), max_length=200, help_text=_("例如：工作日 8:30–17:00。"))
    phone = PhoneBlock(label=_("咨询电话"), max_length=100)
    form = DocumentLinkBlock(label=_("申请表"), required=False)
    online = URLBlock(label=_("网上办理地址"), required=False)

    content_kinds = (ContentKind.PROCEDURE,)

    class Meta:
        label = _("办理程序")
        group = _("办事")
        icon = "tasks"
        label_format = "{title}"
