"""What has left the public since a file was begun: such a file is not served until it is written anew.

`public.withdrawn` and `public.deleted` are written into the ledger in the transaction in which something leaves, so
that a file is out of reach from the moment at which its content is. Events are counted, not compared by time: one that
was committed late, with an earlier time, counts all the same.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from cms.public_events.kinds import DELETED, WITHDRAWN
from ledger.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .workshop import Written

# Longer than any transaction that withdraws something stays open.
LATEST_COMMIT = timedelta(hours=1)
# Told "with all below", and of whatever is shown in other rows all over.
EVERYTHING = "*"
OF_RECORDS = frozenset({"pages", "images", "documents", "redirects"})
# Which files show something of a row, beside its own table. Of any other row all of them may.
BESIDE = {
    "disclosures": OF_RECORDS,
    "notices": OF_RECORDS,
    "service-items": frozenset({"services", "hsds-organizations", "hsds-services", "hsds-locations"}),
}
# Shows files, and no content.
CATALOGUE = "dcat"


def left_by(moment: datetime) -> dict[str, int]:
    """Return how many rows of each endpoint are known to have left the public around a moment and after it."""
    events = Event.objects.filter(kind__in=(WITHDRAWN, DELETED), at__gte=moment - LATEST_COMMIT).order_by()
    left: Counter[str] = Counter()
    for endpoint, with_all_below, number in events.values_list("data__endpoint", "data__subtree").annotate(Count("pk")):
        left[EVERYTHING if with_all_below else endpoint] += number
    return dict(left)


def outdated(files: Iterable[Written]) -> set[str]:
    """Return the names of the files that may show what has left the public since. One query for each run."""
    by_run: dict[str, list[Written]] = {}
    for file in files:
        by_run.setdefault(file.as_of, []).append(file)
    return {each.name for as_of, run in by_run.items() for each in run if _may_show(each, _gone_since(as_of, run[0]))}


def _gone_since(as_of: str, of_run: Written) -> set[str]:
    """Return the endpoints of which something has left; everything where a file does not say when it was begun."""
    if not as_of:
        return {EVERYTHING}
    now = left_by(datetime.fromisoformat(as_of))
    return {endpoint for endpoint, number in now.items() if number > of_run.left.get(endpoint, 0)}


def _may_show(file: Written, gone: set[str]) -> bool:
    name = file.name.rpartition(".")[0]
    return name != CATALOGUE and any(
        endpoint not in BESIDE or name == endpoint or name in BESIDE[endpoint] for endpoint in gone
    )
