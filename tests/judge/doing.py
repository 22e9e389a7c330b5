"""Services that are done on the site, in every state: asked, booked, handed over, paid; and the search elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode

from cms.connectors.models import HandOver, HandOverState, JointOrder, OrderState, PaymentOrder, ProviderConnection
from cms.joint.models import OutsideSource
from snippets.inputs import FORMATS
from snippets.models import ServiceItem
from tests.connectors.acts import ACCOUNT, BASE, inputs
from tests.factories import make_service_item
from tests.joint.answering import make_source

from .neighbours import NOBODY

if TYPE_CHECKING:
    from .neighbours import Neighbours

# The sample's own, at the sandbox; the heating company's computer keeps silent here.
QUERY, PAYMENT, HANDOVER, APPOINTMENT, SILENT_PAYMENT = "S001", "S002", "S003", "S007", "S008"
SILENT_QUERY, SILENT_HANDOVER, SILENT_APPOINTMENT, EVERY_INPUT, GONE = "Q900", "H900", "A900", "Q901", "P999"
# With the sample's own more than fit on one page of forms: one picks.
MORE = 6
WORDS, NOTHING = "收费", "魑魅魍魉"

DOING = (
    "service item: done here",
    "service item: paid here",
    "do: query",
    "do: every input",
    "do: appointment",
    "do: appointment, silent",
    "do: handover",
    *(f"do: handover, {state}" for state in HandOverState.values),
    "do: handover, silent",
    "do: handover, brought back",
    "pay: pick",
    "pay: one",
    "pay: several",
    *(f"pay: {state}" for state in OrderState.values),
    "pay: sent, silent",
    "pay: some of it",
    "pay: receipt",
    "pay: receipt of nothing",
    "pay: brought back",
    "pay: brought back, silent",
    "outside: unasked",
    "outside: asked",
    "outside: nothing here",
    "outside: personal",
    "outside: source, unasked",
    "outside: source answers",
    "outside: source has nothing",
    "outside: source is slow",
    "outside: source is silent",
    "outside: source is told no personal data",
    "outside: link",
)


def doing(places: dict[str, Any], services: str, neighbours: Neighbours) -> dict[str, str]:
    """Return where things are done."""
    silent = connection_of(places["heating"])
    silent.base_url = NOBODY
    silent.save()
    offered(places)
    return {
        "service item: done here": f"{services}{QUERY}/",
        "service item: paid here": f"{services}{PAYMENT}/",
        "do: query": f"/do/{QUERY}/",
        "do: every input": f"/do/{EVERY_INPUT}/",
        "do: appointment": f"/do/{APPOINTMENT}/",
        "do: appointment, silent": f"/do/{SILENT_APPOINTMENT}/",
        **handovers(connection_of(places["water"]), silent),
        **payments(connection_of(places["water"]), silent),
        **outside(neighbours),
    }


def connection_of(place: Any) -> ProviderConnection:
    """Return how a company is connected."""
    return ProviderConnection.objects.get(organisation_id=place.pk)


def offered(places: dict[str, Any]) -> None:
    """Offer what the sample does not: more to pay, a service of each kind of a silent provider, every input."""
    water, heating = places["water"], places["heating"]
    for number in range(MORE):
        offer(water, f"P90{number}", "payment", title=f"示例缴费 {number}", service_class="payment")
    offer(heating, SILENT_QUERY, "query", title="示例用热查询")
    offer(heating, SILENT_HANDOVER, "handover", title="示例停热申请", inputs="[]")
    offer(heating, SILENT_APPOINTMENT, "appointment", title="示例测温预约")
    offer(water, EVERY_INPUT, "query", title="示例多项查询", inputs=inputs(*every_input()))


def offer(place: Any, code: str, connector: str, **fields: Any) -> ServiceItem:
    """Offer one service on the site."""
    values = {"connector": connector, "inputs": inputs(ACCOUNT), **BASE, **fields}
    return make_service_item(place, place.industry, code=code, **values)


def every_input() -> list[dict[str, Any]]:
    """Return an input of each format."""
    return [{**ACCOUNT, "label": f"示例{shape.label}", "name": code, "format": code} for code, shape in FORMATS.items()]


def handovers(connection: ProviderConnection, silent: ProviderConnection) -> dict[str, str]:
    """Return how things stand that are done elsewhere. The sandbox knows none of them, so none changes."""
    rows = {state: handed_over(connection, HANDOVER, state) for state in HandOverState.values}
    return {
        "do: handover": f"/do/{HANDOVER}/",
        **{f"do: handover, {state}": address for state, address in rows.items()},
        "do: handover, silent": handed_over(silent, SILENT_HANDOVER, HandOverState.ACCEPTED),
        "do: handover, brought back": f"{rows['open']}?status=done&signature=forged",
    }


def handed_over(connection: ProviderConnection, code: str, state: str) -> str:
    """Return the address where one sees how it stands."""
    reference = "" if state == HandOverState.OPEN else "SBH00000000"
    made = HandOver.objects.create(connection=connection, code=code, state=state, reference=reference)
    return f"/do/{code}/{made.token}/"


def payments(connection: ProviderConnection, silent: ProviderConnection) -> dict[str, str]:
    """Return the pages of the joint payment, and orders in every state."""
    orders = {state: order(connection, state) for state in OrderState.values}
    sent, unheard = JointOrder.objects.get(token=orders["sent"].split("/")[2]), order(silent, OrderState.SENT)
    waiting = PaymentOrder.objects.get(connection=silent)
    several = order(connection, *OrderState.values)
    return {
        "pay: pick": "/pay/",
        "pay: one": f"/pay/?item={PAYMENT}",
        "pay: several": f"/pay/?item={PAYMENT}&item=S004&item=S006&item={SILENT_PAYMENT}",
        **{f"pay: {state}": address for state, address in orders.items()},
        "pay: sent, silent": unheard,
        "pay: some of it": several,
        "pay: receipt": f"{several}receipt/",
        "pay: receipt of nothing": f"{orders['new']}receipt/",
        "pay: brought back": f"{orders['sent']}{sent.parts.get().number}/?status=paid&signature=forged",
        "pay: brought back, silent": f"{unheard}{waiting.number}/",
    }


def order(connection: ProviderConnection, *states: str) -> str:
    """Return the address of an order with a part in each of some states."""
    joint = JointOrder.objects.create()
    for number, state in enumerate(states):
        is_paid = state == OrderState.PAID
        PaymentOrder.objects.create(
            joint=joint,
            connection=connection,
            # A service that was taken down keeps its title in the order.
            code=GONE if state == OrderState.CLOSED else PAYMENT,
            title="示例缴费",
            bill=f"B{joint.pk}-{number}",
            amount=12_345,
            account=f"{joint.pk}-{number}",
            state=state,
            reference="SBX000000000000" if is_paid else "",
            paid_at=joint.created_at if is_paid else None,
        )
    return f"/pay/{joint.token}/"


def outside(neighbours: Neighbours) -> dict[str, str]:
    """Return the search elsewhere, asked of sources of every temper."""
    for number, (name, engine) in enumerate(neighbours.engines.items()):
        fields = {"code": name, "title": f"示例来源{number}", "order": number, "about": "示例说明"}
        make_source(engine, "searxng", title_en=f"Sample source {number}", about_en="Sample words", **fields)
    link = OutsideSource.objects.filter(kind="link").first()
    assert link is not None
    asked, personal = urlencode({"q": WORDS}), urlencode({"q": "13912345678"})
    tempers = {"answers": "answers", "has nothing": "nothing", "is slow": "slow", "is silent": "broken"}
    return {
        "outside: unasked": "/search/outside/",
        "outside: asked": f"/search/outside/?{asked}",
        "outside: nothing here": f"/search/outside/?{urlencode({'q': NOTHING})}",
        "outside: personal": f"/search/outside/?{personal}",
        "outside: source, unasked": "/search/outside/answers/",
        **{f"outside: source {words}": f"/search/outside/{code}/?{asked}" for words, code in tempers.items()},
        "outside: source is told no personal data": f"/search/outside/answers/?{personal}",
        "outside: link": f"/search/outside/{link.code}/?{asked}",
    }
