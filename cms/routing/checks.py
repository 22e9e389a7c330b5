"""Are the settings of the map such that a page can be made of them?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.translation import gettext as _

from rules.coordinates import datum_of

from .asking import ENGINES


@register(Tags.urls)
def check_map(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a datum or an engine that nobody knows; warn of a map that may not be shown."""
    messages: list[CheckMessage] = []
    for name in ("MAP_DATUM", "ROUTE_LINK_DATUM"):
        try:
            datum_of(getattr(settings, name))
        except ValueError as error:
            messages.append(Error(f"{name}：{error}", id="gongkai.E080"))
    if settings.ROUTE_ENGINE not in ENGINES:
        known = {"engine": settings.ROUTE_ENGINE, "known": "、".join(ENGINES)}
        messages.append(Error(_("ROUTE_ENGINE“%(engine)s”不认识，应为：%(known)s。") % known, id="gongkai.E081"))
    if settings.ROUTE_ENGINE == "tianditu" and settings.ROUTE_ENGINE_URL and not settings.ROUTE_ENGINE_KEY:
        words = _("ROUTE_ENGINE 是天地图而没有密钥（ROUTE_ENGINE_KEY）：问不到路线。")
        messages.append(Error(words, id="gongkai.E082"))
    if settings.MAP_TILES and not settings.MAP_REVIEW_NUMBER:
        words = _("设了 MAP_TILES 而没有审图号（MAP_REVIEW_NUMBER）：底图不会使用，只画示意图。")
        messages.append(Warning(words, id="gongkai.W080"))
    return messages
