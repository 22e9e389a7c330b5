"""Screens of the admin, and a town in which something waits at every desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.models import Duty
from cms.connectors.models import OrderState, Reconciliation
from cms.connectors.reconciling import WHAT
from cms.demand.models import Query, Searches, Subject, Views, Way
from cms.joint.models import OutsideSource
from cms.people.leave.service import set_leave
from ledger.letters import Message, write
from ledger.models import Event
from pages.models import AlertScope, AlertSeverity, NoticeKind, NoticePage
from snippets.models import ItemHealth, LifeEvent, Maintenance, SearchWords
from tests.connectors.acts import ACCOUNT, BASE, connect, inputs
from tests.factories import appoint, make_disclosure, make_page, make_person, make_service_item
from tests.languages.acts import in_english
from tests.people.registering import submitted_form
from tests.subscriptions.test_sending import subscribed
from tests.tokens.making import make_token
from tests.town import build_town
from tests.webhooks.acts import follow
from tests.workflows.acts import draft, signed_in, submit, submitted
from workflows.models import Proposal

from .doing import every_input, order

# With fewer, numbers are hidden.
SUBSCRIBED = 6
Screen = tuple[Any, str]


def build_office() -> Any:
    """Build it."""
    town: Any = build_town()
    for place in ("water", "water_office", "portal"):
        town.reviewer(place)
    town.state = submitted(town)
    submitted(town, title="另一件")
    town.draft = draft(town, title="草稿", body=[])
    read_and_searched(town)
    served(town)
    connected(town)
    told(town)
    peopled(town)
    translated(town)
    proposed(town)
    return town


def read_and_searched(town: Any) -> None:
    """Let something have been read, and searched in vain."""
    today = localdate()
    values = {"day": today, "way": Way.WEB, "subject": Subject.PAGE, "organisation_id": town.water.pk}
    Views.objects.create(**values, key=town.water.pk, industry_id=town.water.industry_id, number=90)
    Searches.objects.create(query=Query.objects.create(text="暖气不热"), day=today, number=9, missed=9, found=0)
    town.words = SearchWords.objects.create(words="水费 自来水费", note="示例")


def served(town: Any) -> None:
    """Offer services: one down, one at rest, one whose inputs wait for approval."""
    works = town.industries["waterworks"]
    town.service = make_service_item(town.water, works, title="缴纳水费", link="https://example.org/")
    ItemHealth.objects.create(item=town.service, state="down", since=now(), checked_at=now(), reason="timeout")
    Maintenance.objects.create(item=town.service, starts_at=now(), ends_at=now() + timedelta(hours=9))
    fields = {"title": "查水费", "connector": "query", "inputs": inputs(*every_input()), **BASE}
    town.asking = make_service_item(town.water, works, live=False, **fields)
    town.asking.save_revision(user=town.editor("water"))
    changed = make_service_item(town.water, works, **{**fields, "inputs": inputs(ACCOUNT), "title": "查用水量"})
    phone: Any = inputs(ACCOUNT, {**ACCOUNT, "name": "phone", "label": "联系电话", "format": "phone"})
    changed.inputs = phone
    changed.save_revision(user=town.editor("water"))
    town.asked = submit(changed, town.editor("water"))
    town.life = LifeEvent.objects.create(title="出生", code="birth", title_en="Birth", summary="示例")
    make_page(
        NoticePage,
        town.water,
        title="示例应急通知",
        kind=NoticeKind.EMERGENCY,
        alert_scope=AlertScope.CITY,
        alert_severity=AlertSeverity.choices[0][0],
        contact_phone="12345",
        starts_at=now(),
        ends_at=now() + timedelta(days=1),
    )


def connected(town: Any) -> None:
    """Connect a provider, with orders in every state and an account that differs."""
    town.connection = connect(
        town.water, "https://provider.example.org/", tested_at=now(), test_result="对方没有在规定时间内答复。"
    )
    order(town.connection, *OrderState.values)
    lines = [{"order": "20260101NOBODY", "what": what, "ours": 12_345, "theirs": 1} for what in WHAT]
    Reconciliation.objects.create(
        connection=town.connection, day=localdate(), number=7, amount=123_456, differences=lines
    )
    Reconciliation.objects.create(connection=town.connection, day=localdate() - timedelta(days=1))


def told(town: Any) -> None:
    """Tell: letters, receivers of changes, tokens, subscriptions."""
    editor = town.editor("water")
    (town.letter,) = write([editor], Message("approval.published", "示例通知", "示例正文。"))
    town.webhook = follow(town.water)
    town.token, _secret = make_token(town.water, acts_for=editor, by=town.administrator("water"))
    for number in range(SUBSCRIBED):
        unit = town.school.roster.code
        subscribed(f"li{number}@example.org", choice=f"district=210202&industry=water&unit={unit}", urgent=True)


def peopled(town: Any) -> None:
    """Let people register, and be away."""
    town.away, deputy = make_person("away"), make_person("deputy")
    for person in (town.away, deputy):
        appoint(person, town.water, Duty.EDITOR)
    days = (localdate(), localdate() + timedelta(days=5))
    set_leave(user=town.away, organisation=town.water, deputy=deputy, days=days, by=town.away)
    town.appointment = town.away.appointments.get()
    submitted_form(town.school, town.administrator("school"))


def translated(town: Any) -> None:
    """Translate some pages, and leave others."""
    for page in (town.portal, town.water_office, town.water):
        in_english(page)
    make_disclosure(town.water, town.entries["water_price"], title="没有译文")


def proposed(town: Any) -> None:
    """Propose a change that a second person confirms."""
    source = {"title": "示例门户", "code": "sister", "kind": "gongkai", "address": "https://sister.example.org/"}
    town.source = OutsideSource.objects.create(**source)
    client = signed_in(town.administrator("portal"))
    address = reverse("wagtailsnippets_joint_outsidesource:edit", args=[town.source.pk])
    client.post(address, {**source, "title": "改过的门户", "deadline": "2000", "order": "1", "is_active": "on"})
    town.proposal = Proposal.objects.get()


def desks(town: Any) -> dict[str, Screen]:
    """Return who sees which of the screens of every day where."""
    editor, reviewer = town.editor("water"), town.reviewer("water")
    administrator = town.administrator("education_office")
    return {
        "start page of an editor": (editor, reverse("wagtailadmin_home")),
        "start page of a reviewer": (reviewer, reverse("wagtailadmin_home")),
        "start page of an administrator": (town.administrator("portal"), reverse("wagtailadmin_home")),
        "queue": (reviewer, reverse("approval:queue")),
        "empty queue": (town.reviewer("school"), reverse("approval:queue")),
        "approval": (reviewer, reverse("approval:item", args=[town.state.pk])),
        "approval of a service with inputs": (reviewer, reverse("approval:item", args=[town.asked.pk])),
        "recall": (editor, reverse("approval:recall", args=[town.state.workflow_state_id])),
        "checklist": (editor, reverse("wagtailadmin_pages:edit", args=[town.draft.pk])),
        "checklist of a service with inputs": (editor, item_editor(town.asking)),
        "import": (editor, reverse("editing:import", args=[town.water.pk])),
        "founding": (administrator, reverse("editing:found", args=[town.education_office.pk])),
        "letters": (editor, reverse("inbox:inbox")),
        "letter": (editor, reverse("inbox:letter", args=[town.letter.pk])),
        "opinions from outside": (editor, reverse("approval:outside", args=[town.draft.latest_revision_id])),
    }


def item_editor(item: Any) -> str:
    """Return where a service item is edited."""
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])


def reports(town: Any) -> dict[str, Screen]:
    """Return who sees which numbers and states where."""
    editor, portal = town.editor("water"), town.administrator("portal")
    office = town.administrator("water_office")
    return {
        "what was read": (editor, reverse("demand:reads")),
        "what was searched": (editor, reverse("demand:searches")),
        "what was searched in vain": (portal, f"{reverse('demand:searches')}?show=missed"),
        "services running": (editor, reverse("service_health:list")),
        "maintenance of a service": (editor, reverse("service_health:maintenance", args=[town.service.pk])),
        "subscriptions": (portal, reverse("subscription_counts")),
        "translations": (office, reverse("languages:matrix", args=[town.water_office.pk])),
        "pages without translation": (office, reverse("languages:pages", args=[town.water_office.pk])),
        "events": (town.auditor("portal"), reverse("audit:events")),
        "event": (town.auditor("portal"), reverse("audit:event", args=[Event.objects.latest("pk").pk])),
        "auditors": (town.auditor("portal"), reverse("audit:auditors")),
        "state of accounts": (office, reverse("people:report")),
        "rights": (office, reverse("people:rights")),
    }


def connections(town: Any) -> dict[str, Screen]:
    """Return who sees which ways to other computers where."""
    water, portal = town.administrator("water"), town.administrator("portal")
    tried = f"{reverse('joint:try')}?kind=gongkai&address=https://sister.example.org/"
    return {
        "providers": (water, reverse("connections:list")),
        "no provider": (town.administrator("school"), reverse("connections:list")),
        "provider": (water, reverse("connections:connection", args=[town.connection.pk])),
        "new provider": (water, reverse("connections:add")),
        "change of a provider": (water, reverse("connections:edit", args=[town.connection.pk])),
        "test of a source": (portal, tried),
        "receivers": (water, reverse("webhooks:list")),
        "receiver": (water, reverse("webhooks:webhook", args=[town.webhook.pk])),
        "new receiver": (water, reverse("webhooks:add")),
        "tokens": (water, reverse("tokens:organisation", args=[town.water.pk])),
        "token": (water, reverse("tokens:token", args=[town.token.pk])),
        "import of words": (portal, reverse("words:import")),
        "proposals": (town.reviewer("portal"), reverse("countersigning:list")),
        "proposal": (town.reviewer("portal"), reverse("countersigning:proposal", args=[town.proposal.pk])),
    }


def people(town: Any) -> dict[str, Screen]:
    """Return who sees which people where."""
    office, editor = town.administrator("water_office"), town.editor("water")
    education = town.administrator("education_office")
    return {
        "directory": (office, reverse("people:directory")),
        "person": (office, reverse("people:person", args=[town.away.pk])),
        "staff": (office, reverse("people:people", args=[town.water.pk])),
        "leave": (town.away, reverse("people:leave")),
        "hand-over of a person": (office, reverse("people:handover", args=[editor.pk])),
        "move of a person": (office, reverse("people:move", args=[town.appointment.pk])),
        "registration forms": (education, reverse("people:forms")),
        "registration form": (education, reverse("people:form", args=[town.school.pk])),
        "import of registration forms": (education, reverse("people:forms_import")),
        "issue of accounts": (education, reverse("people:issue")),
    }


def screens(town: Any) -> dict[str, Screen]:
    """Return who sees which screen of ours where."""
    return {**desks(town), **reports(town), **connections(town), **people(town)}


def stock_screens(town: Any) -> dict[str, Screen]:
    """Return who sees where what Wagtail shows of our rows."""
    portal = town.administrator("portal")
    editor = town.editor("water")
    listed = {
        "life events": (LifeEvent, town.life),
        "sources elsewhere": (OutsideSource, town.source),
        "search words": (SearchWords, town.words),
    }
    found: dict[str, Screen] = {}
    for name, (model, row) in listed.items():
        viewset = model.snippet_viewset
        found[name] = (portal, reverse(viewset.get_url_name("list")))
        found[f"{name}: new"] = (portal, reverse(viewset.get_url_name("add")))
        found[f"{name}: one"] = (portal, reverse(viewset.get_url_name("edit"), args=[row.pk]))
    items = type(town.asking).snippet_viewset
    found["services"] = (editor, reverse(items.get_url_name("list")))
    found["services: new"] = (editor, reverse(items.get_url_name("add")))
    found["services: one with inputs"] = (editor, item_editor(town.asking))
    found["alert"] = (editor, reverse("wagtailadmin_pages:edit", args=[NoticePage.objects.latest("pk").pk]))
    return found


SCREENS = (
    "start page of an editor",
    "start page of a reviewer",
    "start page of an administrator",
    "queue",
    "empty queue",
    "approval",
    "approval of a service with inputs",
    "recall",
    "checklist",
    "checklist of a service with inputs",
    "import",
    "founding",
    "letters",
    "letter",
    "opinions from outside",
    "what was read",
    "what was searched",
    "what was searched in vain",
    "services running",
    "maintenance of a service",
    "subscriptions",
    "translations",
    "pages without translation",
    "events",
    "event",
    "auditors",
    "state of accounts",
    "rights",
    "providers",
    "no provider",
    "provider",
    "new provider",
    "change of a provider",
    "test of a source",
    "receivers",
    "receiver",
    "new receiver",
    "tokens",
    "token",
    "import of words",
    "proposals",
    "proposal",
    "directory",
    "person",
    "staff",
    "leave",
    "hand-over of a person",
    "move of a person",
    "registration forms",
    "registration form",
    "import of registration forms",
    "issue of accounts",
)
STOCK_SCREENS = (
    *(
        f"{name}{which}"
        for name in ("life events", "sources elsewhere", "search words")
        for which in ("", ": new", ": one")
    ),
    "services",
    "services: new",
    "services: one with inputs",
    "alert",
)
