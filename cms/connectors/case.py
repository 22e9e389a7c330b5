"""One citizen, one service: what the pages of all connectors share. None is kept by caches, none holds a session.

Whoever sends these forms from elsewhere gains nothing: no session stands behind them. They are refused all the same
(`is_from_elsewhere`), so that no other site asks in a reader's name; a token would cost the guide its stored bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.origin import client_address
from pages.models import OrganisationPage, ServiceIndexPage
from pages.presentation import Reader, reads
from pages.presentation.places import places
from pages.presentation.rows import name
from pages.presentation.service_guide import lang_of
from pages.presentation.services import asking_item, translated_items
from snippets.guide import offline

from .asking import SilentError, connection_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from snippets.models import ServiceItem

    from .models import ProviderConnection

HOUR = 3600
# When to come back after a silence.
RETRY = 60


@dataclass(frozen=True)
class Case:
    """A live item in the source's language, and as it is shown to its reader."""

    source: ServiceItem
    item: ServiceItem
    reader: Reader
    # As its reader names it; empty where each unit of an industry is a provider.
    provider_name: str = ""

    @property
    def request(self) -> HttpRequest:
        """Return who asks."""
        return self.reader.request

    @property
    def asking(self) -> ServiceItem:
        """Return whose inputs are asked."""
        return asking_item(self.source, self.item)

    @property
    def lang(self) -> str:
        """Return the language of its title, where it is not that of the page around it."""
        return lang_of(self.item, self.reader)

    @property
    def asking_lang(self) -> str:
        """Return the language of its inputs, where it is not that of the page around them."""
        return lang_of(self.asking, self.reader)

    @property
    def address(self) -> str:
        """Return where it is done."""
        return reverse("service_do", args=[self.source.code])

    @property
    def guide_address(self) -> str:
        """Return its guide."""
        hall = places(self.request).first(ServiceIndexPage)
        return f"{self.reader.url(hall)}{self.source.code}/" if hall else "/"

    @property
    def is_sandbox(self) -> bool:
        """Is its provider none?"""
        found = connection_for(self.source.provider, *self.source.connects.operations)
        return found is not None and found.is_sandbox

    def connection(self) -> ProviderConnection:
        """Return the connection to its provider. Raises SilentError."""
        found = connection_for(self.source.provider, *self.source.connects.operations)
        if found is None:
            raise SilentError("no connection")
        return found


def case_of(request: HttpRequest, code: str) -> Case:
    """Return the case of a live item that is done here; 404 for any other."""
    found = reads.service_items(Q(code=code)).select_related("provider", "industry").first()
    if found is None or not found.is_done_here:
        raise Http404(_("没有这项服务：%(code)s") % {"code": code})
    return cases(Reader(request), [found])[0]


def cases(reader: Reader, found: list[ServiceItem]) -> list[Case]:
    """Return the cases of some items, with their providers named: at most three queries, however many they are."""
    providers = OrganisationPage.objects.live().filter(pk__in={item.provider_id for item in found if item.provider_id})
    names = {pk: name(page) for pk, page in reader.translated(providers).items()}
    shown = translated_items(reader, found)
    return [
        Case(source, item, reader, names.get(source.provider_id or 0, ""))
        for source, item in zip(found, shown, strict=True)
    ]


def way_here(reader: Reader) -> list[dict[str, Any]]:
    """Return the breadcrumbs that lead to what is done here: the home page, the service hall."""
    found = places(reader.request)
    hall = found.first(ServiceIndexPage)
    home = {"title": _("首页"), "url": reader.url(found.home) if found.home else "/"}
    return [home, reader.link(reader.translated([hall])[hall.pk])] if hall else [home]


def answer(case: Case, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a page about a case."""
    crumbs = [
        *way_here(case.reader),
        {"title": case.item.title, "url": case.guide_address, "lang": case.lang},
        {"title": str(case.source.connects.words), "url": None},
    ]
    shown = {
        "page_title": case.item.title,
        "breadcrumbs": crumbs,
        "item": case.item,
        "item_lang": case.lang,
        "asking_lang": case.asking_lang,
        "provider_name": case.provider_name,
        "guide_url": case.guide_address,
        "address": case.address,
        "words": case.source.connects.words,
        "privacy": case.source.connects.privacy,
        "offline": offline(case.item),
        "is_sandbox": case.is_sandbox,
        **context,
    }
    return unkept(TemplateResponse(case.request, template, {**shown, "robots": "noindex"}, status=status))


def unkept(response: HttpResponse) -> HttpResponse:
    """Let nobody keep an answer."""
    response["Cache-Control"] = "no-store"
    return response


def silent(case: Case, context: dict[str, Any]) -> HttpResponse:
    """Say that the provider does not answer: the telephone and the counter first, what was typed below."""
    response = answer(case, "connectors/silent.html", context, 503)
    response["Retry-After"] = str(RETRY)
    return response


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Was this form sent by another site? Browsers say so by themselves; programs that say nothing are let in."""
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return True
    origin = request.headers.get("Origin")
    try:
        return origin is not None and urlsplit(origin).netloc != request.get_host()
    except ValueError:
        # "http://[" is no address of ours.
        return True


def may_ask(request: HttpRequest, what: str, most: int) -> bool:
    """Has this client asked seldom enough within the hour? A cache that is away stops nobody."""
    if not most:
        return True
    key = f"connectors:{what}:{client_address(request)}"
    try:
        cache.add(key, 0, HOUR)
        return int(cache.incr(key)) <= most
    except Exception:
        # Whatever a backend raises when it is away.
        return True
