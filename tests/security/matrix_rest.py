"""Addresses few know of: what fills lists and choosers again, and the last of the operator's screens."""

from __future__ import annotations

from typing import Any

from . import forms
from .asking import ANY_WRITERS, EVERYBODY, INSIDE, NOBODY, OPERATORS, REACHING, STAFF, Row
from .matrix_city import REVIEWERS
from .matrix_people import ABOVE
from .world import World

P, W, L = "wagtailadmin_pages:", "wagtailadmin_workflows:", "wagtaillocales:"
CHOSEN = ("serviceitem", "lifeevent", "industry", "catalogueentry", "sensitiveword", "searchwords")
CHOOSERS = [f"wagtailsnippetchoosers_snippets_{model}:" for model in CHOSEN]
DISCLOSURES = ("pages", "disclosurepage")


def chosen_image(world: World) -> Any:
    return {f"image-chooser-upload-{key}": value for key, value in forms.image(world).items()}


def chosen_document(world: World) -> Any:
    return {f"document-chooser-upload-{key}": value for key, value in forms.document(world).items()}


LISTS = [
    Row("wagtailadmin_explore_results", ("own",), REACHING),
    *(Row(name, (), STAFF) for name in (P + "search", P + "search_results")),
    *(Row(P + name, DISCLOSURES, STAFF) for name in ("type_use", "type_use_results")),
    Row("wagtailadmin_reports:locked_pages_results", (), REVIEWERS),
    *(
        Row(f"wagtailadmin_reports:{name}_results", (), STAFF)
        for name in ("workflow", "workflow_tasks", "aging_pages", "page_types_usage")
    ),
    Row("wagtailadmin_reports:site_history_results", (), INSIDE),
]

CHOOSING = [
    *(Row(chooser + name, (), INSIDE) for chooser in CHOOSERS for name in ("choose_results", "chosen_multiple")),
    *(
        Row(f"wagtailadmin_choose_page_{name}", (), INSIDE)
        for name in ("search", "anchor_link", "email_link", "external_link", "phone_link")
    ),
    Row("wagtailadmin_tag_model_autocomplete", ("taggit", "tag"), INSIDE),
    Row("wagtailimages_chooser:create", (), ANY_WRITERS, post=chosen_image),
    Row("wagtaildocs_chooser:create", (), ANY_WRITERS, post=chosen_document),
]

LOCKS = [
    # Nothing is locked by hand.
    Row(P + "unlock", ("draft",), NOBODY, post={}),
    Row("wagtailsnippets_snippets_serviceitem:unlock", ("item",), NOBODY, post={}),
]

OPERATING = [
    *(Row(L + name, (), OPERATORS) for name in ("index", "index_results")),
    # Every language of the settings is there already.
    Row(L + "add", (), NOBODY),
    *(Row(L + name, ("locale",), OPERATORS) for name in ("edit", "history", "history_results", "usage")),
    Row(L + "delete", ("locale",), NOBODY, post={}),
    Row(W + "add_task", ("workflows", "tieredapprovaltask"), NOBODY),
    # No page has a workflow of its own: it follows from the tiers.
    Row(W + "remove", ("draft",), NOBODY, post={}),
    Row(W + "enable", ("workflow",), NOBODY, post={}),
    Row(W + "enable_task", ("task",), NOBODY, post={}),
    # The three tiers have names that everybody knows.
    *(Row(W + name, (), INSIDE) for name in ("task_chooser", "task_chooser_results", "task_chooser_create")),
    Row(W + "task_chooser_create", (), NOBODY, post={"name": "新任务"}),
    Row(W + "task_chosen", ("task",), INSIDE),
    Row("wagtailredirects:index_results", (), OPERATORS),
    *(Row(f"wagtailredirects:{name}", ("redirect",), OPERATORS) for name in ("edit", "delete")),
    Row("wagtailredirects:delete", ("redirect",), OPERATORS, post={}),
    Row("wagtailsites:copy", ("site",), OPERATORS),
    Row("wagtailusers_users:copy", ("user",), OPERATORS),
    Row("wagtailsettings:preview_on_edit", ("snippets", "portalsettings", "site"), NOBODY),
]

DOORS = [
    Row("wagtailadmin_login", (), frozenset({"anonymous", "stranger"})),
    Row("wagtailadmin_password_reset", (), EVERYBODY),
    Row("wagtailadmin_password_reset_done", (), EVERYBODY),
    Row("wagtailadmin_password_reset_complete", (), EVERYBODY),
    # For those who are on their way in: tests/sign_in.
    Row("sign_in:verify", (), NOBODY),
    Row("sign_in:verify", (), NOBODY, post={"token": "000000"}),
    Row("sign_in:change_password", (), NOBODY),
    Row("sign_in:change_password", (), NOBODY, post={"old_password": "wrong"}),
    # One's own.
    Row("sign_in:session", (), INSIDE),
    Row("sign_in:session", (), NOBODY, post={}),
    Row("sign_in:set_up", (), INSIDE),
    Row("sign_in:device", (), INSIDE),
    Row("sign_in:device", (), NOBODY, post={"act": "remove", "password": "wrong", "token": "000000"}),
    Row("sign_in:assist", ("clerk",), ABOVE),
    # Not locked: tests/sign_in/test_assistance.py.
    Row("sign_in:assist", ("clerk",), NOBODY, post={"act": "release"}),
    Row("sign_in:assist", ("clerk",), ABOVE, post={"act": "reset", "sure": "1"}),
]

ROWS = [*LISTS, *CHOOSING, *LOCKS, *OPERATING, *DOORS]
