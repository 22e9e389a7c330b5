"""The sources as a reader sees them: a name, a place for the answer, the way there by himself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats, timezone

from .addresses import host_of
from .asking import Outcome, State, kept, question_for
from .cleaning import address_of
from .standing import Trouble, troubles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .models import OutsideSource


def blocks_of(sources: Iterable[OutsideSource], words: str, language: str) -> list[dict[str, Any]]:
    """Describe the sources for the page of all of them; what is known already stands there at once."""
    known = [each for each in sources if each.source_kind is not None]
    troubles = troubles_of(known)
    described = []
    for source in known:
        block = block_of(source, words, language)
        if block["is_asked"] or block["link"]:
            trouble = troubles.get(source.pk)
            described.append({**block, "outcome": _known(source, words, language, trouble)})
    return described


def block_of(source: OutsideSource, words: str, language: str) -> dict[str, Any]:
    """Describe one source: where its page is, where its part, and the address of its own page about the words."""
    query = urlencode({"q": words})
    link = link_of(source, words, language)
    return {
        "code": source.code,
        "title": source.display_title,
        "about": source.display_about,
        "host": source.host,
        "is_asked": source.is_asked,
        "page": f"{reverse('joint_source', args=[source.code])}?{query}",
        "part": f"{reverse('joint_part', args=[source.code])}?{query}",
        "link": link,
        "link_host": host_of(link),
    }


def link_of(source: OutsideSource, words: str, language: str) -> str:
    """Return the address of a source's own page about the words; "" where it has none that a reader may be led to."""
    kind = source.source_kind
    link = kind.link(question_for(source, words, language)) if kind else ""
    return address_of(link, source.address)


def _known(source: OutsideSource, words: str, language: str, trouble: Trouble | None) -> dict[str, Any] | None:
    """Return what need not be asked for: an answer of a moment ago, or that it is left alone."""
    if not source.is_asked:
        return None
    if (answer := kept(source, words, language)) is not None:
        return shown(Outcome(State.ANSWERED, answer))
    if trouble and trouble.is_resting:
        return shown(Outcome(State.SILENT, trouble=trouble))
    return None


def shown(outcome: Outcome) -> dict[str, Any]:
    """Describe what came of asking."""
    trouble, answer = outcome.trouble, outcome.answer
    described: dict[str, Any] = {"state": outcome.state.value}
    if trouble:
        again = moment(trouble.rests_until) if trouble.is_resting and trouble.rests_until else ""
        return {**described, "since": moment(trouble.since), "why": trouble.why, "again": again}
    return {
        **described,
        "findings": answer.findings,
        "total": answer.total,
        "more": answer.more,
        "more_host": host_of(answer.more),
        "dropped": answer.dropped,
        "only_page": answer.only_page,
    }


def moment(at: datetime) -> str:
    """Write a time: of today the hour alone."""
    local = timezone.localtime(at)
    hour = formats.time_format(local, "H:i")
    return hour if local.date() == timezone.localdate() else f"{formats.date_format(local, 'MONTH_DAY_FORMAT')} {hour}"
