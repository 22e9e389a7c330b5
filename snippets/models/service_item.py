"""Online service items: the public enters personal data and gets an answer or has it handled."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    Site,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from accounts.approvable import ApprovableMixin
from blocks.fields import ContentStreamField
from rules.screening import Screening

from ..connectors import LINK, ServiceConnector, connector_choices, connector_of
from ..guide import guide
from ..inputs import InputsBlock, declared
from ..screening import effort_of
from ..screening.service_guide import screen_service_item
from ..screening.titles import refuse_numbers_in
from ..templates_hook import service_class_choices
from ..withdrawing import WithdrawableItemMixin
from ..wording import same_in_every_language
from .industry import Industry

# DB21/T 2175.5 §4.1.2 draws the border: without personal input it is information, not an online service.
DEFINITION = _(
    "在线服务项目是指公众录入个人信息、由系统自动答复或办理的项目（DB21/T 2175.5 第4.1.2条）。"
    "不需要录入个人信息的内容请作为公开信息发布。"
)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class ServiceItem(
    WithdrawableItemMixin,
    ApprovableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """One thing the public can get done online. It links to its provider; personal data never enters this site."""

    code = models.SlugField(_("编码"), max_length=100)
    title = models.CharField(_("名称"), max_length=150)
    service_class = models.CharField(_("服务类别"), max_length=32, choices=service_class_choices)
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, related_name="service_items", verbose_name=_("行业")
    )
    provider = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="service_items",
        verbose_name=_("提供单位"),
        help_text=_("留空表示由本行业多家单位分别提供。"),
    )
    link = models.URLField(_("办理链接"), max_length=500, blank=True)
    connector = models.CharField(
        _("办理方式"),
        max_length=32,
        choices=connector_choices,
        default=LINK,
        help_text=_("在本站办理的，须由管理员在“办理接口”里登记提供单位的接口。"),
    )
    inputs = ContentStreamField(
        InputsBlock,
        verbose_name=_("录入项"),
        blank=True,
        help_text=_("在本站办理时，公众要填的每一项；由提供单位答复，本站不保存。"),
    )
    personal_input = models.CharField(
        _("须录入的个人信息"), max_length=255, blank=True, help_text=_("例如：用户号、身份证号后四位。用分号隔开。")
    )
    output = models.CharField(_("办理结果"), max_length=255, blank=True)
    fee = models.CharField(_("费用"), max_length=150, blank=True)
    hours = models.CharField(_("受理时间"), max_length=150, blank=True)
    time_limit = models.CharField(_("办理时限"), max_length=150, blank=True)
    materials = models.TextField(_("所需材料"), blank=True, help_text=_("每行一项。"))
    steps = models.TextField(_("办理步骤"), blank=True, help_text=_("每行一步。"))
    help_text = models.TextField(_("说明"), blank=True)
    place = models.CharField(_("现场办理地点"), max_length=255, blank=True)
    phone = models.CharField(
        _("电话渠道"),
        max_length=64,
        blank=True,
        help_text=_("不便上网的人打什么电话办理（无障碍环境建设法第三十九条）。"),
    )
    # What its author said about findings (see `snippets.screening.answers`): a part of the version.
    screening_answers = models.JSONField(default=dict, blank=True, editable=False)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="service_item",
        for_concrete_model=False,
    )
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="service_item",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("help_text"),
        index.SearchField("personal_input"),
        index.SearchField("output"),
        index.SearchField("industry_names"),
        index.FilterField("id"),
        index.FilterField("code"),
        index.FilterField("service_class"),
        index.FilterField("industry"),
        index.FilterField("provider"),
        index.FilterField("live"),
        index.FilterField("locale"),
        index.RelatedFields("provider", [index.FilterField("path"), index.SearchField("title")]),
    ]

    override_translatable_fields = same_in_every_language("code", "industry", "provider", "phone", "connector")

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("在线服务项目")
        verbose_name_plural = _("在线服务项目")
        ordering = ["industry__order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="service_item_code_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse what is not an online service: one without personal input; and numbers in a title."""
        super().clean()
        refuse_numbers_in(self.title)
        if not self.personal_input.strip():
            raise ValidationError({"personal_input": DEFINITION})
        if self.connector != LINK and self.provider_id is None:
            raise ValidationError({"provider": _("在本站办理的服务，须写明由哪个单位提供。")})
        if self.connects.asks and not declared(self):
            raise ValidationError({"inputs": _("“%(label)s”至少要有一个录入项。") % {"label": self.connects.label}})

    @property
    def industry_names(self) -> list[str]:
        """Return what the industry of this item is called, and its branches."""
        return Industry.objects.filter(pk=self.industry_id).names()

    @property
    def responsible_organisation(self) -> Page | None:
        """Return the provider, or the portal for an item of a whole branch."""
        if self.provider:
            return self.provider
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        return site.root_page if site else None

    def screen(self) -> Screening:
        """Return what the automatic check finds in this item, with what its author said about it."""
        return screen_service_item(self)

    @property
    def screening_effort(self) -> int:
        """Return how many characters there are to read."""
        return effort_of(self)

    @property
    def connects(self) -> ServiceConnector:
        """Return how it is done online."""
        return connector_of(self.connector)

    @property
    def is_done_here(self) -> bool:
        """Is it done on this site, through a connector?"""
        return self.connects.serve is not None

    @property
    def is_online(self) -> bool:
        """Can it be done online, here or elsewhere?"""
        return bool(self.link) or self.is_done_here

    @property
    def declared_inputs(self) -> list[Any]:
        """Return what is asked where it is done on this site."""
        return declared(self)

    @property
    def material_list(self) -> list[str]:
        """Return the materials, one by one."""
        return _lines(self.materials)

    @property
    def step_list(self) -> list[str]:
        """Return the steps, one by one."""
        return _lines(self.steps)

    @property
    def input_list(self) -> list[str]:
        """Return the personal data that must be entered, one by one."""
        return [part.strip() for part in self.personal_input.replace("；", ";").split(";") if part.strip()]

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Preview the public guide."""
        return "snippets/service_item.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Return what the template shows."""
        return {"request": request, "page_title": self.title, **guide(self)}
