"""The one table: which events of the ledger are a change for the public, and what the outside calls them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PUBLISHED = "public.published"
CHANGED = "public.changed"
WITHDRAWN = "public.withdrawn"
MOVED = "public.moved"
DELETED = "public.deleted"

# The names are a contract: they may become more, they never change.
ACTS = {
    PUBLISHED: "published",
    CHANGED: "changed",
    WITHDRAWN: "withdrawn",
    MOVED: "moved",
    DELETED: "deleted",
}
CONTENT, SERVICE, CATALOGUE = "content", "service", "catalogue"
# What each endpoint of the API is a part of; pages of any other type are content as well.
FAMILIES = {"service-items": SERVICE, "catalogue": CATALOGUE, "industries": CATALOGUE}

OUTWARD: dict[str, Any] = {
    "content.published": _("页面公开（首次公开、撤下后恢复、移入范围）"),
    "content.changed": _("公开中的页面有变化"),
    "content.withdrawn": _("页面撤下（含期满、限制访问）"),
    "content.moved": _("页面移动或更改地址"),
    "content.deleted": _("页面删除或移出范围"),
    "service.published": _("在线服务项目公开"),
    "service.changed": _("公开中的在线服务项目有变化"),
    "service.withdrawn": _("在线服务项目撤下"),
    "service.deleted": _("在线服务项目删除或移出范围"),
    "catalogue.changed": _("公开目录或行业有变化"),
    "catalogue.deleted": _("公开目录事项或行业删除"),
}


def outward(kind: str, endpoint: str) -> str:
    """Return what the outside calls an event about a row of an endpoint."""
    return f"{FAMILIES.get(endpoint, CONTENT)}.{ACTS[kind]}"
