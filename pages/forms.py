"""The edit form of disclosures and notices: entries of one's own catalogue, and no submission with gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from blocks.kinds import BY_NOTICE_PAGE, GENERATED
from rules.screening import Screening
from rules.update_rules import State
from snippets.models import CatalogueEntry
from snippets.screening.forms import as_error

from .checklist import EMPTY, Gap, blocking_gaps
from .chosen_files import OwnFilesForm
from .identity import source_of

if TYPE_CHECKING:
    from .completeness import Line

# Moments outside are slips of the keyboard; before 1901 local time is not even whole minutes from UTC.
YEARS = range(1949, 2200)
MOMENTS = ("go_live_at", "expire_at", "starts_at", "ends_at")
# What presses first stands on top of the list.
PRESSING = {State.OVERDUE: _("已逾期"), State.OWED: _("尚未公开"), State.DUE_SOON: _("即将到期")}


class EntryIterator(ModelChoiceIterator):
    """The entries of one catalogue: what is owed first, then by group."""

    field: EntryChoiceField

    def __iter__(self) -> Iterator[Any]:
        """Yield the empty choice and the groups."""
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for group, lines in self.field.grouped_lines():
            yield group, [self.choice(line.entry) for line in lines]
        if self.field.kept is not None:
            yield _("本页现用，已不在目录中"), [self.choice(self.field.kept)]


class EntryChoiceField(forms.ModelChoiceField):
    """A choice of the organisation's catalogue entries, as lines that know what is owed."""

    iterator = EntryIterator

    def __init__(self, lines: list[Line], current: CatalogueEntry | None, **kwargs: Any) -> None:
        self.lines = lines
        keys = [line.entry.pk for line in lines]
        # The catalogue may have changed since; a page keeps the entry it was disclosed under.
        self.kept = current if current is not None and current.pk not in keys else None
        keys += [self.kept.pk] if self.kept else []
        super().__init__(queryset=CatalogueEntry.objects.filter(pk__in=keys), **kwargs)

    def grouped_lines(self) -> list[tuple[str, list[Line]]]:
        """Return the lines under their headings; what presses stands on top instead of in its group."""
        groups: dict[str, list[Line]] = {}
        for line in self.lines:
            heading = str(_("应补未补（优先）")) if line.state in PRESSING else line.entry.display_group
            groups.setdefault(heading, []).append(line)
        return sorted(groups.items(), key=lambda item: item[1][0].state not in PRESSING)

    def label_from_instance(self, obj: Any) -> str:
        """Show code, title and how the organisation stands with it."""
        state = next((line.state for line in self.lines if line.entry.pk == obj.pk), None)
        pressing = PRESSING.get(state) if state else None
        return f"{obj}（{pressing}）" if pressing else str(obj)


class RecordPageForm(OwnFilesForm):
    """A draft may lack anything but title and entry; what is submitted lacks nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("entry")
        organisation = self._organisation()
        if stock is not None and organisation is not None:
            self.fields["entry"] = EntryChoiceField(
                _choosable(organisation, is_notice=not self.instance.entry_is_required),
                self.instance.entry if self.instance.entry_id else None,
                label=stock.label,
                help_text=stock.help_text,
                required=stock.required,
                empty_label=_("请选择"),
            )

    def clean(self) -> Any:
        """Refuse moments nobody can mean."""
        cleaned = super().clean()
        for name in MOMENTS:
            moment = cleaned.get(name)
            if moment is not None and moment.year not in YEARS:
                words = {"year": moment.year, "first": YEARS[0], "last": YEARS[-1]}
                self.add_error(name, _("%(year)d 年不对，应在 %(first)d 年至 %(last)d 年之间。") % words)
        return cleaned

    def _organisation(self) -> Any:
        """Return the source-language organisation the record stands (or will stand) under."""
        parent = self.parent_page.specific if self.parent_page is not None else None
        found = self.instance.organisation if self.instance.pk else parent
        return source_of(found.specific) if found is not None and hasattr(found, "catalogue_code") else None

    def _post_clean(self) -> None:
        """Ask the checklist when the draft is to be submitted: the page holds what was typed only now."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        # The findings of the screening are pointed to already.
        for gap in blocking_gaps(self.instance, Screening()):
            if gap.field not in self.errors and not self._is_filled_by_rows(gap):
                field = gap.field if gap.field in self.fields else None
                self.add_error(field, as_error(self.instance, gap.field, gap.sentence) if field else gap.sentence)

    def _is_filled_by_rows(self, gap: Gap) -> bool:
        """Leave attachments to their own forms; a file among them is content."""
        if gap.field == "attachments":
            return True
        rows = self.formsets.get("attachments")
        return gap.code == EMPTY and rows is not None and any(row["document"].value() for row in rows.forms)


def _choosable(organisation: Any, *, is_notice: bool) -> list[Line]:
    """Return the lines a record of this type may serve."""
    from .completeness import catalogue_lines  # noqa: PLC0415 (the register stands on the pages whose form this is)

    return [
        line
        for line in catalogue_lines(organisation)
        if (line.entry.content_kind in BY_NOTICE_PAGE if is_notice else line.entry.content_kind not in GENERATED)
    ]
