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
    *_closed(f"{W}index {W}index_results {W}add {W}task_index {W}task_index_results {W}select_task_type"),
    *_closed(f"{W}edit {W}usage {W}usage_results {W}disable", "workflow"),
    *_closed(f"{W}edit_task {W}disable_task", "task"),
    _posting(W + "edit", "workflow"),
    _posting(W + "edit_task", "task"),
    Row(W + "disable", ("workflow",), OPERATORS, post={}),
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
