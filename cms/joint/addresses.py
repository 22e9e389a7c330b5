"""The addresses of sources: which may be written down, and how words are put into them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from django.utils.translation import gettext as _

from ledger.guarded_http import ForbiddenAddressError, checked, is_allowed, is_literally_private

if TYPE_CHECKING:
    from urllib.parse import SplitResult

WORDS = "{searchTerms}"
# The other places of an OpenSearch template (1.1, draft 6) that a search without any wish fills.
OTHERS = {
    "count": "10",
    "startIndex": "1",
    "startPage": "1",
    "language": "*",
    "inputEncoding": "UTF-8",
    "outputEncoding": "UTF-8",
}


def check_address(address: str) -> SplitResult:
    """Return the parts of an address that may be asked. Raises ValueError, in words for the clerk."""
    try:
        parts = checked(address)
    except ForbiddenAddressError:
        raise ValueError(_("地址应为完整的 https 地址，不带用户名，端口为 443 或已放行。")) from None
    if is_allowed(parts):
        return parts
    if is_literally_private(parts):
        raise ValueError(_("地址是内部网络的地址，未经放行。"))
    if parts.scheme != "https":
        raise ValueError(_("地址应以 https:// 开头：市民的搜索词不在网上明文传送。"))
    return parts


def check_base(address: str) -> None:
    """Refuse what is no root of a site: nothing may stand behind its path."""
    parts = check_address(address)
    if parts.query or parts.fragment:
        raise ValueError(_("请填网站的首页地址，不带“?”和“#”。"))


def check_template(address: str) -> None:
    """Refuse a template without a place for the words, or with the words in the name of the host."""
    parts = check_address(address)
    if WORDS not in address:
        raise ValueError(_("地址里要写明搜索词的位置：%(words)s") % {"words": WORDS})
    if WORDS in (parts.netloc or ""):
        raise ValueError(_("搜索词不能写在主机名里。"))


def filled(template: str, words: str) -> str:
    """Put the words into a template; what else it wants to know is told by default, what it may want is left out."""
    address = template.replace(WORDS, quote(words, safe=""))
    for name, value in OTHERS.items():
        address = address.replace(f"{{{name}}}", value).replace(f"{{{name}?}}", "")
    return _without_optional(address)


def _without_optional(address: str) -> str:
    """Take out what an extension of OpenSearch may want: `{geo:box?}`."""
    while (start := address.find("{")) >= 0 and (end := address.find("}", start)) >= 0:
        address = address[:start] + address[end + 1 :]
    return address


def below(base: str, path: str, **query: str) -> str:
    """Return an address below a root."""
    return f"{base.rstrip('/')}/{path}?{urlencode(query)}"


def host_of(address: str) -> str:
    """Return the host of an address as it is shown: in ASCII, so that no name looks like another."""
    try:
        return (urlsplit(address).hostname or "").encode("idna").decode()
    except ValueError:
        return ""
