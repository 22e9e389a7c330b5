"""Create, change and submit a draft through the editor's own form: whatever holds there holds here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.html import strip_tags
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale, PageSubscription, WorkflowState
from wagtail.permissions import policy_registry

from accounts.one_at_a_time import hold
from accounts.tokens import insiders, reaches
from ledger.events import record
from pages.models import OrganisationPage
from workflows.contributors import note_insiders

from .. import problems
from .blocks import Poster, sealing
from .fields import ANSWERS, place_of
from .refusals import BadField, Refused, invalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import ApiToken

    from .kinds import Kind

# What an answer shows besides the fields; sent back, it is no mistake.
SHOWN = frozenset({"id", "organisation", "state", "updated_at", "status_url"})


@dataclass(frozen=True)
class Writer:
    """Who writes: the token, and the person it acts for."""

    token: ApiToken
    person: Any


@transaction.atomic
def create_draft(kind: Kind, values: dict[str, Any], writer: Writer) -> Any:
    """Make a draft. Raises Refused, PermissionDenied."""
    parent = _place(values, writer)
    if kind.is_page:
        may_add = parent.permissions_for_user(writer.person).can_add_subpage()
        if not may_add or kind.model not in parent.creatable_subpage_models():
            raise PermissionDenied(_("不能在“%(place)s”起草这一类内容。") % {"place": parent.title})
        subject = kind.model(owner=writer.person, locale=parent.locale, live=False)
    else:
        subject = kind.model(locale=Locale.get_default(), live=False)
    form = _form(kind, subject, parent, values, writer)
    _validate(kind, form, is_draft=True)
    subject = form.save(commit=not kind.is_page)
    if kind.is_page:
        subject.live = False
        parent.add_child(instance=subject)
        # Asked while it stood nowhere.
        subject.__dict__.pop("organisation", None)
    return _kept(subject, writer, "written.created")


def _place(values: dict[str, Any], writer: Writer) -> Any:
    """Return the organisation that is named, or the token's own. Raises Refused, PermissionDenied."""
    code = values.get("organisation")
    code = code.get("code") if isinstance(code, dict) else code
    if code is None:
        return OrganisationPage.objects.get(pk=writer.token.organisation_id).specific
    if not isinstance(code, str):
        raise invalid([("organisation", _("须是机构代码（文字）。"))], _("内容不能接受。"))
    try:
        place = OrganisationPage.objects.get(pk=place_of(code, "organisation")).specific
    except BadField as error:
        raise invalid([(error.path, error.message)], _("内容不能接受。")) from error
    if not reaches(writer.token, place):
        raise PermissionDenied(_("“%(place)s”不在令牌的单位之下。") % {"place": place.title})
    return place


@transaction.atomic
def change_draft(kind: Kind, pk: int, values: dict[str, Any], expected: str, writer: Writer) -> Any:
    """Write a draft anew, if it is still the one that was read. Raises Refused, PermissionDenied, Http404."""
    hold((kind.model, pk))
    subject = draft_of(kind, pk, writer)
    require_unchanged(subject, expected)
    _refuse_locked(subject, writer.person)
    form = _form(kind, subject, _parent(kind, subject), values, writer)
    _validate(kind, form, is_draft=True)
    return _kept(form.save(commit=not subject.live), writer, "written.changed")


@transaction.atomic
def merge_draft(kind: Kind, pk: int, values: dict[str, Any], expected: str, writer: Writer) -> Any:
    """Write only what is given; the rest stays as it is. Raises as `change_draft`."""
    hold((kind.model, pk))
    subject = draft_of(kind, pk, writer)
    require_unchanged(subject, expected)
    return change_draft(kind, pk, _as_written(kind, subject) | values, expected, writer)


def _as_written(kind: Kind, subject: Any) -> dict[str, Any]:
    return {field.name: field.shown(subject) for field in kind.fields}


