"""How a service is done online: the registry of connectors, and what each declares.

A plugin registers a function under the Wagtail hook `register_service_connector`; it returns one frozen
`ServiceConnector`. Which connector an item uses, and what it asks of the public, is a part of the item: versioned,
screened and approved. Where the provider's computer stands is not (see `cms.connectors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

if TYPE_CHECKING:
    from collections.abc import Callable

HOOK = "register_service_connector"
LINK = "link"


@dataclass(frozen=True)
class Together:
    """Where several items of one connector are done in one visit: the name of the address, and what leads there."""

    view: str
    words: Any
    hint: Any = ""


@dataclass(frozen=True)
class ServiceConnector:
    """One kind of connector.

    `serve(request, case)` answers the page where it is done (see `cms.connectors.case`); None leads to the item's
    link. `operations` are what the connection of the provider must offer. `asks` tells whether the form is built from
    the item's declared inputs; `words` is what stands on the button, `privacy` what becomes of the data. `together`
    is where several are done in one visit; the home page and the service hall lead there when two or more can be.
    """

    code: str
    label: Any
    words: Any
    privacy: Any = ""
    operations: tuple[str, ...] = ()
    asks: bool = False
    serve: Callable[[Any, Any], Any] | None = None
    order: int = 100
    together: Together | None = None


LINK_OUT = ServiceConnector(LINK, _("链接到提供单位的网站"), "", order=0)


def installed() -> list[ServiceConnector]:
    """Return the installed connectors, the link first."""
    found = [LINK_OUT, *(declare() for declare in hooks.get_hooks(HOOK))]
    return sorted(found, key=lambda each: (each.order, each.code))


def connector_choices() -> list[tuple[str, Any]]:
    """Return code and label of each."""
    return [(each.code, each.label) for each in installed()]


def connector_of(code: str) -> ServiceConnector:
    """Return the connector of a code; the link where the plugin is gone."""
    return next((each for each in installed() if each.code == code), LINK_OUT)
