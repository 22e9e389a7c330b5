"""The form of whatever is screened: findings at their fields, and what the author answers to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.fields import StreamField

from blocks.sealed import stream_error
from media.models import Document
from rules.personal_data import Action, find_personal_data
from rules.screening import Answer, Finding, Screening, Severity

from .answers import answers_of, confirm, request_exception
from .files import texts_of_files, unread_files
from .texts import Text, is_official
from .whole import findings_in, screened_at_once

CONFIRM, EXCEPTION = "confirm_findings", "exception_reason"


class ScreenedForm(WagtailAdminModelForm):
    """A draft is saved with whatever stands in it; what is submitted has been screened and answered for."""

    confirm_findings = forms.BooleanField(label=gettext_lazy("以上各处已逐一核对，可以公开"), required=False)
    exception_reason = forms.CharField(
        label=gettext_lazy("申请例外公开的理由"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "法律要求公开、不能删除或遮挡的，写明依据；须经三级审核，由终审明确同意。不要抄录号码。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = answers_of(self.instance).values()
        reasons = [each.get("reason", "") for each in said if each.get("answer") == Answer.EXCEPTION]
        self.initial[EXCEPTION] = next(iter(reasons), "")
        self.initial[CONFIRM] = any(each.get("answer") == Answer.CONFIRMED for each in said)
        # Set when what was typed has been screened.
        self.screening: Screening | None = None

    def clean_exception_reason(self) -> str:
        """Refuse a reason that copies the number it is about."""
        reason: str = self.cleaned_data[EXCEPTION].strip()
        if any(found.action == Action.BLOCK for found in find_personal_data(reason)):
            raise ValidationError(_("理由中不要抄录号码，写明在哪一处即可。"))
        return reason

    def _post_clean(self) -> None:
        """Screen what was typed when it is to be submitted, or when it is answered for."""
        super()._post_clean()
        answered = self.cleaned_data.get(CONFIRM) or self.cleaned_data.get(EXCEPTION)
        if self.is_deferred_validation and not answered:
            return
        found = self._screened()
        if self.cleaned_data.get(CONFIRM):
            confirm(self.instance, [each for each in found.findings if each.asks], self.for_user)
        self._ask_exception(found)
        self.screening = found.answered(answers_of(self.instance))
        if not self.is_deferred_validation:
            self.refuse(self.screening)

    def _ask_exception(self, found: Screening) -> None:
        lifted = [each for each in found.findings if each.exceptional and each.severity == Severity.BLOCK]
        request_exception(self.instance, lifted, self.for_user, self.cleaned_data.get(EXCEPTION, ""))

    def refuse(self, screening: Screening) -> None:
        """Put what stands in the way at its fields, and ask for the confirmation that is missing."""
        for finding in screening.stopping:
            self.point_to(finding)
        if screening.open:
            self.add_error(CONFIRM, _("请核对上面列出的各处，确认可以公开后勾选。"))

    def point_to(self, finding: Finding) -> None:
        """Put a finding at its field; rows have forms of their own, so theirs stand on top."""
        if finding.field not in self.fields:
            self.add_error(None, finding.sentence)
        elif finding.field not in self.errors:
            self.add_error(finding.field, as_error(self.instance, finding.field, finding.sentence))

    def _screened(self) -> Screening:
        """Screen the object as it was typed, its rows as they stand in their forms."""
        rows = getattr(self, "formsets", {})
        kept = [each for each in screened_at_once(self.instance).findings if each.field not in rows]
        files = list(self._files_in_rows())
        texts = [*self._texts_in_rows(), *texts_of_files(files)]
        return Screening.of([*kept, *findings_in(texts), *unread_files(files)])

    def _rows(self) -> Iterator[tuple[str, int, Any]]:
        for name, formset in getattr(self, "formsets", {}).items():
            kept = [row for row in formset.forms if "DELETE" not in row.fields or not row["DELETE"].value()]
            yield from ((name, number, row) for number, row in enumerate(kept, 1))

    def _texts_in_rows(self) -> Iterator[Text]:
        for name, number, row in self._rows():
            kind = _("附件") if name == "attachments" else str(row._meta.model._meta.verbose_name)
            for key, field in row.fields.items():
                if type(field) is forms.CharField and name != "comments":
                    names = {"kind": kind, "number": number, "label": field.label}
                    where = _("%(kind)s第 %(number)d 行的“%(label)s”") % names
                    yield Text(name, where, str(row[key].value() or ""), is_official(key))

    def _files_in_rows(self) -> Iterator[tuple[str, Document]]:
        for name, _number, row in self._rows():
            for key, field in row.fields.items():
                chosen = str(row[key].value() or "")
                if getattr(getattr(field, "queryset", None), "model", None) is Document and chosen.isdecimal():
                    yield from ((name, document) for document in Document.objects.filter(pk=chosen))


def as_error(instance: Any, field: str, sentence: str) -> ValidationError:
    """Make an error that a field of blocks can show, too."""
    is_stream = isinstance(instance._meta.get_field(field), StreamField)
    return stream_error(sentence) if is_stream else ValidationError(sentence)