@transaction.atomic
def submit_draft(kind: Kind, pk: int, answers: dict[str, Any], expected: str, writer: Writer) -> Any:
    """Submit the draft as it is, after all that the form asks of a submission. Raises as `change_draft`."""
    hold((kind.model, pk))
    subject = draft_of(kind, pk, writer)
    if expected:
        require_unchanged(subject, expected)
    _refuse_locked(subject, writer.person)
    form = _form(kind, subject, _parent(kind, subject), _as_written(kind, subject) | answers, writer)
    _validate(kind, form, is_draft=False)
    subject = _kept(form.save(commit=not subject.live), writer, "written.submitted")
    flow = subject.current_workflow_state
    if flow is not None and flow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        flow.resume(writer.person)
    else:
        try:
            subject.submit_for_approval(writer.person)
        except ValidationError as error:
            raise Refused(problems.CONFLICT, " ".join(error.messages)) from error
    return subject


def draft_of(kind: Kind, pk: int, writer: Writer) -> Any:
    """Return the latest version, if token and person reach it; as if it were not there otherwise."""
    stored = kind.model.objects.filter(pk=pk).first()
    place = stored.responsible_organisation if stored is not None else None
    if stored is None or not reaches(writer.token, place) or not may_change(kind, stored, writer.person):
        raise Refused(problems.NO_DRAFT, _("没有这个编号的草稿，或者不在令牌的单位之下。"))
    return stored.get_latest_revision_as_object()


def draft_for(kind: Kind, pk: int, person: Any) -> Any:
    """Return the latest version, if the person may edit it; as if it were not there otherwise."""
    stored = kind.model.objects.filter(pk=pk).first()
    if stored is None or not may_change(kind, stored, person):
        raise Refused(problems.NO_DRAFT, _("没有这个编号的草稿，或者不在您的职责之内。"))
    return stored.get_latest_revision_as_object()


def may_change(kind: Kind, stored: Any, person: Any) -> bool:
    """May this person edit it?"""
    if kind.is_page:
        is_source = stored.locale_id == Locale.get_default().pk
        return is_source and bool(stored.permissions_for_user(person).can_edit())
    policy = policy_registry.get_by_type(kind.model)
    return bool(policy.user_has_permission_for_instance(person, "change", stored))


def etag_of(subject: Any) -> str:
    """Return the validator of a draft: its latest version, which saving by itself may write over."""
    latest = subject.latest_revision
    return f'"{latest.pk}-{int(latest.created_at.timestamp() * 1_000_000)}"' if latest is not None else '"0"'


def require_unchanged(subject: Any, expected: str) -> None:
    """Raise Refused where the draft is not the one that was read any more."""
    # A server that packs answers on the way calls the validator weak; it stands for the same version.
    named = {each.removeprefix("W/") for each in parse_etags(expected)}
    if not named & {"*", etag_of(subject)}:
        raise Refused(problems.CHANGED, _("草稿在您读取之后变了，没有写入。"))


def _refuse_locked(subject: Any, person: Any) -> None:
    lock = subject.get_lock()
    if lock is not None and lock.for_user(person):
        words = " ".join(strip_tags(lock.get_message(person) or _("已锁定，不能修改。")).split())
        raise Refused(problems.CONFLICT, words)


def _parent(kind: Kind, subject: Any) -> Any:
    return subject.get_parent().specific if kind.is_page else None


def _form(kind: Kind, subject: Any, parent: Any, values: dict[str, Any], writer: Writer) -> Any:
    """Fill in the editor's form. Raises Refused where a value does not fit into it."""
    names = {field.name for field in (*kind.fields, *ANSWERS)}
    errors = [(name, _("没有这个字段。")) for name in sorted(values.keys() - names - SHOWN)]
    if not isinstance(values.get("organisation"), str | dict | None):
        errors.append(("organisation", _("须是机构代码（文字）。")))
    body = getattr(subject, "body", None)
    raw = body.stream_block.get_prep_value(body) if body else []
    poster = Poster(MultiValueDict(), {sealing(each) for each in raw})
    for field in (*kind.fields, *ANSWERS):
        try:
            field.put(poster, values.get(field.name, _default(subject, field.form_name)))
        except BadField as error:
            errors.append((error.path, error.message))
    if errors:
        raise invalid(errors, _("内容不能接受，没有写入。"))
    more: dict[str, Any] = {}
    if kind.is_page:
        _post_rows(subject, poster)
        more = {"parent_page": parent, "subscription": _subscription(subject, writer.person)}
        if more["subscription"].comment_notifications:
            poster.data["comment_notifications"] = "on"
    return kind.form_class()(poster.data, MultiValueDict(), instance=subject, for_user=writer.person, **more)


