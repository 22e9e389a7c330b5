"""The public objects: what other sites can mirror, under which endpoint, and whether it is still there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from cms.api.public import PublicView
from cms.api.urls import ENDPOINTS
from snippets.models import CatalogueEntry, Industry, ServiceItem

from ..models import PublicObject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from django.db.models import QuerySet

    from .subjects import Subject

BATCH = 500
# Pictures and files are parts of what uses them, and are named there.
ROWS = (ServiceItem, CatalogueEntry, Industry, Site, Locale, Redirect)
# A change of one of these, or of a restriction, stands in every answer.
EVERYWHERE = (Industry, Site, Locale, Redirect)


@cache
def endpoint_of(model: Any) -> str:
    """Return the endpoint that shows rows of a model."""
    return next(str(view.endpoint) for view in ENDPOINTS if issubclass(model, view.model))


def subject_of(subject: Subject) -> int | None:
    """Return the object an answer of the API shows; none for a page of HTML, and for what is no object of its own."""
    row = subject.row
    model: Any = row.specific_class if isinstance(row, Page) else type(row)
    if subject.is_page or endpoint_of(model) != subject.endpoint:
        return None
    found, _made = PublicObject.objects.get_or_create(
        endpoint=subject.endpoint, key=row.pk, defaults={"language": _language(row)}
    )
    return int(found.pk)


def note_pages(keys: Collection[int]) -> None:
    """Bring the objects of pages up to date: what is public, what was withdrawn, what is gone."""
    for part in _parts(keys):
        pages = Page.objects.filter(pk__in=part).select_related("locale", "content_type")
        found = {page.pk: page for page in pages if page.specific_class is not None}
        public = set(PublicView().pages().filter(pk__in=part).values_list("pk", flat=True))
        _enter(
            PublicObject(endpoint=endpoint_of(found[key].specific_class), key=key, language=_language(found[key]))
            for key in public
            if key in found
        )
        of_pages = PublicObject.objects.filter(endpoint__in=_page_endpoints(), key__in=set(part) - public)
        _leave(of_pages, found)


def note_rows(named: Iterable[str]) -> None:
    """Bring the objects of other rows up to date, by their topics."""
    by_model: dict[Any, set[int]] = {}
    for topic in named:
        label, _colon, key = topic.rpartition(":")
        for model in ROWS:
            if label == model._meta.label_lower and key.isdecimal():
                by_model.setdefault(model, set()).add(int(key))
    for model, keys in by_model.items():
        _note_rows(model, keys)


def note_redirects(pages: Collection[int]) -> None:
    """Bring the redirects to pages up to date: Wagtail makes some when a page moves, and tells nobody."""
    for part in _parts(pages):
        _note_rows(Redirect, set(Redirect.objects.filter(redirect_page__in=part).values_list("pk", flat=True)))


def note_all_rows(model: Any) -> None:
    """Bring the objects of all rows of a model up to date."""
    known = PublicObject.objects.filter(endpoint=endpoint_of(model)).values_list("key", flat=True)
    _note_rows(model, {*known, *model.objects.values_list("pk", flat=True)})


def count_all() -> int:
    """Enter everything that is public now; return how many objects there are."""
    for part in _parts(sorted(PublicView().pages().order_by().values_list("pk", flat=True))):
        note_pages(part)
    for model in ROWS:
        note_all_rows(model)
    return PublicObject.objects.filter(is_public=True).count()


def note_new_kinds() -> None:
    """Enter what an earlier edition did not know of."""
    if not PublicObject.objects.filter(endpoint=endpoint_of(Site)).exists():
        for model in (Site, Locale, Redirect):
            note_all_rows(model)


def _note_rows(model: Any, keys: Collection[int]) -> None:
    endpoint = endpoint_of(model)
    for part in _parts(keys):
        found = model.objects.in_bulk(part)
        public = _public(model, found)
        _enter(PublicObject(endpoint=endpoint, key=key, language=_language(found[key])) for key in public)
        _leave(PublicObject.objects.filter(endpoint=endpoint, key__in=set(part) - public), found)


def _public(model: Any, found: dict[int, Any]) -> set[int]:
    if model is Redirect:
        return set(PublicView().redirects().filter(pk__in=found).values_list("pk", flat=True))
    return {key for key, row in found.items() if getattr(row, "live", True)}


def _enter(objects: Iterable[PublicObject]) -> None:
    """Add objects, or make known ones public again; both get a new number."""
    rows = list(objects)
    if rows:
        PublicObject.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["endpoint", "key"],
            update_fields=["is_public", "exists", "number", "language"],
        )


def _leave(objects: QuerySet[PublicObject], existing: Collection[int]) -> None:
    objects.filter(is_public=True).update(is_public=False, number=None)
    objects.filter(exists=True).exclude(key__in=list(existing)).update(exists=False, number=None)


def _page_endpoints() -> set[str]:
    return {str(view.endpoint) for view in ENDPOINTS if issubclass(view.model, Page)}


def _language(row: Any) -> str:
    if isinstance(row, Locale):
        return str(row.language_code)
    return str(row.locale.language_code) if hasattr(row, "locale_id") else ""


def _parts(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    return (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))
