"""Who may do what with service items, industries, the catalogue, and the settings of the portal."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.words.sheet import sheet

from . import forms
from .asking import (
    ANY_WRITERS,
    BULK,
    INSIDE,
    NOBODY,
    OPERATORS,
    PORTAL_ADMINISTRATORS,
    REACHING,
    STAFF,
    WRITERS,
    Row,
    people,
)
from .world import World

S, C = "wagtailsnippets_snippets_serviceitem:", "wagtailsnippetchoosers_snippets_serviceitem:"
OWN_REVIEWER = people("own", ["reviewer"])
REVISION = ("item", "item revision")


def saved(world: World) -> Any:
    return forms.service_item(world)


def submitted(world: World) -> Any:
    return forms.service_item(world, **{"action-submit": "1"})


def published(world: World) -> Any:
    return forms.service_item(world, **{"action-publish": "1"})


def given_away(world: World) -> Any:
    return forms.service_item(world, provider=world.things["beside"].pk)


def for_everybody(world: World) -> Any:
    return forms.service_item(world, provider="")


def of_a_page(world: World) -> Any:
    return forms.service_item(world, provider=world.things["live"].pk)


SERVICE_ITEMS = [
    Row(S + "list", (), STAFF),
    Row(S + "list_results", (), STAFF),
    Row(S + "add", (), ANY_WRITERS),
    Row(S + "add", (), WRITERS, post=saved),
    Row(S + "add", (), WRITERS, post=submitted),
    Row(S + "add", (), WRITERS, post=published),
    # Beside: the street's own people may, the office's may not.
    Row(S + "add", (), people("beside above portal", ["editor", "administrator"]) | OPERATORS, post=given_away),
    Row(S + "add", (), OPERATORS, post=for_everybody),
    Row(S + "add", (), NOBODY, post=of_a_page),
    Row(S + "copy", ("item",), WRITERS),
    Row(S + "preview_on_add", (), ANY_WRITERS),
    Row(S + "edit", ("item",), WRITERS),
    Row(S + "edit", ("item",), WRITERS, post=saved),
    Row(S + "edit", ("item",), WRITERS, post=submitted),
    Row(S + "edit", ("item",), WRITERS, post=published),
    Row(S + "edit", ("item",), people("above portal", ["editor", "administrator"]) | OPERATORS, post=given_away),
    Row(S + "edit", ("item",), OPERATORS, post=for_everybody),
    Row(S + "edit", ("item waiting",), WRITERS | OWN_REVIEWER),
    Row(S + "edit", ("item waiting",), NOBODY, post=saved),
    Row(S + "preview_on_edit", ("item",), WRITERS),
    Row(S + "delete", ("item",), WRITERS),
    Row(S + "delete", ("item",), WRITERS, post={}),
    Row(S + "delete", ("item waiting",), NOBODY, post={}),
    Row(S + "inspect", ("item",), REACHING),
    Row(S + "usage", ("item",), WRITERS),
    Row(S + "history", ("item",), WRITERS),
    Row(S + "history_results", ("item",), WRITERS),
    Row(S + "revisions_view", REVISION, WRITERS),
    Row(S + "revisions_compare", ("item", "earliest", "latest"), WRITERS),
    Row(S + "revisions_revert", REVISION, WRITERS),
    Row(S + "revisions_revert", REVISION, WRITERS, post=saved),
    Row(S + "revisions_unschedule", REVISION, NOBODY),
    # Leads to the screen of withdrawing, which asks who may.
    Row(S + "unpublish", ("item public",), NOBODY),
    Row(S + "unpublish", ("item public",), NOBODY, post={}),
    Row(S + "lock", ("item",), OPERATORS, post={}),
    # Closed: they lead to the approval screen, which asks for a coded reason.
    Row(S + "workflow_action", ("item waiting", "approve", "item state"), NOBODY),
    Row(S + "workflow_action", ("item waiting", "approve", "item state"), NOBODY, post={"comment": ""}),
    Row(S + "workflow_action", ("item waiting", "reject", "item state"), NOBODY, post={"comment": "缺链接"}),
    Row(S + "collect_workflow_action_data", ("item waiting", "reject", "item state"), NOBODY),
    Row(S + "confirm_workflow_cancellation", ("item waiting",), REACHING),
    Row(S + "workflow_history", ("item waiting",), WRITERS | OWN_REVIEWER),
    Row(S + "workflow_history_detail", ("item waiting", "item workflow"), WRITERS | OWN_REVIEWER),
    Row(S + "workflow_preview", ("item waiting", "item task"), OWN_REVIEWER),
    Row(BULK, ("snippets", "serviceitem", "delete"), WRITERS, query="?id={item}"),
    Row(BULK, ("snippets", "serviceitem", "delete"), WRITERS, post={}, query="?id={item}"),
    Row(C + "choose", (), INSIDE),
    Row(C + "chosen", ("item",), REACHING),
    Row(C + "chosen", ("item public",), INSIDE),
    # A chooser creates nothing.
    Row(C + "create"),
    Row(C + "create", post=given_away),
]


def industry(world: World) -> Any:
    return {"title": "改过的行业", "code": "changed", "catalogue": "generic", "order": "1", "parent": ""}


def entry(world: World) -> Any:
    return {
        "catalogue": "office", "code": "Z99", "title": "改过的事项", "group_code": "A", "group_title": "基本信息",
        "content_kind": "text", "approval_tiers": "2", "cycle": "on_change", "cycle_amount": "20",
        "cycle_unit": "workday", "publicity": "active", "retention": "长期", "order": "1",
    }  # fmt: skip


def _reference(model: str, thing: str, data: Any) -> list[Row]:
    """Reference data of the whole city: read by all who work here, written by the operator and the portal."""
    views, chooser = f"wagtailsnippets_snippets_{model}:", f"wagtailsnippetchoosers_snippets_{model}:"
    return [
        Row(views + "list", (), STAFF),
        Row(views + "list_results", (), STAFF),
        Row(views + "add", (), PORTAL_ADMINISTRATORS),
        Row(views + "add", (), PORTAL_ADMINISTRATORS, post=data),
        Row(views + "edit", (thing,), PORTAL_ADMINISTRATORS),
        Row(views + "edit", (thing,), PORTAL_ADMINISTRATORS, post=data),
        Row(views + "delete", (thing,), PORTAL_ADMINISTRATORS),
        Row(views + "delete", (f"unused {thing}",), PORTAL_ADMINISTRATORS, post={}),
        # In use: refused to all, with a sentence.
        Row(views + "delete", (thing,), NOBODY, post={}),
        Row(views + "copy", (thing,), PORTAL_ADMINISTRATORS),
        Row(views + "usage", (thing,), PORTAL_ADMINISTRATORS),
        Row(views + "history", (thing,), PORTAL_ADMINISTRATORS),
        Row(views + "history_results", (thing,), PORTAL_ADMINISTRATORS),
        Row(BULK, ("snippets", model, "delete"), PORTAL_ADMINISTRATORS, query=f"?id={{unused_{thing}}}"),
        Row(BULK, ("snippets", model, "delete"), PORTAL_ADMINISTRATORS, post={}, query=f"?id={{unused_{thing}}}"),
        Row(BULK, ("snippets", model, "delete"), NOBODY, post={}, query=f"?id={{{thing}}}"),
        Row(chooser + "choose", (), INSIDE),
        Row(chooser + "chosen", (thing,), INSIDE),
        Row(chooser + "create"),
        Row(chooser + "create", post=data),
    ]


def settings(world: World) -> Any:
    return {
        "site_name": "改过的名称", "site_name_en": "Changed", "seal_text": "办事公开",
        "index_number_scheme": world.things["settings"].index_number_scheme,
    }  # fmt: skip


SETTINGS = [
    Row("wagtailsettings:edit", ("snippets", "portalsettings", "site"), PORTAL_ADMINISTRATORS),
    Row("wagtailsettings:edit", ("snippets", "portalsettings", "site"), PORTAL_ADMINISTRATORS, post=settings),
]


def word_sheet(world: World) -> Any:
    return {"file": SimpleUploadedFile("words.xlsx", sheet())}


def word(world: World) -> Any:
    return {
        "word": "改过的词", "severity": "warn", "category": "other", "replacement": "", "note": "", "is_active": "on",
    }  # fmt: skip


def search_words(world: World) -> Any:
    return {"words": "改过的词；同义的词", "note": "", "is_active": "on"}


def life_event(world: World) -> Any:
    return nested_form_data(
        {
            "title": "改过的事件", "title_en": "", "code": "changed", "summary": "", "summary_en": "", "order": "1",
            "event_items": inline_formset([]),
        }
    )  # fmt: skip


ROWS = [
    *SERVICE_ITEMS,
    *_reference("industry", "industry", industry),
    *_reference("catalogueentry", "entry", entry),
    # Nothing refers to a word: it may always be deleted.
    *(row for row in _reference("sensitiveword", "word", word) if row.may or "delete" not in str(row)),
    *(row for row in _reference("lifeevent", "milestone", life_event) if row.may or "delete" not in str(row)),
    *(row for row in _reference("searchwords", "phrase", search_words) if row.may or "delete" not in str(row)),
    Row("words:sheet", (), PORTAL_ADMINISTRATORS),
    Row("words:import", (), PORTAL_ADMINISTRATORS),
    Row("words:import", (), PORTAL_ADMINISTRATORS, post=word_sheet),
    *SETTINGS,
]
