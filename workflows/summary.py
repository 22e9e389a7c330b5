"""What each of many drafts changes, in a few words: read from the stored revisions, three queries for all of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from wagtail.models import Page, Revision, TaskState

from rules.screening import Screening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .models import TieredTaskState

# What Wagtail keeps about a page; none of it is said to the public.
BOOKKEEPING = {
    "alias_of", "comments", "content_type", "depth", "draft_title", "expired", "first_published_at",
    "has_unpublished_changes", "last_published_at", "latest_revision", "latest_revision_created_at", "live",
    "live_revision", "locale", "locked", "locked_at", "locked_by", "numchild", "owner", "page_ptr", "path", "pk",
    "translation_key", "url_path", "wagtail_admin_comments",
}  # fmt: skip
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
SHOWN = 2
LONGEST = 80


@dataclass(frozen=True)
class FieldChange:
    """A field that differs: the first sentences that went and came. Both empty where it is no text."""

    label: str
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Summary:
    """What a draft does: the first version has a length and a beginning, a later one has changes."""

    is_first: bool
    changes: list[FieldChange] = field(default_factory=list)
    length: int = 0
    beginning: str = ""


def summaries(states: Iterable[TieredTaskState]) -> dict[int, Summary]:
    """Return what each state's revision changes in what is public, by the state's key. `revision` must be fetched."""
    listed = list(states)
    public = _public_revisions([state.revision for state in listed])
    return {state.pk: summary_of(public.get(_subject(state.revision)), state.revision) for state in listed}


def findings_of(states: Iterable[TieredTaskState]) -> dict[int, list[str]]:
    """Return what the screening had to say about each state's revision, by the state's key. One query."""
    listed = list(states)
    screened = TaskState.objects.filter(
        workflow_state__in=[state.workflow_state_id for state in listed], screeningtaskstate__isnull=False
    )
    columns = ("workflow_state", "revision", "screeningtaskstate__findings")
    found = {(flow, revision): rows for flow, revision, rows in screened.order_by("pk").values_list(*columns)}
    return {
        state.pk: [
            finding.sentence
            for finding in Screening.from_json(found.get((state.workflow_state_id, state.revision_id)) or []).findings
        ]
        for state in listed
    }


def summary_of(public: Revision | None, draft: Revision) -> Summary:
    """Compare two revisions; without a public one, say how much is new."""
    model = ContentType.objects.get_for_id(draft.content_type_id).model_class()
    if public is None:
        said = "".join(piece for name, value in draft.content.items() if name == "body" for piece in _sentences(value))
        return Summary(is_first=True, length=len(said), beginning=_short(said or str(draft.content.get("summary", ""))))
    names = [name for name in draft.content if name not in BOOKKEEPING]
    pairs = ((name, public.content.get(name), draft.content[name]) for name in names)
    return Summary(
        is_first=False,
        changes=[_change(_label(model, name), before, after) for name, before, after in pairs if before != after],
    )


def _public_revisions(revisions: list[Revision]) -> dict[tuple[int, str], Revision]:
    """Return the public revision of each subject that has one. One query for each kind, one for the revisions."""
    found: dict[tuple[int, str], int] = {}
    by_base: dict[int, list[str]] = {}
    for revision in revisions:
        by_base.setdefault(revision.base_content_type_id, []).append(revision.object_id)
    for base, keys in by_base.items():
        model: Any = ContentType.objects.get_for_id(base).model_class() or Page
        live = model._default_manager.filter(pk__in=keys, live=True).exclude(live_revision=None)
        found |= {(base, str(pk)): revision for pk, revision in live.values_list("pk", "live_revision")}
    stored = Revision.objects.in_bulk(set(found.values()))
    return {subject: stored[pk] for subject, pk in found.items() if pk in stored}


def _subject(revision: Revision) -> tuple[int, str]:
    return revision.base_content_type_id, revision.object_id


def _label(model: Any, name: str) -> str:
    try:
        each = model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return name
    return str(getattr(each, "verbose_name", "") or each.related_model._meta.verbose_name)


def _change(label: str, before: Any, after: Any) -> FieldChange:
    if not isinstance(after, str) or not isinstance(before, str):
        return FieldChange(label)
    old, new = Counter(_sentences(before)), Counter(_sentences(after))
    return FieldChange(label, _first(old - new), _first(new - old))


def _first(sentences: Counter[str]) -> list[str]:
    return [_short(sentence) for sentence in list(sentences)[:SHOWN]]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _sentences(value: Any) -> Iterator[str]:
    for text in _texts(value):
        yield from (sentence.strip() for sentence in SENTENCE.findall(text) if sentence.strip())


def _texts(value: Any) -> Iterator[str]:
    """Yield the words within a stored value; a stream is stored as JSON in a string."""
    if isinstance(value, str):
        parsed = _parsed(value)
        if parsed is None:
            yield strip_tags(value)
        else:
            yield from _texts(parsed)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in {"id", "type"}:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _parsed(text: str) -> Any:
    if not text.startswith(("[", "{")):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, list | dict) else None
