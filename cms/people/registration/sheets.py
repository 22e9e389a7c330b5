"""The forms of many organisations as one sheet, out and in: a row for each of the staff."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Duty, FormState, RegistrationForm
from pages.exports import Table
from pages.models import RosterEntry

from ...spreadsheets import SheetRow, read_rows
from ..places import find_places
from .addresses import address_problems
from .forms import MOST_STAFF, check_username
from .listing import with_form
from .reach import organisations_to_see
from .service import begin_next, latest_form, save_form, submit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db.models import QuerySet

    from pages.models import OrganisationPage

MAX_ROWS = 2_000
CODE, TITLE, DATE, STAFF_NAME, DUTY = "名录代码", "单位全称", "填表日期", "工作人员姓名", "职责"
# Column → field, with its width in the sheet and the longest text it takes.
HEAD = {
    "分管领导姓名": ("leader_name", 14, 50),
    "分管领导职务": ("leader_post", 18, 100),
    "分管领导电话": ("leader_phone", 16, 32),
    "工作机构": ("office_name", 20, 100),
    "机构负责人姓名": ("head_name", 14, 50),
    "机构负责人电话": ("head_phone", 16, 32),
    "填表人": ("signer", 12, 50),
}
STAFF = {
    STAFF_NAME: ("name", 14, 50),
    DUTY: ("duty", 10, 16),
    "工作人员电话": ("phone", 16, 32),
    "邮箱": ("email", 24, 254),
    "用户名": ("username", 16, 150),
}
COLUMNS = (CODE, TITLE, *HEAD, DATE, *STAFF)
OBLIGATORY = (STAFF_NAME, DUTY)
STATE_COLUMNS = ((gettext_lazy("状态"), 10), (gettext_lazy("版次"), 6), (gettext_lazy("最近确认"), 14))


class NothingImportedError(ValueError):
    """At least one row is wrong, so nothing was written."""


def table_of(organisations: QuerySet[OrganisationPage]) -> Table:
    """Return the newest version of each form, and a bare row for each organisation without one."""
    widths = [(CODE, 22), (TITLE, 36)]
    widths += [(name, width) for name, (_field, width, _most) in HEAD.items()]
    widths += [(DATE, 14)]
    widths += [(name, width) for name, (_field, width, _most) in STAFF.items()]
    return Table(_("办事公开工作信息登记表"), [*widths, *STATE_COLUMNS], _rows(organisations))


def _rows(organisations: QuerySet[OrganisationPage]) -> Iterator[tuple[Any, ...]]:
    listed: list[Any] = list(with_form(organisations))
    codes = dict(RosterEntry.objects.values_list("organisation", "code"))
    forms = RegistrationForm.objects.prefetch_related("staff").in_bulk(
        [each.form_id for each in listed if each.form_id]
    )
    for place in listed:
        form = forms.get(place.form_id)
        head = [getattr(form, name, "") for name, *_rest in HEAD.values()]
        on = form.filled_on.isoformat() if form and form.filled_on else ""
        state = [form.get_state_display(), form.version] if form else [_("未填写"), ""]
        confirmed = place.confirmed_at.date().isoformat() if place.confirmed_at else ""
        for person in _people(form):
            row = [getattr(person, name, "") for name, *_rest in STAFF.values()]
            row[1] = person.get_duty_display() if person else ""
            yield (codes.get(place.pk, ""), place.title, *head, on, *row, *state, confirmed)


def _people(form: RegistrationForm | None) -> list[Any]:
    return (list(form.staff.all()) if form else []) or [None]


def read_sheet(file: IO[bytes]) -> list[SheetRow]:
    """Return the rows. Raises SheetError (cms.spreadsheets)."""
    return read_rows(file, COLUMNS, OBLIGATORY, MAX_ROWS)


def check(rows: list[SheetRow], user: Any) -> dict[int, tuple[OrganisationPage, list[SheetRow]]]:
    """Return the rows by organisation, and write into the rows what is wrong with them."""
    places = find_places(organisations_to_see(user), [_named(row) for row in rows])
    waiting = set(RegistrationForm.objects.filter(state=FormState.SUBMITTED).values_list("organisation", flat=True))
    grouped: dict[int, tuple[OrganisationPage, list[SheetRow]]] = {}
    for row in rows:
        place = _place(row, places)
        if place is not None:
            grouped.setdefault(place.pk, (place, []))[1].append(row)
        _check_values(row)
    forms = _newest_forms(grouped)
    for place, of_place in grouped.values():
        _check_together(place, of_place)
        if _is_known(forms.get(place.pk), of_place):
            for row in of_place:
                row.is_known = True
        elif place.pk in waiting:
            of_place[0].problems[TITLE] = _("该单位的登记表正在等待确认，不能覆盖。")
    return grouped


def _newest_forms(organisations: Collection[int]) -> dict[int, RegistrationForm]:
    """Return the newest form of each organisation. Two queries."""
    forms = RegistrationForm.objects.filter(organisation__in=organisations).order_by("version")
    return {form.organisation_id: form for form in forms.prefetch_related("staff")}


def _is_known(form: RegistrationForm | None, rows: list[SheetRow]) -> bool:
    """Do the rows say what the newest form says already?"""
    if form is None or not all(row.is_sound for row in rows):
        return False
    values, people = _read(rows)
    on = values.pop("filled_on") or form.filled_on
    known = [{name: getattr(person, name) for name, *_rest in STAFF.values()} for person in form.staff.all()]
    return on == form.filled_on and people == known and all(getattr(form, name) == values[name] for name in values)


def _named(row: SheetRow) -> str:
    return row.values[CODE] or row.values[TITLE]


def _place(row: SheetRow, places: dict[str, list[OrganisationPage]]) -> OrganisationPage | None:
    column = CODE if row.values[CODE] else TITLE
    name = _named(row)
    found = places.get(name, [])
    if not name:
        row.problems[TITLE] = _("请填名录代码或单位全称。")
    elif not found:
        row.problems[column] = _("您管理的单位中没有“%(name)s”。") % {"name": name}
    elif len(found) > 1:
        row.problems[column] = _("有几个单位叫“%(name)s”，请填名录代码。") % {"name": name}
    elif row.values[CODE] and row.values[TITLE] and found[0].title != row.values[TITLE]:
        row.problems[TITLE] = _("与名录代码对应的“%(name)s”不符。") % {"name": found[0].title}
    else:
        return found[0]
    return None


def _check_values(row: SheetRow) -> None:
    for column, (_name, _width, most) in {**HEAD, **STAFF}.items():
        if len(row.values[column]) > most:
            row.problems[column] = _("最多 %(most)d 字。") % {"most": most}
    if not row.values[STAFF_NAME]:
        row.problems[STAFF_NAME] = _("请填写姓名。")
    if row.values[DUTY] not in _duties():
        row.problems[DUTY] = _("只能填：%(names)s。") % {"names": "、".join(_duties())}
    for column, checked in (("邮箱", validate_email), ("用户名", check_username)):
        try:
            if row.values[column]:
                checked(row.values[column])
        except ValidationError as error:
            row.problems[column] = " ".join(error.messages)
    row.date(DATE)


def _check_together(place: OrganisationPage, rows: list[SheetRow]) -> None:
    """Say where two rows of one organisation contradict each other."""
    for column in (*HEAD, DATE):
        if len({row.values[column] for row in rows if row.values[column]}) > 1:
            rows[-1].problems[column] = _("与“%(place)s”的其他行不一致。") % {"place": place.title}
    if len(rows) > MOST_STAFF:
        rows[-1].problems[STAFF_NAME] = _("一个单位最多 %(most)d 人。") % {"most": MOST_STAFF}
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = (row.values[STAFF_NAME], row.values["工作人员电话"], row.values[DUTY])
        if key in seen:
            row.problems[STAFF_NAME] = _("此人的这项职责已在上面填过。")
        seen.add(key)
    people = [{name: row.values[column] for column, (name, *_rest) in STAFF.items()} for row in rows]
    numbers = [row.number for row in rows]
    for index, problem in address_problems(people, numbers).items():
        rows[index].problems["邮箱"] = problem


def _duties() -> dict[str, str]:
    return {str(label): value for value, label in Duty.of_staff()}


@transaction.atomic
def import_rows(rows: list[SheetRow], user: Any, *, submitting: bool) -> tuple[int, int]:
    """Write a form for each organisation, and submit it if asked: all or none. Return how many, and how many not.

    What was confirmed before stays as its own version; a form that says the same already is left alone. Raises
    NothingImportedError and ValidationError.
    """
    grouped = check(rows, user)
    if not all(row.is_sound for row in rows):
        raise NothingImportedError
    done = 0
    for base, of_place in grouped.values():
        place = base.specific
        try:
            done += _import_one(place, of_place, user, submitting=submitting)
        except ValidationError as error:
            sentence = _("第 %(number)d 行“%(place)s”：%(why)s")
            words = {"number": of_place[0].number, "place": place.title, "why": " ".join(error.messages)}
            raise ValidationError([_("一份也没有导入。"), sentence % words]) from error
    return done, len(grouped) - done


def _import_one(place: Any, rows: list[SheetRow], user: Any, *, submitting: bool) -> bool:
    """Write, and submit if asked; say whether there was anything to do."""
    is_known = rows[0].is_known
    if not is_known:
        _write(place, rows, user)
    form = latest_form(place)
    if is_known and not (submitting and form is not None and form.is_open):
        return False
    if submitting:
        submit(organisation=place, by=user)
    return True


def _read(rows: list[SheetRow]) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return what the rows of one organisation say: the form's own values, and its staff."""
    from_sheet: dict[str, Any] = {
        name: next((row.values[column] for row in rows if row.values[column]), "")
        for column, (name, *_rest) in HEAD.items()
    }
    dates = [row.date(DATE) for row in rows if row.values[DATE]]
    people = [{name: row.values[column] for column, (name, *_rest) in STAFF.items()} for row in rows]
    for person in people:
        person["duty"] = _duties()[person["duty"]]
    return {**from_sheet, "filled_on": dates[0] if dates else None}, people


def _write(place: Any, rows: list[SheetRow], user: Any) -> None:
    values, people = _read(rows)
    _reopen(place, user)
    save_form(organisation=place, values=values, staff=people, by=user)


def _reopen(place: Any, user: Any) -> None:
    form = latest_form(place)
    if form is not None and form.state == FormState.CONFIRMED:
        begin_next(organisation=place, by=user)
