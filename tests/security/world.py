"""One office with something of every kind, and people who stand to it in every way.

portal ─ district (above) ─ education_office (own) ─ school (below)
                          ─ street           (beside)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Task, Workflow

from accounts.models import AccountIssue, Appointment, Duty, Handover, Leave, User
from cms.joint.models import OutsideSource
from ledger.events import record
from media.models import Document, Image
from pages.models import DisclosureAttachment, DisclosurePage
from snippets.models import LifeEvent, Maintenance, PortalSettings, SearchWords, SensitiveWord
from tests.factories import make_disclosure, make_entry, make_industry, make_page, make_person, make_service_item
from tests.languages.acts import begin_translation, english, in_english
from tests.people.registering import confirmed_form, submitted_form
from tests.tokens.making import make_token
from tests.town import Town, build_town
from workflows.models import Proposal

from .world_connections import connections
from .world_desk import desk
from .world_letters import letters
from .world_webhooks import webhooks
from .world_withdrawal import withdrawals

PLACES = {"own": "education_office", "above": "district", "beside": "street", "below": "school", "portal": "portal"}
LINKED = '<p>见<a href="https://example.org/">说明</a>。</p>'
OPERATOR, STRANGER, ANONYMOUS = "operator", "stranger", "anonymous"


@dataclass
class World:
    """The town, what its education office has, and who looks at it. `things` are named as the tables name them."""

    town: Town
    people: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    # The key of each one's session: to sign in anew for each request would take longer than the request.
    sessions: dict[str, str] = field(default_factory=dict)
    # What the public sees before anybody asks; each answer is undone.
    public: frozenset[str] = frozenset()

    def argument(self, name: Any) -> Any:
        """Return what stands in an address for a thing: its number; anything else stands for itself."""
        thing = self.things.get(name, name)
        return getattr(thing, "pk", thing)


def picture(name: str = "picture.png") -> ContentFile:
    """Return a small PNG."""
    stream = BytesIO()
    Picture.new("RGB", (8, 6), "white").save(stream, "PNG")
    return ContentFile(stream.getvalue(), name)


def build_world() -> World:
    """Build the town, and fill the education office."""
    town = build_town()
    world = World(town, people=_people(town))
    world.things |= {name: getattr(town, place) for name, place in PLACES.items()}
    world.things |= _pages(town) | _media(town) | _services(town) | _reference(town)
    world.things |= _people_things(world)
    world.things |= _translated(town, world.things["user page"])
    world.things["source"] = OutsideSource.objects.earliest("pk")
    world.things["proposal"] = _proposed()
    world.things |= letters(town, world.things) | withdrawals(town) | webhooks(town) | connections(town)
    world.sessions = {who: _signed_in(person) for who, person in world.people.items() if who != ANONYMOUS}
    return world


def _signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _people(town: Town) -> dict[str, Any]:
    people = {
        f"{relation} {duty}": getattr(town, duty)(place) for relation, place in PLACES.items() for duty in Duty.values
    }
    people[OPERATOR] = make_person(OPERATOR, is_superuser=True)
    people[STRANGER] = make_person(STRANGER)
    people[ANONYMOUS] = AnonymousUser()
    return people


def _people_things(world: World) -> dict[str, Any]:
    """Name accounts; a leave that is far away, as one of today would move duties, and a handover that is over."""
    clerk, deputy, place = world.people["own editor"], world.people["own reviewer"], world.town.education_office
    far = {"since": date(2099, 1, 5), "until": date(2099, 1, 9)}
    return {
        "own clerk": clerk,
        "operator account": world.people[OPERATOR],
        "leave": Leave.objects.create(user=clerk, organisation_id=place.pk, deputy=deputy, **far),
        "api token": make_token(place, acts_for=clerk, by=world.people["own administrator"])[0],
        "issue": AccountIssue.objects.create(user=clerk, organisation_id=place.pk),
        "registered": _forms(world),
        "handover": Handover.objects.create(giver=clerk, taker=deputy, by=world.people["above administrator"]),
    }


def _forms(world: World) -> Any:
    """Let the own form wait for its confirmation, and that of the unit below be confirmed; return one of its staff."""
    submitted_form(world.town.education_office, world.people["own editor"])
    superior = world.people["own administrator"]
    return confirmed_form(world.town.school, world.people["below editor"], superior).staff.first()


def _pages(town: Town) -> dict[str, Any]:
    author, entry = town.editor("education_office"), town.entries["office_functions"]
    draft = make_page(DisclosurePage, town.education_office, live=False, owner=author, entry=entry, title="示例草稿")
    live = make_disclosure(town.education_office, entry, title="示例公开")
    waiting = make_page(DisclosurePage, town.education_office, live=False, owner=author, entry=entry, title="示例待审")
    for page in (draft, live):
        page.summary = "第二版"
        page.save_revision(user=author)
    waiting.submit_for_approval(author)
    return {
        **desk(town, waiting.current_workflow_task_state),
        "draft": draft,
        "draft revision": draft.revisions.earliest("pk"),
        "live": live,
        "live revision": live.revisions.earliest("pk"),
        "waiting": waiting,
        "waiting state": waiting.current_workflow_task_state,
        "waiting task": waiting.current_workflow_task,
        "waiting workflow": waiting.current_workflow_state,
    }


def _media(town: Town) -> dict[str, Any]:
    owner = {"owner_organisation_id": town.education_office.pk}
    image = Image.objects.create(title="示例图片", file=picture(), description="示例", **owner)
    document = Document.objects.create(title="示例文件", file=ContentFile("示例".encode(), "sample.txt"), **owner)
    shown = Image.objects.create(title="公开图片", file=picture("public.png"), description="示例", **owner)
    attached = Document.objects.create(title="公开文件", file=ContentFile(b"public", "public.txt"), **owner)
    for file in (image, document, shown, attached):
        # Wagtail writes both down when they are first asked for.
        file.get_file_size()
        file.get_file_hash()
    figure = {"picture": {"image": shown.pk, "decorative": False, "alt_text": "示例"}, "caption": "", "source": ""}
    page = make_page(
        DisclosurePage,
        town.education_office,
        entry=town.entries["office_functions"],
        title="带附件的公开信息",
        body=json.dumps([{"type": "image", "value": figure}, {"type": "text", "value": LINKED}]),
        attachments=[DisclosureAttachment(title="附件", document=attached)],
    )
    return {"image": image, "document": document, "image public": shown, "document public": attached, "user page": page}


def _services(town: Town) -> dict[str, Any]:
    author, industry = town.editor("education_office"), town.industries["primary"]
    item, waiting = (
        make_service_item(town.education_office, industry, live=False, title=title)
        for title in ("示例项目", "待审项目")
    )
    first = item.save_revision(user=author)
    item.save_revision(user=author)
    waiting.save_revision(user=author)
    waiting.submit_for_approval(author)
    public = make_service_item(town.education_office, industry, title="公开项目", link="https://example.org/")
    far = {"starts_at": datetime(2099, 1, 5, tzinfo=UTC), "ends_at": datetime(2099, 1, 6, tzinfo=UTC)}
    return {
        "maintenance": Maintenance.objects.create(item=public, **far),
        "item public": public,
        "item": item,
        "item revision": first,
        "item waiting": waiting,
        "item state": waiting.current_workflow_task_state,
        "item task": waiting.current_workflow_task,
        "item workflow": waiting.current_workflow_state,
    }


def _translated(town: Town, page: Any) -> dict[str, Any]:
    in_english(town.portal)
    translation = begin_translation(page)
    source = translation.source
    return {
        "english": english(),
        "translation": translation,
        "translation source": source,
        "translated": translation.get_target_instance(),
        "string": source.stringsegment_set.first(),
        "link": source.overridablesegment_set.get(context__path__endswith="'"),
    }


def _reference(town: Town) -> dict[str, Any]:
    site = Site.objects.get(is_default_site=True)
    return {
        "industry": town.industries["primary"],
        "entry": town.entries["office_functions"],
        "word": SensitiveWord.objects.create(word="示例敏感词"),
        "unused word": SensitiveWord.objects.create(word="另一个示例词"),
        "phrase": SearchWords.objects.create(words="示例用词"),
        "unused phrase": SearchWords.objects.create(words="另一个示例用词"),
        "milestone": LifeEvent.objects.create(code="moving", title="搬家"),
        "unused milestone": LifeEvent.objects.create(code="birth", title="出生"),
        "unused industry": make_industry("unused", title="无人使用"),
        "unused entry": make_entry("generic", "Z98", title="无人使用"),
        "settings": PortalSettings.for_site(site),
        "site": site,
        "group": Group.objects.first(),
        "user": User.objects.get(username="stranger"),
        "clerk": town.editor("education_office"),
        "appointment": Appointment.objects.get(organisation=town.education_office.pk, duty=Duty.EDITOR),
        "auditor appointment": Appointment.objects.get(organisation=town.education_office.pk, duty=Duty.AUDITOR),
        "event": record("test.done", organisation=town.education_office),
        "collection": Collection.get_first_root_node().add_child(name="示例"),
        "redirect": Redirect.add_redirect("/old", "/new"),
        "locale": Locale.get_default(),
        "workflow": Workflow.objects.first(),
        "task": Task.objects.first(),
    }


def _proposed() -> Proposal:
    client = Client()
    client.force_login(make_person("proposer", is_superuser=True))
    form = {"title": "提出的行业", "code": "proposed", "catalogue": "generic", "order": "1", "parent": ""}
    client.post(reverse("wagtailsnippets_snippets_industry:add"), form)
    return Proposal.objects.get()


@pytest.fixture(scope="module")
def world(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Build the world once for a module; uploads go to a folder of their own."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield build_world()
