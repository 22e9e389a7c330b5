"""Whether the computers of providers answer: one more probe of the health of services (`cms.service_health`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from cms.service_health.probes import Finding, Outcome, Target
from pages.identity import source_locale_id
from snippets.connectors import LINK
from snippets.models import ServiceItem

from .asking import SilentError, ask, nearest
from .models import ProviderConnection

if TYPE_CHECKING:
    from collections.abc import Iterator


class ConnectionProbe:
    """Every connection that live items are done by, once however many items share it."""

    code = "connector"
    label = _("办理接口")

    def targets(self) -> Iterator[Target]:
        """Return the connections in use. Two queries."""
        connections = list(ProviderConnection.objects.filter(is_active=True).select_related("organisation"))
        live = ServiceItem.objects.filter(live=True, locale_id=source_locale_id()).exclude(connector=LINK)
        items: dict[int, set[int]] = defaultdict(set)
        for item in live.exclude(provider=None).select_related("provider"):
            serving = nearest(item.provider, connections, item.connects.operations) if item.provider else None
            if serving:
                items[serving.pk].add(item.pk)
        for each in connections:
            if each.pk in items:
                yield Target(str(each.pk), frozenset(items[each.pk]), urlsplit(each.base_url).netloc)

    def check(self, target: Target) -> Finding:
        """Ask whether it answers, and knows our signature."""
        connection = ProviderConnection.objects.filter(pk=target.key).first()
        if connection is None:
            return Finding(Outcome.UNSURE)
        try:
            answer = ask(connection, "ping", {})
        except SilentError as error:
            reason = str(error)
            if reason == "resting":
                return Finding(Outcome.UNSURE)
            if reason.startswith("HTTP "):
                return Finding(Outcome.FAILING, f"status {reason.removeprefix('HTTP ')}")
            known = {"too slow": "timeout", "ForbiddenAddressError": "private"}
            short = known.get(reason, "connection")
            return Finding(Outcome.FAILING, short, is_network=short in {"timeout", "connection"})
        return Finding(Outcome.WORKING if answer.get("status") == "ok" else Outcome.FAILING)