def _default(subject: Any, name: str) -> Any:
    """Return what an absent field is: a choice has a default, all else is empty."""
    if name not in {"publicity", "kind"}:
        return None
    return subject._meta.get_field(name).get_default()


def _subscription(page: Any, person: Any) -> PageSubscription:
    kept = PageSubscription.objects.filter(page=page.pk, user=person).first() if page.pk else None
    return kept or PageSubscription(page=page, user=person, comment_notifications=False)


def _post_rows(page: Any, poster: Poster) -> None:
    """Post the attachments: those that stay under their numbers, the others to be taken out, then the new ones."""
    data, wanted = poster.data, list(poster.attachments)
    kept = [row for row in page.attachments.all() if row.pk is not None] if page.pk else []
    for number, row in enumerate(kept):
        data[f"attachments-{number}-id"] = str(row.pk)
        same = next((each for each in wanted if each[1] == row.document_id), None)
        if same is None:
            data[f"attachments-{number}-DELETE"] = "on"
        else:
            wanted.remove(same)
        title, document = same or (row.title, row.document_id)
        order = poster.attachments.index(same) if same else 0
        _post_row(data, number, title, document, order)
    for number, each in enumerate(wanted, len(kept)):
        _post_row(data, number, *each, poster.attachments.index(each))
    total = len(kept) + len(wanted)
    for name, rows, initial in (("attachments", total, len(kept)), ("comments", 0, 0)):
        data[f"{name}-TOTAL_FORMS"], data[f"{name}-INITIAL_FORMS"] = str(rows), str(initial)
        data[f"{name}-MIN_NUM_FORMS"], data[f"{name}-MAX_NUM_FORMS"] = "0", "1000"


def _post_row(data: Any, number: int, title: str, document: int, order: int) -> None:
    data[f"attachments-{number}-title"] = title
    data[f"attachments-{number}-document"] = str(document)
    data[f"attachments-{number}-ORDER"] = str(order + 1)


def _validate(kind: Kind, form: Any, *, is_draft: bool) -> None:
    """Let the form look at it; a draft may lack what a submission must have. Raises Refused."""
    if is_draft:
        form.defer_required_fields()
    if not form.is_valid():
        raise invalid(_errors(kind, form), _("内容不能接受，没有写入。") if is_draft else _("还不能提交，没有提交。"))


def _errors(kind: Kind, form: Any) -> Iterator[tuple[str, Any]]:
    for name, found in form.errors.as_data().items():
        path = "" if name == NON_FIELD_ERRORS else kind.field_named(name)
        for error in found:
            yield from _told(error, path)
    for name, rows in getattr(form, "formsets", {}).items():
        for number, row in enumerate(rows.errors):
            for field, messages in row.items():
                yield from ((f"{name}[{number}].{field}", message) for message in messages)
        yield from ((name, message) for message in rows.non_form_errors())


def _told(error: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Follow the errors of blocks down to the value that is wrong."""
    parts: dict[Any, Any] = {}
    if isinstance(error, StreamBlockValidationError | StructBlockValidationError | ListBlockValidationError):
        found = error.block_errors
        parts = found if isinstance(found, dict) else dict(enumerate(found or []))
        for whole in error.non_block_errors or []:
            yield path, " ".join(whole.messages) if hasattr(whole, "messages") else whole
    else:
        yield from ((path, strip_tags(str(message))) for message in error.messages)
    for key, inner in parts.items():
        here = (
            f"{path}[{key}].value" if isinstance(error, StreamBlockValidationError) and key != "" else _below(path, key)
        )
        for each in inner if isinstance(inner, list) else [inner]:
            if each is not None:
                yield from _told(each, here)


def _below(path: str, key: Any) -> str:
    return f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"


def _kept(subject: Any, writer: Writer, kind: str) -> Any:
    """Keep a new version, and who had a hand in it: whoever has seen the token's secret approves it as little."""
    subject.save_revision(user=writer.person, log_action=True, clean=False)
    place = subject.responsible_organisation
    if not reaches(writer.token, place):
        raise PermissionDenied(_("提供单位不在令牌的单位之下。"))
    note_insiders(subject, insiders(writer.token))
    record(kind, subject, organisation=place, actor=writer.person, token=writer.token.key)
    return subject
