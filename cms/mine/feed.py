"""The Atom feed of a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.delivery.feeds import Entry, LatestFeed, entries, language_tag, newest
from pages.presentation import Reader

from .choice import Choice, chosen
from .reading import records_of
from .views import address, title

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Subscribed:
    """A choice, and who reads it."""

    choice: Choice
    reader: Reader


class ChoiceFeed(LatestFeed):
    """The latest records of a choice, at `mine/feed/?…`; its entries are those of every other feed."""

    def get_object(self, request: HttpRequest, *args: Any) -> Any:
        """Read the choice; of none there is no feed."""
        choice, reader = chosen(request.GET), Reader(request)
        if not choice:
            raise Http404
        self.language = language_tag(reader)
        return Subscribed(choice, reader)

    def title(self, subject: Any) -> str:
        """Name what was chosen."""
        return _("我的行业：%(names)s") % {"names": title(subject.choice, subject.reader)}

    def subtitle(self, subject: Any) -> str:
        """Say what was asked for and is not there."""
        return " ".join(subject.choice.problems)

    def link(self, subject: Any) -> str:
        """Lead to the page of the choice."""
        return address(subject.choice)

    def feed_url(self, subject: Any) -> str:
        """Return the feed's own address, the same for all orders of the same choice."""
        return f"{reverse('mine_feed')}?{subject.choice.query}"

    def items(self, subject: Any) -> list[Entry]:
        """Return the newest records. Two queries, one more abroad."""
        return entries(newest(records_of(subject.choice)), subject.reader)
