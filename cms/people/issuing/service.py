"""Issue accounts in a batch, renew a lost password, note who received it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccountIssue, Appointment, FormState, RegisteredStaff, RegistrationForm, User
from accounts.passwords import issue
from ledger.events import record
from rules.slugs import slug_from_title

from ..staff import appoint
from ..subtree import below, may_manage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from wagtail.models import Page

# A strong hash takes its time: as many as one request can answer for.
MOST = 50
USERNAME_LENGTH = 30


@dataclass(frozen=True)
class Issued:
    """One block of the sheet: the password stands here and nowhere else."""

    user: User
    organisation: Page
    duties: list[str]
    password: str


def candidates(user: Any) -> QuerySet[RegisteredStaff]:
    """Return the staff below, of the form that counts, who were never appointed as it says."""
    confirmed = RegistrationForm.objects.filter(organisation=OuterRef("form__organisation"), state=FormState.CONFIRMED)
    newest = Subquery(confirmed.order_by("-version").values("pk")[:1])
    appointed = Appointment.objects.filter(
        user__username=OuterRef("username"), organisation=OuterRef("form__organisation"), duty=OuterRef("duty")
    )
    found = RegisteredStaff.objects.filter(below(user, "form__organisation"), ~Exists(appointed), form=newest)
    return found.select_related("form__organisation").order_by("form__organisation__path", "order", "pk")


@transaction.atomic
def issue_accounts(*, staff: Iterable[int], by: Any) -> list[Issued]:
    """Make the missing accounts of these staff, appoint them, and return the new passwords, office by office.

    Who has an account already is appointed and keeps the password. Raises ValidationError.
    """
    wanted = set(staff)
    # Whoever issues at the same moment waits here, and finds nothing left to issue.
    list(RegistrationForm.objects.select_for_update().filter(staff__in=wanted).order_by("pk"))
    rows = list(candidates(by).filter(pk__in=wanted))
    if not rows:
        raise ValidationError(_("没有可发放的账号：可能已经发放，请刷新后再看。"))
    if len(rows) > MOST:
        raise ValidationError(_("一次最多发放 %(most)d 人，请分几次。") % {"most": MOST})
    made: dict[int, Issued] = {}
    known: dict[tuple[int, str, str], User] = {}
    for row in rows:
        _issue_one(row, by, made, known)
    return list(made.values())


def _issue_one(row: RegisteredStaff, by: Any, made: dict[int, Issued], known: dict[tuple[int, str, str], User]) -> None:
    organisation = row.form.organisation
    # One person with two duties stands in two rows and has one account.
    person = (organisation.pk, row.name, row.phone)
    user = known.get(person)
    if user is None and row.username:
        user = User.objects.filter(username=row.username).first()
    if user is None:
        _refuse_others_address(row)
        user = User(
            username=row.username or free_username(row.name), first_name=row.name, email=row.email, phone=row.phone
        )
        password = issue(user)
        made[user.pk] = Issued(user, organisation, [], password)
        AccountIssue.objects.create(user=user, organisation=organisation, form=row.form, issued_by=by)
        record("people.account_issued", user, organisation=organisation, actor=by, username=user.username)
    known[person] = user
    appoint(organisation, row.duty, user.username, by)
    if user.pk in made:
        made[user.pk].duties.append(row.get_duty_display())
    if row.username != user.username:
        row.username = user.username
        row.save(update_fields=["username"])


def _refuse_others_address(row: RegisteredStaff) -> None:
    """Whose mailbox it is can set the password by mail: it is nobody else's."""
    if row.email and User.objects.filter(email__iexact=row.email).exists():
        raise ValidationError(
            _("没有发放：“%(place)s”登记表第 %(number)d 行“%(name)s”的邮箱已属于另一个账号，请由该单位改正登记表。")
            % {"place": row.form.organisation.title, "number": row.order + 1, "name": row.name}
        )


def free_username(name: str) -> str:
    """Return the pinyin of a name, with a number where it is taken: zhangsan, zhangsan2."""
    base = slug_from_title(name, (), USERNAME_LENGTH).replace("-", "")
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    names = chain([base], (f"{base}{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


@transaction.atomic
def reissue(*, person: User, by: Any) -> Issued:
    """Give a new one-time password: the sheet was lost, or the password forgotten. The old one opens nothing."""
    user = User.objects.select_for_update().get(pk=person.pk)
    if not may_manage(by, user):
        raise PermissionDenied
    if not user.is_active:
        raise ValidationError(_("账号已停用，先恢复使用再发密码。"))
    held = Appointment.objects.filter(below(by, "organisation"), user=user).select_related("organisation")
    current = list(held.exclude(until__lt=timezone.localdate()).order_by("organisation__path", "duty"))
    if not current:
        raise ValidationError(_("没有任职的人不用发密码。"))
    organisation = current[0].organisation
    user.issues.filter(replaced_at=None).update(replaced_at=timezone.now())
    AccountIssue.objects.create(user=user, organisation=organisation, issued_by=by)
    record("people.password_reissued", user, organisation=organisation, actor=by, username=user.username)
    duties = [each.get_duty_display() for each in current if each.organisation_id == organisation.pk]
    return Issued(user, organisation, duties, issue(user))


def issues_below(user: Any) -> QuerySet[AccountIssue]:
    """Return what was handed out below and still counts."""
    found = AccountIssue.objects.filter(below(user, "organisation"), replaced_at=None)
    return found.select_related("user", "organisation", "issued_by").order_by("organisation__path", "pk")


@transaction.atomic
def deliver(*, issues: Iterable[int], by: Any, on: date, names: dict[str, str]) -> int:
    """Note who handed the sheets to whom and when. Raises ValidationError when none of them is open."""
    rows = list(issues_below(by).filter(pk__in=list(issues), delivered_on=None).select_for_update(of=("self",)))
    if not rows:
        raise ValidationError(_("请选择还没有登记交付的账号。"))
    if on > timezone.localdate():
        raise ValidationError(_("交付日期不能晚于今天。"))
    for row in rows:
        row.delivered_on = on
        row.handed_by, row.receipt = names["handed_by"], names["receipt"]
        row.received_by = names["received_by"] or str(row.user)
        row.save(update_fields=["delivered_on", "handed_by", "received_by", "receipt"])
        facts = {"handed_by": row.handed_by, "received_by": row.received_by, "on": on.isoformat()}
        record("people.account_delivered", row.user, organisation=row.organisation, actor=by, **facts)
    return len(rows)
