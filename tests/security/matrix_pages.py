"""Who may do what with the pages of an office: the rows of the explorer and the editor."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from . import forms
from .asking import BULK, INSIDE, NOBODY, OPERATORS, REACHING, WRITERS, Row, people
from .world import World

P = "wagtailadmin_pages:"
API = "wagtailadmin_api:pages:"
NEW_PAGE = ("pages", "disclosurepage", "own")
COMPARED = ("draft", "earliest", "latest")
OWN_REVIEWER, OWN_EDITOR = people("own", ["reviewer"]), people("own", ["editor"])
# May move or delete a draft: whoever may change it.
LOCKERS = people("own above", ["reviewer"]) | OPERATORS


def saved(world: World) -> Any:
    return forms.disclosure(world)


def published(world: World) -> Any:
    return forms.disclosure(world, **{"action-publish": "1"})


def submitted(world: World) -> Any:
    body = streamfield([("text", rich_text("<p>示例正文。</p>"))])
    complete = {"summary": "一句话。", "generated_on": "2026-11-20", **nested_form_data({"body": body})}
    return forms.disclosure(world, **{"action-submit": "1"}, **complete)


def copied(world: World) -> Any:
    own = world.things["own"].pk
    return {"new_title": "副本", "new_slug": "copy", "new_parent_page": own, "publish_copies": "on", "alias": "on"}


def copied_to_a_unit_below(world: World) -> Any:
    return {**copied(world), "new_parent_page": world.things["below"].pk}


def copied_by_api(world: World) -> Any:
    return {"destination_page_id": world.things["own"].pk, "slug": "copy", "keep_live": False}


def moved_by_api(world: World) -> Any:
    return {"destination_page_id": world.things["below"].pk, "position": "last-child"}


def aliased_by_api(world: World) -> Any:
    return {"destination_page_id": world.things["own"].pk, "update_slug": "alias"}


def moved_in_bulk(world: World) -> Any:
    return {"chooser": world.things["below"].pk}


LOOKING = [
    Row("wagtailadmin_explore", ("own",), REACHING),
    Row(P + "usage", ("draft",), REACHING),
    Row(P + "usage", ("own",), REACHING),
    Row(P + "view_draft", ("draft",), REACHING),
    Row(P + "view_draft", ("own",), REACHING),
    Row(P + "history", ("draft",), REACHING),
    Row(P + "history", ("own",), REACHING),
    Row(P + "history_results", ("draft",), REACHING),
    Row(P + "revisions_view", ("draft", "draft revision"), REACHING),
    Row(P + "revisions_compare", COMPARED, REACHING),
    Row(P + "revisions_compare", ("live", "earliest", "latest"), REACHING),
    Row(P + "workflow_history", ("waiting",), REACHING),
    Row(P + "workflow_history_detail", ("waiting", "waiting workflow"), REACHING),
    Row(P + "workflow_preview", ("waiting", "waiting task"), OWN_REVIEWER),
    Row(P + "confirm_workflow_cancellation", ("waiting",), REACHING),
    Row(API + "detail", ("draft",), REACHING),
    Row("wagtailadmin_choose_page_child", ("own",), INSIDE),
    Row("wagtailadmin_choose_page", (), INSIDE),
    # Whose office has an English copy has two places to begin at; anybody else is led to his one.
    Row("wagtailadmin_explore_root", (), REACHING),
]

EDITING = [
    Row(P + "edit", ("draft",), REACHING),
    Row(P + "edit", ("live",), REACHING),
    Row(P + "edit", ("waiting",), REACHING),
    Row(P + "edit", ("own",), REACHING),
    Row(P + "edit", ("draft",), REACHING, post=saved),
    Row(P + "edit", ("live",), REACHING, post=saved),
    Row(P + "edit", ("own",), REACHING, post=forms.office),
    Row(P + "edit", ("draft",), REACHING, post=submitted),
    # In review the text is locked for everybody.
    Row(P + "edit", ("waiting",), NOBODY, post=saved),
    Row(P + "preview_on_edit", ("draft",), REACHING),
    Row(P + "add", NEW_PAGE, WRITERS),
    Row(P + "add", NEW_PAGE, WRITERS, post=saved),
    Row(P + "add", NEW_PAGE, WRITERS, post=submitted),
    Row(P + "preview_on_add", NEW_PAGE, WRITERS),
    Row(P + "add_subpage", ("own",), WRITERS),
    Row(P + "revisions_revert", ("draft", "draft revision"), REACHING),
    Row(P + "convert_alias", ("draft",), NOBODY),
    Row(P + "lock", ("draft",), LOCKERS, post={}),
    Row(P + "lock", ("waiting",), OPERATORS, post={}),
]

COPYING_AND_MOVING = [
    Row(P + "copy", ("draft",), REACHING),
    Row(P + "copy", ("draft",), WRITERS, post=copied),
    Row(P + "copy", ("live",), WRITERS, post=copied),
    Row(P + "copy", ("draft",), WRITERS, post=copied_to_a_unit_below),
    Row(P + "move", ("draft",), REACHING),
    # A public record is its office's word and stays there; an office is moved by the operator.
    Row(P + "move", ("live",), NOBODY),
    Row(P + "move", ("own",), OPERATORS),
    # Moving to a place is adding there.
    Row(P + "move_confirm", ("draft", "own"), WRITERS),
    Row(P + "set_page_position", ("draft",), OPERATORS, post={}, query="?position=0"),
    Row(P + "set_page_position", ("live",), NOBODY, post={}, query="?position=0"),
    Row(API + "action", ("draft", "copy"), WRITERS, post=copied_by_api),
    Row(API + "action", ("live", "copy"), NOBODY, post={"slug": "copy", "keep_live": True}),
    Row(API + "action", ("draft", "move"), WRITERS, post=moved_by_api),
    Row(API + "action", ("live", "move"), NOBODY, post=moved_by_api),
]

TAKING_AWAY = [
    Row(P + "delete", ("draft",), REACHING),
    Row(P + "delete", ("draft",), REACHING, post={}),
    # What is public is withdrawn first.
    Row(P + "delete", ("live",), NOBODY),
    Row(P + "delete", ("live",), NOBODY, post={}),
    Row(P + "delete", ("waiting",), NOBODY, post={}),
    # Things stand below it, one of them in review.
    Row(P + "delete", ("own",), NOBODY, post={}),
    # What can be withdrawn is withdrawn.
    Row(P + "unpublish", ("live",), NOBODY),
    Row(P + "unpublish", ("live",), NOBODY, post={}),
    Row(P + "unpublish", ("own",), OPERATORS),
    Row(P + "set_privacy", ("live",), NOBODY),
    Row(P + "set_privacy", ("live",), NOBODY, post={"restriction_type": "login"}),
    Row(P + "set_privacy", ("draft",), NOBODY, post={"restriction_type": "login"}),
    Row(P + "revisions_unschedule", ("draft", "draft revision"), OPERATORS),
    Row(BULK, ("wagtailcore", "page", "delete"), REACHING, post={}, query="?id={draft}"),
    Row(BULK, ("wagtailcore", "page", "delete"), NOBODY, post={}, query="?id={live}"),
    Row(BULK, ("wagtailcore", "page", "unpublish"), NOBODY, post={}, query="?id={live}"),
    Row(BULK, ("wagtailcore", "page", "move"), WRITERS, post=moved_in_bulk, query="?id={draft}"),
    Row(BULK, ("wagtailcore", "page", "move"), NOBODY, post=moved_in_bulk, query="?id={own}"),
    Row(BULK, ("wagtailcore", "page", "move"), NOBODY, post=moved_in_bulk, query="?id={live}"),
    Row(BULK, ("wagtailcore", "page", "delete"), NOBODY, post={}, query="?id={waiting}"),
    Row(BULK, ("wagtailcore", "page", "publish"), NOBODY, post={}, query="?id={live}"),
    Row(API + "action", ("draft", "delete"), REACHING, post={}),
    Row(API + "action", ("live", "delete"), NOBODY, post={}),
    Row(API + "action", ("live", "unpublish"), NOBODY, post={}),
]

DECIDING = [
    # Closed: they lead to the approval screen, which asks for a coded reason.
    Row(P + "workflow_action", ("waiting", "approve", "waiting state"), NOBODY, post={"comment": ""}),
    Row(P + "workflow_action", ("waiting", "reject", "waiting state"), NOBODY, post={"comment": "缺文号"}),
    Row(P + "collect_workflow_action_data", ("waiting", "reject", "waiting state"), NOBODY),
]

# The heart of the matter: none of these publishes, whoever asks. Forms that ask for it save a draft.
PUBLISHING_BY_HAND = [
    Row(BULK, ("wagtailcore", "page", "publish"), NOBODY, post={}, query="?id={draft}"),
    Row(API + "action", ("draft", "publish"), NOBODY, post={}),
    Row(API + "action", ("live", "publish"), NOBODY, post={}),
    Row(API + "action", ("live", "create_alias"), NOBODY, post=aliased_by_api),
    Row(API + "action", ("draft", "convert_alias"), NOBODY, post={}),
    # A draft: what is published of it has been approved.
    Row(API + "action", ("live", "copy_for_translation"), OPERATORS, post={"locale": "en"}),
]

PUBLISHING_BY_HAND += [Row(P + "edit", (thing,), REACHING, post=published) for thing in ("draft", "live")]
PUBLISHING_BY_HAND += [Row(P + "add", NEW_PAGE, WRITERS, post=published)]

ROWS = [*LOOKING, *EDITING, *COPYING_AND_MOVING, *TAKING_AWAY, *DECIDING, *PUBLISHING_BY_HAND]
