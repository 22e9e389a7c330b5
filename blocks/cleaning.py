"""Clean rich text: what Word and WPS leave in the clipboard, and what an import brings.

The editor's own whitelist drops most of it on the client; this is the one rule for every way in. It works on
Wagtail's database HTML, keeps the links to pages and documents, and cleaning twice changes nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from bs4.formatter import HTMLFormatter
from django.utils.html import escape

KEPT = {"p", "h2", "h3", "b", "i", "ol", "ul", "li", "a", "br", "hr"}
KEPT_ATTRIBUTES = {"a": {"href", "linktype", "id"}} | {
    name: {"data-block-key"} for name in ("p", "h2", "h3", "li", "hr")
}
# Known to the parser, then renamed or taken apart by `_rename`.
RENAMED = {"strong": "b", "em": "i", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p", "blockquote": "p"}
TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
DROPPED_WITH_CONTENT = {"script", "style", "xml", "title", "head", "noscript", "template", "iframe", "object", "svg"}
SCHEMES = {"http", "https", "mailto", "tel"}

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffc]")
BLANK = re.compile("[ \t\r\n\f\u00a0\u2002\u2003\u2009]+")
LINES = ["p", "h2", "h3", "li"]
# Full-width spaces in front of a line are somebody's indent; between words they are punctuation.
INDENT = " \u3000"
# Wagtail reads rich text by regular expressions that want double quotes.
FORMATTER = HTMLFormatter(entity_substitution=lambda text: str(escape(text)))


# One save asks several times for the same text.
@lru_cache(maxsize=128)
def clean_rich_text(html: str) -> str:
    """Return `html` with nothing but the tags of our rich text, no empty lines, no indents made of spaces."""
    safe = nh3.clean(
        html,
        tags=KEPT | RENAMED.keys() | TABLE,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=KEPT_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    soup = BeautifulSoup(safe, "html.parser")
    _rename(soup)
    _flatten_tables(soup)
    _unnest(soup)
    _wrap_loose(soup)
    _tidy_text(soup)
    _drop_empty(soup)
    return soup.decode(formatter=FORMATTER).strip()


def _rename(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(list(RENAMED)):
        tag.name = RENAMED[tag.name]
    for link in soup.find_all("a"):
        # Word's bookmarks are links to nowhere.
        if not link.get("href") and not (link.get("linktype") and link.get("id")):
            link.unwrap()


def _flatten_tables(soup: BeautifulSoup) -> None:
    """Turn each row of a pasted table into a line; the table block is the place for tables."""
    for row in soup.find_all("tr"):
        cells = [BLANK.sub(" ", cell.get_text(" ")).strip(INDENT) for cell in row.find_all(["td", "th"])]
        line = soup.new_tag("p")
        line.string = "　".join(cell for cell in cells if cell)
        row.replace_with(line)
    for tag in soup.find_all(list(TABLE)):
        tag.unwrap()


def _unnest(soup: BeautifulSoup) -> None:
    """Make a paragraph inside a list item a line of it, and take away one that is around other lines."""
    for line in soup.select("li p, li h2, li h3"):
        if _name(line.find_next_sibling()) in LINES:
            line.insert_after(soup.new_tag("br"))
        line.unwrap()
    for tag in soup.find_all(["p", "h2", "h3"]):
        if tag.find(["p", "ol", "ul", "h2", "h3", "hr"]):
            tag.unwrap()


def _wrap_loose(soup: BeautifulSoup) -> None:
    """Put words that stand outside any line into paragraphs."""
    line = None
    for node in list(soup.contents):
        if _name(node) not in (None, "b", "i", "a", "br"):
            line = None
        elif line is not None:
            line.append(node.extract())
        elif not isinstance(node, NavigableString) or node.strip():
            line = node.wrap(soup.new_tag("p"))


def _tidy_text(soup: BeautifulSoup) -> None:
    for text in soup.find_all(string=True):
        text.replace_with(BLANK.sub(" ", INVISIBLE.sub("", text)))
    soup.smooth()
    for line in soup.find_all(LINES):
        _strip(line, 0)
        _strip(line, -1)
        for break_ in line.find_all("br"):
            _strip_after(break_)
    for text in soup.find_all(string=True, recursive=False):
        text.replace_with(text.strip(INDENT))


def _strip(line: Tag, end: int) -> None:
    """Take spaces and line breaks off one end of a line, looking into bold and links."""
    while line.contents:
        edge = line.contents[end]
        if isinstance(edge, NavigableString):
            stripped = edge.lstrip(INDENT) if end == 0 else edge.rstrip(INDENT)
            if stripped:
                edge.replace_with(stripped)
                return
        elif isinstance(edge, Tag) and edge.name in ("b", "i", "a"):
            _strip(edge, end)
            if edge.contents:
                return
        elif _name(edge) != "br":
            return
        edge.extract()


def _strip_after(break_: Tag) -> None:
    while (follower := break_.next_sibling) is not None:
        if isinstance(follower, NavigableString):
            stripped = follower.lstrip(INDENT)
            if stripped:
                follower.replace_with(stripped)
                return
        elif _name(follower) != "br":
            return
        follower.extract()


def _name(node: PageElement | None) -> str | None:
    return node.name if isinstance(node, Tag) else None


def _drop_empty(soup: BeautifulSoup) -> None:
    # Innermost first: a list of empty items is itself empty.
    for tag in reversed(soup.find_all([*LINES, "ol", "ul", "b", "i", "a"])):
        if not tag.get_text().strip(INDENT):
            tag.decompose()
