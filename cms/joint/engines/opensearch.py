"""OpenSearch 1.1: a description document says how a site is asked. One that only has pages for people is linked to."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from ..addresses import WORDS, check_address, filled
from ..kinds import Answer, Question, SourceError, SourceKind
from ..replies import UNREADABLE, Time, fetch_xml
from .feeds import read_feed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ACCEPT = "application/opensearchdescription+xml, application/xml;q=0.9, text/xml;q=0.8"
KEPT_SECONDS = 3_600
FEEDS = ("application/atom+xml", "application/rss+xml")
PAGE = "text/html"
# Those of a description that has more are not for us.
MOST = 20


def ask(question: Question) -> Answer:
    """Ask by the description, which is read once an hour; both within the time of the source."""
    time = Time(question.seconds)
    templates = _kept(question.address) or _read(question.address, time.left)
    page = _page(question, templates)
    for kind in FEEDS:
        if kind in templates:
            return read_feed(filled(templates[kind], question.words), time.left, more=page)
    if not page:
        raise SourceError(UNREADABLE)
    return Answer(more=page, only_page=True)


def link(question: Question) -> str:
    """Return its own page of results, where its description has been read already."""
    return _page(question, _kept(question.address) or {})


def check_description(address: str) -> None:
    """Refuse what is no address of a document."""
    check_address(address)


def _page(question: Question, templates: dict[str, str]) -> str:
    return filled(templates[PAGE], question.words) if PAGE in templates else ""


def _key(address: str) -> str:
    return f"joint-description-{sha256(address.encode()).hexdigest()}"


def _kept(address: str) -> dict[str, str] | None:
    found: dict[str, str] | None = cache.get(_key(address))
    return found


def _read(address: str, seconds: float) -> dict[str, str]:
    root = fetch_xml(address, seconds, ACCEPT)
    if root.tag.rpartition("}")[2] != "OpenSearchDescription":
        raise SourceError(UNREADABLE)
    templates = dict(_templates(root, address))
    cache.set(_key(address), templates, KEPT_SECONDS)
    return templates


def _templates(root: Element, base: str) -> list[tuple[str, str]]:
    """Return the templates by what they answer with, the first of each: those that are asked by GET, and of that host.

    A description that sends the words to somebody else than its own host is not followed.
    """
    found: dict[str, str] = {}
    urls = [each for each in root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == "Url"]
    for url in urls[:MOST]:
        kind = url.get("type", "").partition(";")[0].strip().lower()
        template = urljoin(base, url.get("template", "").strip())
        if (
            url.get("method", "get").lower() == "get"
            and url.get("rel", "results") == "results"
            and _fits(template, base)
        ):
            found.setdefault(kind, template)
    return list(found.items())


def _fits(template: str, base: str) -> bool:
    try:
        host = check_address(template).hostname
    except ValueError:
        return False
    return WORDS in template and _site(host) == _site(urlsplit(base).hostname)


def _site(host: str | None) -> str:
    return str(host).removeprefix("www.")


KIND = SourceKind(
    code="opensearch",
    title=_("OpenSearch（网站的检索说明）"),
    about=_("填检索说明文件的地址，例如 https://www.example.gov.cn/opensearch.xml；只有网页结果的，自动改为链接。"),
    check=check_description,
    ask=ask,
    link=link,
)
