"""What somebody owes, asked of several providers side by side; carried through the form sealed, kept nowhere."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from .asking import SilentError, ask, connections_above, nearest
from .replies import Answer, read_bills, refused
from .sealing import digest, opened, seal

if TYPE_CHECKING:
    from .case import Case
    from .models import ProviderConnection

# So long somebody may think it over, in seconds.
WITHIN = 1800
# So many are asked in one visit, all at once: in turns, the silent ones would add up.
MOST_ASKED = 20


@dataclass(frozen=True)
class Bill:
    """One bill: of which service, what is owed, whose (a digest)."""

    code: str
    connection: int
    number: str
    title: str
    amount: int
    due: str
    account: str

    @property
    def sealed(self) -> str:
        """Return it as it travels through the form."""
        return seal(json.dumps(asdict(self)))


@dataclass(frozen=True)
class Owed:
    """What one provider answered: bills, a refusal, or silence."""

    case: Case
    bills: list[Bill]
    refusal: Answer | None = None
    is_silent: bool = False
    is_sandbox: bool = False


def unsealed(text: str) -> Bill:
    """Return a bill of a form of ours; ValueError for any other, and for an old one."""
    return Bill(**json.loads(opened(text, within=WITHIN)))


@sensitive_variables("asked", "inputs")
def owed(asked: list[tuple[Case, dict[str, Any]]]) -> list[Owed]:
    """Ask all providers at once: together they take no longer than the slowest may. One query."""
    asked = asked[:MOST_ASKED]
    connections = connections_above(*(case.source.provider for case, _inputs in asked if case.source.provider))
    ready = [(case, _connection(case, connections), inputs) for case, inputs in asked]
    language = get_language() or ""
    with ThreadPoolExecutor(MOST_ASKED) as pool:
        return list(pool.map(lambda each: _owed(each[0], each[1], each[2], language), ready))


def _connection(case: Case, connections: list[ProviderConnection]) -> ProviderConnection | None:
    provider = case.source.provider
    return nearest(provider, connections, case.source.connects.operations) if provider else None


@sensitive_variables("inputs", "question", "reply")
def _owed(case: Case, connection: ProviderConnection | None, inputs: dict[str, Any], language: str) -> Owed:
    """Ask one. In a thread: nothing here may ask the database."""
    if connection is None:
        return Owed(case, [], is_silent=True)
    account = digest(case.source.code, *(inputs[name] for name in sorted(inputs)))
    question = {"service": case.source.code, "inputs": inputs, "language": language}
    try:
        reply = ask(connection, "bills", question)
        if reply.get("status") == "rejected":
            return Owed(case, [], refused(reply), is_sandbox=connection.is_sandbox)
        found = read_bills(reply)
    except SilentError:
        return Owed(case, [], is_silent=True, is_sandbox=connection.is_sandbox)
    bills = [Bill(case.source.code, connection.pk, *each, account) for each in found]
    return Owed(case, bills, is_sandbox=connection.is_sandbox)
