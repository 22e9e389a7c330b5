"""Fill in, submit, confirm, return, begin anew: each checks the old state first and is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from accounts.authority import holders
from accounts.models import Duty, FormState, RegisteredStaff, RegistrationForm, User
from ledger.events import record
from ledger.letters import Message, write

from .reach import FILLING, may_confirm, may_fill

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a form must hold before it is submitted.
NEEDED = {
    "leader_name": gettext_lazy("分管领导姓名"),
    "leader_post": gettext_lazy("分管领导职务"),
    "leader_phone": gettext_lazy("分管领导电话"),
    "office_name": gettext_lazy("工作机构"),
    "head_name": gettext_lazy("机构负责人姓名"),
    "head_phone": gettext_lazy("机构负责人电话"),
    "signer": gettext_lazy("填表人"),
}
VALUES = (*NEEDED, "filled_on")
STAFF_VALUES = ("name", "duty", "phone", "email", "username")


def latest_form(organisation: Any) -> RegistrationForm | None:
    """Return the newest version of an organisation's form, None when there is none."""
    return RegistrationForm.objects.filter(organisation=organisation.pk).order_by("-version").first()


@transaction.atomic
def save_form(
    *, organisation: Any, values: dict[str, Any], staff: Iterable[dict[str, str]], by: Any
) -> RegistrationForm:
    """Write the open version, begun where there is none. Raises ValidationError while it waits or is confirmed."""
    if not may_fill(by, organisation):
        raise PermissionDenied
    form = _locked(organisation) or RegistrationForm(organisation_id=organisation.pk)
    if not form.is_open:
        raise ValidationError(_closed(form))
    for name in VALUES:
        setattr(form, name, values.get(name) or ("" if name != "filled_on" else timezone.localdate()))
    form.save()
    form.staff.all().delete()
    RegisteredStaff.objects.bulk_create(
        RegisteredStaff(form=form, order=order, **{name: row.get(name, "") for name in STAFF_VALUES})
        for order, row in enumerate(staff)
    )
    _record("people.form_saved", form, by)
    return form


@transaction.atomic
def submit(*, organisation: Any, by: Any) -> RegistrationForm:
    """Submit it to the superior. Raises ValidationError and names what is missing."""
    if not may_fill(by, organisation):
        raise PermissionDenied
    form = _existing(organisation)
    if not form.is_open:
        raise ValidationError(_closed(form))
    missing = [str(label) for name, label in NEEDED.items() if not getattr(form, name)]
    if not form.staff.exists():
        missing.append(_("工作人员（至少一人）"))
    if missing:
        raise ValidationError(_("还不能提交，请填写：%(names)s。") % {"names": "、".join(missing)})
    form.state, form.submitted_by, form.submitted_at, form.reason = FormState.SUBMITTED, by, timezone.now(), ""
    form.save()
    _record("people.form_submitted", form, by)
    superior = organisation.superior
    if superior is not None:
        people = User.objects.filter(pk__in=holders(superior, [Duty.ADMINISTRATOR])).exclude(pk=by.pk)
        _tell(people, organisation, _("“%(place)s”的办事公开工作信息登记表等待确认"), must_act=True)
    return form


@transaction.atomic
def decide(*, organisation: Any, confirm: bool, reason: str = "", by: Any) -> RegistrationForm:
    """Confirm it, or return it with a reason. Raises ValidationError when it does not wait."""
    form = _existing(organisation)
    if not may_confirm(by, organisation, form.submitted_by_id):
        raise PermissionDenied
    if form.state != FormState.SUBMITTED:
        raise ValidationError(_("登记表已不在待确认状态，请刷新后再看。"))
    if not confirm and not reason.strip():
        raise ValidationError(_("退回时请写明原因，填表人据此修改。"))
    form.state = FormState.CONFIRMED if confirm else FormState.RETURNED
    form.decided_by, form.decided_at, form.reason = by, timezone.now(), "" if confirm else reason.strip()
    form.save()
    _record("people.form_confirmed" if confirm else "people.form_returned", form, by, reason=form.reason)
    words = _("“%(place)s”的登记表已由上级确认") if confirm else _("“%(place)s”的登记表被退回，请修改后再提交")
    people = User.objects.filter(pk__in=holders(organisation, FILLING) | {form.submitted_by_id or 0}).exclude(pk=by.pk)
    _tell(people, organisation, words, form.reason, must_act=not confirm)
    return form


@transaction.atomic
def begin_next(*, organisation: Any, by: Any) -> RegistrationForm:
    """Begin the next version as a copy of the confirmed one: people have changed, or a year is over."""
    if not may_fill(by, organisation):
        raise PermissionDenied
    last = _existing(organisation)
    if last.state != FormState.CONFIRMED:
        raise ValidationError(_closed(last) if not last.is_open else _("现有的登记表还没有确认，请直接修改。"))
    values = {name: getattr(last, name) for name in NEEDED}
    form = RegistrationForm.objects.create(
        organisation_id=organisation.pk, version=last.version + 1, filled_on=timezone.localdate(), **values
    )
    RegisteredStaff.objects.bulk_create(
        RegisteredStaff(form=form, order=row.order, **{name: getattr(row, name) for name in STAFF_VALUES})
        for row in last.staff.all()
    )
    _record("people.form_begun", form, by)
    return form


def _locked(organisation: Any) -> RegistrationForm | None:
    # Two who begin one at the same moment wait for each other at the organisation's row.
    Page.objects.select_for_update().get(pk=organisation.pk)
    return latest_form(organisation)


def _existing(organisation: Any) -> RegistrationForm:
    form = _locked(organisation)
    if form is None:
        raise ValidationError(_("还没有填写登记表。"))
    return form


def _closed(form: RegistrationForm) -> str:
    if form.state == FormState.SUBMITTED:
        return _("登记表正在等待上级确认，暂时不能修改。")
    return _("登记表已经确认；有变化请先“填写新一版”。")


def _record(kind: str, form: RegistrationForm, by: Any, **facts: Any) -> None:
    """Record the act without the names and numbers in the form."""
    count = {"version": form.version, "staff": form.staff.count()}
    record(kind, form, organisation=form.organisation, actor=by, **count, **{k: v for k, v in facts.items() if v})


def _tell(people: Any, organisation: Any, words: str, body: str = "", *, must_act: bool = False) -> None:
    url = reverse("people:form", args=[organisation.pk])
    title = words % {"place": organisation.title}
    write(people, Message("people.form", title, body, url, must_act=must_act, organisation=organisation))
