"""What others keep a log of becomes an event: Wagtail's log entries, and what happens to accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.permissions import policy_registry

from ledger.events import Subject, record
from ledger.models import Event
from ledger.origin import COMMAND, origin
from pages.identity import source_of
from workflows.queue import organisations_at

if TYPE_CHECKING:
    from wagtail.models import BaseLogEntry

# What other rooms write into the logs is recorded by their services themselves, with what they know of it.
WATCHED = ("wagtail.", "wagtail_localize.")
MOVES = ("wagtail.move", "wagtail.reorder")
KIND_LENGTH = Event._meta.get_field("kind").max_length
# What makes an account what it is; appointments, passwords and second factors are recorded where they change.
ACCOUNT_FIELDS = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


def connect() -> None:
    """Listen."""
    post_save.connect(log_entry_written, sender=PageLogEntry, dispatch_uid="audit-page-log")
    post_save.connect(log_entry_written, sender=ModelLogEntry, dispatch_uid="audit-model-log")
    pre_save.connect(account_before, sender=get_user_model(), dispatch_uid="audit-account-before")
    post_save.connect(account_after, sender=get_user_model(), dispatch_uid="audit-account-after")


def log_entry_written(sender: Any, instance: BaseLogEntry, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record one event for one entry: two queries, three for a translated copy."""
    if raw or not created or not instance.action.startswith(WATCHED) or _is_told_already(instance):
        return
    subject, organisation = _page_of(instance) if isinstance(instance, PageLogEntry) else _row_of(instance)
    told: dict[str, Any] = dict(instance.data)
    facts = _changed(told)
    if instance.revision_id:
        facts["revision"] = instance.revision_id
    if told:
        facts["details"] = told
    record(instance.action[:KIND_LENGTH], subject, organisation=organisation, actor=instance.user, **facts)


def _is_told_already(entry: BaseLogEntry) -> bool:
    """Is this the next autosave of one draft, which Wagtail groups with the first by its identifier; or an account?"""
    model = entry.content_type.model_class() if entry.content_type else None
    if model is get_user_model() and entry.action in {"wagtail.create", "wagtail.edit"}:
        return True
    return entry.uuid is not None and entry.uuid != get_active_log_context().uuid


def _page_of(entry: PageLogEntry) -> tuple[Subject, Page | None]:
    """Describe the page, and find the nearest organisation at or above it; of a deleted one, above it."""
    page = entry.page
    known = page.__dict__.get("organisation")
    # A page that was moved may still know the former one.
    if known is not None and not entry.deleted and entry.action not in MOVES:
        return Subject(_label(entry), page.pk, entry.label), source_of(known)
    path = page.path[: -Page.steplen] if entry.deleted else page.path
    found = organisations_at([path]).get(path)
    return Subject(_label(entry), page.pk, entry.label), source_of(found) if found else None


def _row_of(entry: ModelLogEntry) -> tuple[Subject, Page | None]:
    """Describe the row, and find its owner where the policy of its model knows one."""
    model = entry.content_type.model_class() if entry.content_type else None
    field = getattr(policy_registry.get_by_type(model), "field", None) if model else None
    subject = Subject(_label(entry), entry.object_id, entry.label)
    if model is None or field is None:
        return subject, None
    row = model._base_manager.filter(pk=entry.object_id).select_related(field).only(field).first()
    return subject, getattr(row, field, None)


def _label(entry: BaseLogEntry) -> str:
    return ".".join(entry.content_type.natural_key()) if entry.content_type else ""


def _changed(data: dict[str, Any]) -> dict[str, Any]:
    """Tell before and after where Wagtail knows them: moves and new titles."""
    if "source" in data and "destination" in data:
        return {"before": data.pop("source"), "after": data.pop("destination")}
    title = data.get("title")
    if isinstance(title, dict) and {"old", "new"} <= title.keys():
        data.pop("title")
        return {"before": {"title": title["old"]}, "after": {"title": title["new"]}}
    return {}


def account_before(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Remember what the account was. One query, unless only other fields are saved (a sign-in)."""
    fields = kwargs.get("update_fields")
    instance._audit_before = None
    if raw or instance.pk is None or (fields is not None and not set(fields) & set(ACCOUNT_FIELDS)):
        return
    instance._audit_before = sender._base_manager.filter(pk=instance.pk).values(*ACCOUNT_FIELDS).first()


def account_after(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Record a new account, and what changed of an old one."""
    if raw:
        return
    now = {name: getattr(instance, name) for name in ACCOUNT_FIELDS}
    before = None if created else instance._audit_before
    changed = [name for name in ACCOUNT_FIELDS if before is not None and before[name] != now[name]]
    if created:
        record("account.created", instance, after=now)
    elif before is not None and changed:
        names = {"before": {name: before[name] for name in changed}, "after": {name: now[name] for name in changed}}
        record("account.changed", instance, **names)
    if not created and instance._password is not None and _is_somebody_elses(instance):
        record("account.password_set", instance)


def _is_somebody_elses(account: Any) -> bool:
    """Does somebody set the password of another's account? One's own is recorded at the door (cms.sign_in)."""
    came = origin()
    return came.channel == COMMAND or (came.user is not None and came.user != account)
