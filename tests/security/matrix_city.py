"""What only the operator touches: accounts, groups, workflows, sites, languages, redirects, collections."""

from __future__ import annotations

from .asking import BULK, INSIDE, NOBODY, OPERATORS, STAFF, Row, people

W = "wagtailadmin_workflows:"
REVIEWERS = people("own beside above below portal", ["reviewer"]) | OPERATORS


def _closed(names: str, *arguments: str) -> list[Row]:
    return [Row(name, arguments, OPERATORS) for name in names.split()]


def _posting(name: str, *arguments: str) -> Row:
    """Nobody below the operator writes; what the operator would have to fill in does not matter here."""
    return Row(name, arguments, NOBODY, post={})


GENERIC = [
    row
    for area, thing in (("wagtailusers_users", "user"), ("wagtailusers_groups", "group"), ("wagtailsites", "site"))
    for row in (
        *_closed(f"{area}:index {area}:index_results {area}:add"),
        *_closed(f"{area}:edit {area}:delete {area}:history {area}:history_results {area}:usage", thing),
        _posting(f"{area}:add"),
        _posting(f"{area}:edit", thing),
    )
]

OTHERS = [
    *_closed("wagtailredirects:index wagtailredirects:add wagtailredirects:start_import"),
    _posting("wagtailredirects:add"),
    *_closed("wagtailadmin_collections:index wagtailadmin_collections:add"),
    *_closed("wagtailadmin_collections:edit wagtailadmin_collections:delete", "collection"),
    # It would hide and show files at once, whatever was approved.
    Row("wagtailadmin_collections:set_privacy", ("collection",), NOBODY),
    Row("wagtailadmin_collections:set_privacy", ("collection",), NOBODY, post={"restriction_type": "login"}),
    _posting("wagtailadmin_collections:edit", "collection"),
    # The tiers follow from the code: nobody takes one out of the way, or adds an approver of his own.
    *(Row(W + n, (), NOBODY) for n in ("index", "index_results", "add", "task_index", "task_index_results")),
    Row(W + "select_task_type", (), NOBODY),
    *(Row(W + n, ("workflow",), NOBODY) for n in ("edit", "usage", "usage_results", "disable")),
    *(Row(W + n, ("task",), NOBODY) for n in ("edit_task", "disable_task")),
    *(Row(W + n, ("workflow",), NOBODY, post={}) for n in ("edit", "disable")),
    *(Row(W + n, ("task",), NOBODY, post={}) for n in ("edit_task", "disable_task")),
    Row("wagtailusers_users:delete", ("user",), OPERATORS, post={}),
    Row(BULK, ("accounts", "user", "delete"), OPERATORS, post={}, query="?id={user}"),
    Row(BULK, ("accounts", "user", "assign_role"), OPERATORS, query="?id={user}"),
    Row(BULK, ("accounts", "user", "set_active_state"), OPERATORS, query="?id={user}"),
]

REPORTS = [
    Row("wagtailadmin_reports:locked_pages", (), REVIEWERS),
    *(
        Row(f"wagtailadmin_reports:{name}", (), STAFF)
        for name in ("workflow", "workflow_tasks", "aging_pages", "page_types_usage")
    ),
    Row("wagtailadmin_reports:site_history", (), INSIDE),
]

EVERYDAY = [
    Row("wagtailadmin_home", (), INSIDE),
    Row("wagtailadmin_account", (), INSIDE),
    Row("wagtailadmin_tag_autocomplete", (), INSIDE),
    Row("wagtailsnippets:index", (), NOBODY),
]

ROWS = [*GENERIC, *OTHERS, *REPORTS, *EVERYDAY]
