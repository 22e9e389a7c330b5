"""Links of an object, and what is known about where they lead. Asked by the worker, remembered for a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from ledger.guarded_http import ForbiddenAddressError, UnreachableError, get
from rules.screening import Finding, Severity

DEAD, INTERNAL, UNVERIFIED = "link.dead", "link.internal", "link.unverified"
FINE = ""
ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
ENDS = ".,;:!?)，。；：！？）】》、"
KEPT_SECONDS = 24 * 60 * 60
# More are not asked for one draft.
MOST = 50
# The page is there, but not for machines.
SHY = {401, 403, 405, 406, 429}


@dataclass(frozen=True)
class Link:
    """A link, the field it stands in, and the field's name."""

    field: str
    where: str
    url: str


def links_of(obj: Any) -> list[Link]:
    """Return the links of an object, each address once."""
    found: dict[str, Link] = {}
    for field, where, text in _holders(obj):
        for match in ADDRESS.findall(text):
            url = match.rstrip(ENDS)
            found.setdefault(url, Link(field, where, url))
    return list(found.values())[:MOST]


def _holders(obj: Any) -> Iterator[tuple[str, str, str]]:
    """Yield field, name and stored text of whatever may hold a link."""
    for field in obj._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(obj, field.name)
            yield field.name, str(field.verbose_name), str(stream.get_prep_value())
        elif isinstance(field, models.URLField) and field.editable:
            yield field.name, str(field.verbose_name), getattr(obj, field.name) or ""
    for relation in get_all_child_relations(type(obj)):
        columns = relation.related_model._meta.get_fields()
        names = [field.name for field in columns if isinstance(field, models.URLField)]
        for row in getattr(obj, relation.get_accessor_name()).all() if names else ():
            for name in names:
                yield relation.get_accessor_name(), "", getattr(row, name) or ""


def link_findings(obj: Any) -> Iterator[Finding]:
    """Yield what is remembered about the links of an object; what nobody has asked yet is no finding."""
    links = {_key(link.url): link for link in links_of(obj)}
    for key, outcome in cache.get_many(links).items():
        code, detail = outcome
        if code:
            yield _finding(links[key], code, detail)


def check_links(obj: Any) -> None:
    """Ask every link of an object that has not been asked within a day. Takes time: for the worker."""
    if not settings.LINK_CHECK:
        return
    links = links_of(obj)
    known = cache.get_many([_key(link.url) for link in links])
    for link in links:
        if _key(link.url) not in known:
            cache.set(_key(link.url), _asked(link.url), KEPT_SECONDS)


def _asked(url: str) -> tuple[str, str]:
    try:
        reply = get(url)
    except ForbiddenAddressError:
        return INTERNAL, ""
    except UnreachableError:
        return UNVERIFIED, ""
    is_dead = reply.status >= 400 and reply.status not in SHY
    return (DEAD, str(reply.status)) if is_dead else (FINE, "")


def _finding(link: Link, code: str, detail: str) -> Finding:
    sentences = {
        DEAD: _("链接打不开（%(detail)s）：%(url)s。"),
        INTERNAL: _("链接指向内部网络或不是网页地址，公众打不开：%(url)s。"),
        UNVERIFIED: _("链接未能核验（连接不上或超时）：%(url)s。"),
    }
    severity = Severity.INFO if code == UNVERIFIED else Severity.WARN
    sentence = sentences[code] % {"detail": detail, "url": _shown(link.url)}
    return Finding(code, severity, link.field, sentence, where=link.where, sample=_shown(link.url))


def _shown(url: str) -> str:
    """Leave out what follows the question mark: it may name a person."""
    return url.partition("?")[0][:200]


def _key(url: str) -> str:
    return f"link:{sha256(url.encode()).hexdigest()}"
