"""What a disclosure and a notice share: entry, record fields, body, attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable
from wagtail.search import index

from blocks.fields import ContentStreamField
from blocks.story import plain_text
from media.models import Document
from snippets.models import CatalogueEntry
from snippets.models.catalogue import Publicity
from snippets.wording import same_in_every_language

from ..chosen_files import files_of
from ..forms import RecordPageForm
from ..identity import source_of
from ..panels import ChecklistPanel, EntryPanel, LateReasonPanel
from ..record_tiers import RecordTiersMixin
from ..withdrawn_records import WithdrawableRecordMixin
from .base import BasePage

if TYPE_CHECKING:
    from .organisation import OrganisationPage
    from .records import PublicationRecord

SEARCH_TEXT_LIMIT = 2_000


class RecordPage(RecordTiersMixin, WithdrawableRecordMixin, BasePage):
    """Abstract: one thing an organisation makes public, entered in the register at first publication.

    Record fields: standard (b)10 — summary, generation date, document number, publicity, keywords.
    """

    subpage_types: list[Any] = []
    entry_is_required = True

    summary = models.CharField(
        _("内容概述"), max_length=100, blank=True, help_text=_("不超过 100 字，显示在列表和记录表中。")
    )
    generated_on = models.DateField(_("生成日期"), null=True, blank=True, help_text=_("文件形成或变更的日期。"))
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    publicity = models.CharField(_("公开方式"), max_length=16, choices=Publicity.choices, default=Publicity.ACTIVE)
    body = ContentStreamField(verbose_name=_("正文"), blank=True)
    supersedes = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("替代"),
        help_text=_("本条公布后，所选的旧信息标为“已被替代”。"),
    )
    repeals = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("废止"),
        help_text=_("本条是废止通知时，选择被废止的信息。"),
    )

    late_reason = models.CharField(
        _("延迟公告的原因"),
        max_length=255,
        blank=True,
        help_text=_("晚于法定的提前公告时间时须写明，审核人据此决定；不对外公开。"),
    )

    base_form_class = RecordPageForm
    checklist_panels = [ChecklistPanel(heading=_("提交审核前的检查"), icon="clipboard-list")]
    head_panels = [
        EntryPanel("entry"),
        # No slug target: the slug is made from the title's pinyin.
        TitleFieldPanel("title", targets=[]),
    ]
    body_panel = FieldPanel("body", help_text=_("点加号选择内容形式；文字可以从 WPS 或 Word 里粘贴。"))
    record_panels = [
        InlinePanel("attachments", heading=_("附件"), label=_("附件")),
        MultiFieldPanel(
            [
                FieldPanel("summary"),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "generated_on",
                            # 国办秘函〔2019〕19号 punishes faked dates.
                            help_text=_("文件形成或变更的日期。公开日期由系统记录，不能填写或修改。"),
                        ),
                        FieldPanel("document_number", help_text=_("有文号的照抄，例如：某价〔2026〕18号。")),
                        FieldPanel("publicity", help_text=_("除目录另有规定外，一律主动公开。")),
                    ]
                ),
                LateReasonPanel("late_reason"),
                FieldPanel("tags", help_text=_("公众可能用来查找的词，用逗号隔开。")),
            ],
            heading=_("记录"),
        ),
        MultiFieldPanel(
            [FieldPanel("supersedes"), FieldPanel("repeals")], heading=_("与旧信息的关系"), classname="collapsed"
        ),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("document_number"),
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.SearchField("search_text"),
        index.SearchField("attached_text"),
        index.FilterField("entry"),
        index.FilterField("generated_on"),
    ]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *same_in_every_language("document_number", "entry", "supersedes", "repeals", "late_reason"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse another template's entry, and a predecessor of another organisation."""
        super().clean()
        errors: dict[str, Any] = {}
        entry: CatalogueEntry | None = getattr(self, "entry", None)
        if self.organisation and entry and not self._may_serve(entry, _as_itself(self.organisation)):
            errors["entry"] = _("事项“%(entry)s”不在本单位的公开目录中。") % {"entry": entry}
        for name in ("supersedes", "repeals"):
            predecessor = getattr(self, name)
            if predecessor and (reason := self._refuse_predecessor(predecessor)):
                errors[name] = reason
        if errors:
            raise ValidationError(errors)

    def _may_serve(self, entry: CatalogueEntry, organisation: OrganisationPage) -> bool:
        """An entry of the organisation's catalogue; or the one it was disclosed under before the catalogue changed."""
        if entry.catalogue == organisation.catalogue_code:
            return True
        record = self.public_record if self.pk else None
        return record is not None and record.entry_id == entry.pk

    def _refuse_predecessor(self, predecessor: Any) -> Any:
        if predecessor.pk == self.pk:
            return _("不能选择本条信息自己。")
        record = getattr(predecessor, "record", None)
        if record is None:
            return _("只能选择已经公开过的信息。")
        responsible = self.responsible_organisation
        if responsible and record.organisation_id != responsible.pk:
            return _("只能选择本单位公开的信息。")
        return None

    @property
    def public_record(self) -> PublicationRecord | None:
        """Return the row of the register, kept for the source-language page."""
        found: PublicationRecord | None = getattr(source_of(self), "record", None)
        return found

    @cached_property
    def keywords(self) -> list[str]:
        """Return the keywords as words."""
        return [str(tag) for tag in self.tags.all()]

    @property
    def search_text(self) -> str:
        """Return the beginning of the body as plain text, for the search index."""
        return plain_text(self.body)[:SEARCH_TEXT_LIMIT]

    @property
    def attached_text(self) -> str:
        """Return the beginnings of the texts of its files, read when they came in. One query where there are any."""
        documents = [key for model, key in files_of(self) if model is Document]
        found = Document.objects.filter(pk__in=documents).order_by("pk") if documents else Document.objects.none()
        texts = found.annotate(start=Left("extracted_text", SEARCH_TEXT_LIMIT)).values_list("title", "start")
        return "\n".join(part for text in texts for part in text)

    @property
    def issued_on(self) -> Any:
        """Return the day of first publication, from the register; None before."""
        record = self.public_record
        return timezone.localdate(record.first_published_at) if record else None


def _as_itself(organisation: OrganisationPage) -> Any:
    """Return an organisation in its own type, with the industry it came with."""
    specific = organisation.specific_deferred
    specific.industry = organisation.industry
    return specific


class Attachment(Orderable):
    """Abstract: a file attached to a page, with the title the public reads."""

    title = models.CharField(_("标题"), max_length=150)
    document = models.ForeignKey(
        get_document_model_string(), on_delete=models.PROTECT, related_name="+", verbose_name=_("文件")
    )

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title
