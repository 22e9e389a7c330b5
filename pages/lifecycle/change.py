"""Change the page type of an existing unit: key, place in the tree, children, revisions and history stay.

The unit and its translations change together, in one transaction. Typed values of the type it leaves are sealed, in the
row and in every revision; changing back restores them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import ForeignObjectRel, Q
from django.dispatch import Signal
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from ledger.changes import announce
from ledger.events import record

from ..identity import source_of
from ..models import RosterEntry, UnitPage
from .sealing import SEAL, Steps, child_relations, reseal, serialised
from .traces import restamp, revisions_of, rewrite_revisions, rewrite_translation_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sealing import Content

LOG_ACTION = "pages.change_unit_type"
# Sent with the page as it is now, in the same transaction: nothing of it was saved in a way that Django announces.
unit_type_changed = Signal()


class UnlawfulChange(ValueError):
    """The change is refused; the message says why, in Chinese."""


@dataclass(frozen=True)
class TypeChange:
    """What a change does to one page and its translations. `sealed` and `restored` are labels of classes."""

    page: UnitPage
    old: type[UnitPage]
    new: type[UnitPage]
    copies: int
    revisions: int
    sealed: tuple[str, ...]
    restored: tuple[str, ...]


def find_unit(reference: str) -> UnitPage:
    """Return the unit that a roster code or the number of a page names, in its own page type."""
    entry = RosterEntry.objects.filter(code=reference).select_related("organisation").first()
    page = entry.organisation if entry else None
    if page is None and reference.isascii() and reference.isdigit() and len(reference) < 19:
        page = Page.objects.filter(pk=int(reference)).first()
    if page is None:
        raise UnlawfulChange(_("没有编号或名录编码为“%(reference)s”的页面。") % {"reference": reference})
    return as_unit(page)


def as_unit(page: Page) -> UnitPage:
    """Return the page in its own type; refuse what is no unit, and what nobody here can read."""
    if page.specific_class is None:
        names = {"title": page.title, "label": ".".join(page.content_type.natural_key())}
        raise UnlawfulChange(_("“%(title)s”的页面类型 %(label)s 没有安装；请先装回带来它的插件。") % names)
    specific = page.specific
    if not isinstance(specific, UnitPage):
        names = {"title": page.title, "type": specific._meta.verbose_name}
        raise UnlawfulChange(_("“%(title)s”是%(type)s，不是公共企事业单位。") % names)
    return specific


def page_type_named(label: str) -> type[UnitPage]:
    """Return the page type that a label such as `water.WaterPage` names; refuse what no unit can be."""
    lawful = {model._meta.label: model for model in apps.get_models() if issubclass(model, UnitPage)}
    by_lower = {name.lower(): model for name, model in lawful.items() if model.is_creatable}
    if label.lower() not in by_lower:
        names = {"label": label, "known": _("、").join(sorted(each._meta.label for each in by_lower.values()))}
        raise UnlawfulChange(_("“%(label)s”不是单位的页面类型；可选：%(known)s。") % names)
    return by_lower[label.lower()]


def plan_change(page: UnitPage, new: type[UnitPage]) -> TypeChange:
    """Say what a change will do, and change nothing. Raises UnlawfulChange."""
    source = as_unit(source_of(page))
    old = type(source)
    if old is new:
        names = {"title": source.title, "type": new._meta.verbose_name, "label": new._meta.label}
        raise UnlawfulChange(_("“%(title)s”的页面类型已经是%(type)s（%(label)s）。") % names)
    steps = Steps.between(old, new)
    copies = list(_with_copies(source))
    content = serialised(source)
    after = reseal(content, steps)
    _refuse_what_must_be_given(steps, after)
    for copy in copies:
        _refuse_strangers(copy, steps)
    labels_before, labels_after = set(content[SEAL] or ()), set(after[SEAL] or ())
    return TypeChange(
        page=source,
        old=old,
        new=new,
        copies=len(copies) - 1,
        revisions=sum(revisions_of(copy).count() for copy in copies),
        sealed=tuple(sorted(labels_after - labels_before)),
        restored=tuple(sorted(labels_before - labels_after)),
    )


@transaction.atomic
def change_unit_type(page: UnitPage, new: type[UnitPage], user: Any = None) -> TypeChange:
    """Change the page type of a unit and of its translations.

    Raises UnlawfulChange, and then has changed nothing.
    """
    # Nobody publishes or edits one of them while their rows are moved.
    list(Page.objects.select_for_update().filter(translation_key=page.translation_key).values_list("pk"))
    change = plan_change(page, new)
    for copy in list(_with_copies(change.page)):
        change_page(copy, new, user)
    return change


def _with_copies(source: UnitPage) -> Iterator[UnitPage]:
    """Yield the unit, its translations and aliases, as far as they are of its type."""
    key = source.translation_key
    for page in Page.objects.filter(Q(translation_key=key) | Q(alias_of__translation_key=key)).order_by("pk"):
        unit = as_unit(page)
        if type(unit) is type(source):
            yield unit


def _refuse_what_must_be_given(steps: Steps, content: Content) -> None:
    for model in steps.entered:
        for field in model._meta.local_fields:
            is_link = getattr(field.remote_field, "parent_link", False)
            if not (is_link or field.null or field.name in content) and field.get_default() is None:
                names = {"type": model._meta.verbose_name, "field": field.verbose_name}
                raise UnlawfulChange(
                    _("%(type)s的“%(field)s”没有默认值，又必须填写，已有单位无法改为这种类型。") % names
                )


def strangers(steps: Steps) -> Iterator[Any]:
    """Yield the relations from rows that are no part of a page to the classes it leaves."""
    for model in steps.left:
        own = {many.remote_field.through for many in model._meta.local_many_to_many}
        for relation in model._meta.get_fields(include_hidden=True):
            points_here = isinstance(relation, ForeignObjectRel) and relation.model is model
            if points_here and not isinstance(relation.field, ParentalKey) and relation.related_model not in own:
                yield relation


def _refuse_strangers(page: UnitPage, steps: Steps) -> None:
    """Refuse while such rows are there: they would point to nothing."""
    for relation in strangers(steps):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: page.pk})
        if found := rows.count():
            names = {"title": page.title, "count": found, "rows": relation.related_model._meta.verbose_name}
            raise UnlawfulChange(_("还有 %(count)s 条“%(rows)s”指向“%(title)s”，请先处理。") % names)


def change_page(page: UnitPage, new: type[UnitPage], user: Any = None) -> None:
    """Change one page, in the transaction of the caller, who has made sure that it is lawful."""
    old, steps = type(page), Steps.between(type(page), new)
    index.remove_object(page)
    content = reseal(serialised(page), steps)
    for model in reversed(steps.left):
        _delete_row(model, page)
    for model in steps.entered:
        _insert_row(model, content)
    UnitPage.objects.filter(pk=page.pk).update(sealed_profile=content[SEAL])
    restamp(page, old, new)
    rewrite_revisions(page, steps, new)
    changed: UnitPage = new.objects.get(pk=page.pk)
    rewrite_translation_source(changed, steps, new)
    ReferenceIndex.create_or_update_for_object(changed)
    index.insert_or_update_object(changed)
    announce(changed, everything=True)
    log(changed, LOG_ACTION, user=user, data={"from": old._meta.label, "to": new._meta.label})
    types = {"before": {"type": old._meta.label}, "after": {"type": new._meta.label}}
    record("unit.type_changed", changed, organisation=changed, actor=user, **types)
    unit_type_changed.send(sender=new, page=changed)


def _delete_row(model: type[UnitPage], page: UnitPage) -> None:
    """Delete the row of one class of a page, and nothing above it."""
    for relation in child_relations(model):
        relation.related_model._base_manager.filter(**{relation.field.name: page.pk}).delete()
    for many in model._meta.local_many_to_many:
        through = many.remote_field.through
        through._base_manager.filter(**{many.m2m_field_name(): page.pk}).delete()
    # Django's delete() would announce the end of a page; the page goes on living.
    model._base_manager.filter(pk=page.pk)._raw_delete(page._state.db)


def _insert_row(model: type[UnitPage], content: Content) -> None:
    """Insert the row of one class under a page that has all above it, with the rows that belong to it."""
    model.from_serializable_data(content).save_base(raw=True, force_insert=True)
    # Read again: rows that point to a page which was not there yet are left out by modelcluster.
    row = model.from_serializable_data(content)
    for relation in child_relations(model):
        getattr(row, relation.get_accessor_name()).commit()
    for many in model._meta.local_many_to_many:
        getattr(row, many.name).commit()
