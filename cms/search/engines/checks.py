"""Are the settings of a search engine such that it can be asked?"""

from __future__ import annotations

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext as _

# The client libraries, and what they are called where they are installed from.
LIBRARIES = {"elasticsearch": ("elasticsearch", "elasticsearch"), "opensearch": ("opensearchpy", "opensearch-py")}
INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@register(Tags.urls)
def check_search_engine(**kwargs: Any) -> list[CheckMessage]:
    """Refuse what would only be noticed when somebody searches."""
    return problems()


def problems() -> list[CheckMessage]:
    """Return what is wrong with the settings; nothing where no engine is wanted."""
    if not settings.SEARCH_ENGINE_URL:
        return []
    found: list[CheckMessage] = []
    if not _is_address(settings.SEARCH_ENGINE_URL):
        # The address may hold a password.
        words = _("SEARCH_ENGINE_URL 不是地址，应为 https://用户:密码@主机:9200。")
        found.append(Error(words, id="gongkai.E085"))
    if not INDEX.fullmatch(settings.SEARCH_ENGINE_INDEX):
        words = _("SEARCH_ENGINE_INDEX“%(name)s”不能用作索引名：只能用小写字母、数字、- 和 _。")
        found.append(Error(words % {"name": settings.SEARCH_ENGINE_INDEX}, id="gongkai.E086"))
    if settings.SEARCH_ENGINE not in LIBRARIES:
        known = {"engine": settings.SEARCH_ENGINE, "known": "、".join(LIBRARIES)}
        words = _("SEARCH_ENGINE“%(engine)s”不认识，应为：%(known)s。") % known
        return [*found, Error(words, id="gongkai.E087")]
    module, package = LIBRARIES[settings.SEARCH_ENGINE]
    if find_spec(module) is None:
        words = _("设了 SEARCH_ENGINE_URL 而没有安装 Python 包 %(package)s，见 docs/search.md。")
        found.append(Error(words % {"package": package}, id="gongkai.E088"))
    return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
