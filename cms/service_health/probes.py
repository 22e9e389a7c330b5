"""Who can be asked whether a service works: a small registry. Links are one probe, each kind of connector another.

A probe is registered once, in `AppConfig.ready`:

    class SandboxProbe:
        code = "sandbox"
        label = _("联合缴费")

        def targets(self):
            yield Target(key="joint-payment", items=frozenset({12, 15}), host="pay.example.org")

        def check(self, target):
            return Finding(Outcome.WORKING)

    register_probe(SandboxProbe())

`check` runs in the worker, outside of any transaction, for each target as often as is its turn; it gives up by itself
within some ten seconds and asks the network through `ledger.guarded_http` only. Everything else (when, how often, what
is made of failures, who is told, what the public reads) is done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(StrEnum):
    """What one check found."""

    WORKING = "working"
    FAILING = "failing"
    # The answer says nothing: asked too often, or the fault is ours. It changes no state.
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to ask, and the service items (source language, by number) that need it to work.

    `key` names it within its probe for good: an address, the code of a connector. `host` is whom the asking burdens:
    of one host only a few targets are asked in a run.
    """

    key: str
    items: frozenset[int]
    host: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came back. `reason` is a short code for the admin ("status 500"); it names no person and no secret.

    `is_network` says that nobody answered at all: when that is so of everything that is asked, the fault is ours.
    """

    outcome: Outcome
    reason: str = ""
    is_network: bool = False


class Probe(Protocol):
    """Knows what there is to ask, and how. `code` is at most 32 characters."""

    code: str
    label: Any

    def targets(self) -> Iterable[Target]:
        """Return everything there is to ask now, each key once; few queries, no network."""

    def check(self, target: Target) -> Finding:
        """Ask one of them. Whatever it raises is logged and counts as unsure."""


_probes: dict[str, Probe] = {}


def register_probe(probe: Probe) -> None:
    """Add a probe; one of the same code takes the other's place."""
    _probes[probe.code] = probe


def probes() -> list[Probe]:
    """Return the probes, in the order of their registration."""
    return list(_probes.values())
