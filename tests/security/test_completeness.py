"""No address without a row: whoever adds one says who may open it, or why that is no question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management import get_commands
from django.urls import get_resolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from . import test_listings, test_matrix
from .asking import BULK

# Public reading: what comes out of it is tested where it is built.
PUBLIC = {
    "wagtail_serve": "public pages; Wagtail serves what is live",
    "page_file": "the same, for tables of a page",
    "index_number": "tests/pages: permanent addresses",
    "feed": "tests/delivery: feeds of what is live",
    "mine_feed": "tests/mine: the same, of a choice",
    **{
        f"mine_{name}": "tests/subscriptions: by a link of one's own mail, and nobody learns of another's"
        for name in ("subscribe", "confirm", "out")
    },
    "service_do": "tests/connectors: live items, and what their provider answers whoever asks; nothing is kept",
    **dict.fromkeys(
        ("pay", "pay_order", "pay_back", "pay_receipt", "service_standing"),
        "tests/connectors: by an address that nobody guesses, and nothing of the person behind it",
    ),
    "provider_notify": "tests/connectors/test_notified.py: by the signature of the provider alone",
    **dict.fromkeys(
        ("joint_source", "joint_part"),
        "tests/joint: what another site answers to anybody, nothing of the reader is told",
    ),
    "exports": "tests/delivery/exports: the list of the files",
    **dict.fromkeys(
        ("map", "map_points", "map_embed", "map_serving"),
        "tests/service_map: live organisations and their outlets, nothing of the reader",
    ),
    "map_route": "tests/routing: the way to a live organisation, nothing of the reader is kept",
    "exports_list": "tests/delivery/exports: the list of the files",
    "export_file": "tests/delivery/exports/test_visibility.py: what is public",
    "export_table": "tests/delivery/exports/test_visibility.py: what is public",
    "sitemap_section": "tests/delivery: live pages",
    "media": "tests/media/test_privacy.py: renditions only",
    "api_root": "the list of endpoints",
    "api_docs": "the description of the API",
    "api_problems": "the kinds of problems of the API",
    "api_schema": "the description of the API",
    "api_preview": "tests/api/writing/test_whole_way.py: one draft, by a signed token",
    **{
        f"api_write_{name}": "tests/api/writing/test_drafts.py: by token alone, within its reach"
        for name in ("files", "drafts", "draft", "submit", "status", "preview_token")
    },
    "proof_task": "tests/proof_of_work: a task, nothing of anybody",
    "api_alerts": "tests/alerts/test_api.py: public notices that run",
    "api_changes": "tests/delivery/test_changes.py: public objects and marks, no draft",
}
# The read API asks nobody: tests/api/test_visibility.py says that only what is public comes out of it.
PUBLIC_NAMESPACES = ("api_v2:",)
ANSWERED_ELSEWHERE = {
    "wagtailadmin_pages:revisions_index": "forwards to the history",
    "wagtailadmin_pages:choose_parent": "offers only where the person may add",
    "wagtailadmin_block_preview": "an empty block, no content",
    "wagtailadmin_dismissibles": "writes the own profile only",
    "wagtailadmin_editing_sessions:ping": "Wagtail asks whether the person may edit; 404 otherwise",
    "wagtailadmin_editing_sessions:release": "ends the own session only",
    "wagtailadmin_javascript_catalog": "words of the interface",
    "wagtail_localize:javascript_catalog": "words of the interface",
    "wagtailadmin_sprite": "icons",
    "wagtailadmin_error_test": "fails on purpose",
    "wagtailadmin_logout": "ends the own session only",
    "wagtailadmin_password_reset_confirm": "needs the key that was sent by mail",
    "wagtailcore_login": "the door of private pages, of which there are none",
    "wagtailcore_authenticate_with_password": "the door of private pages, of which there are none",
    "wagtaildocs_authenticate_with_password": "the door of private collections, of which there are none",
    "wagtailredirects:process_import": "the second step of start_import, which asks",
    "wagtaildocs:create_multiple_from_uploaded_document": "Wagtail answers only whoever uploaded it",
    "wagtaildocs:delete_upload_multiple": "Wagtail answers only whoever uploaded it",
    "wagtailimages:create_multiple_from_uploaded_image": "Wagtail answers only whoever uploaded it",
    "wagtailimages:delete_upload_multiple": "Wagtail answers only whoever uploaded it",
}
# Without a name: ours stand in front of addresses of Wagtail's that have one; the last two answer 404.
UNNAMED = {
    "admin/choose-page/chosen-multiple/",
    # Wagtail's own has its row under its name; this asks the same, of an empty form too (tests/desk/test_links.py).
    "admin/choose-external-link/",
    "admin/password_reset/", "admin/password_reset/confirm/<uidb64>/<token>/",
    "images/<int:image_id>/delete/", "documents/delete/<int:document_id>/",
    "redirects/import/process/", "images/multiple/<int:image_id>/delete/", "documents/multiple/<int:doc_id>/delete/",
    "admin/collections/<int:collection_id>/privacy/",
    "localize/submit/page/<int:page_id>/", "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
    "localize/update/<int:translation_source_id>/", "localize/page/<int:page_id>/convert_to_alias/",
    "localize/reports/translations/", "localize/reports/translations/results/",
    *(
        f"localize/translate/<int:translation_id>/{rest}"
        for rest in (
            "strings/<int:string_segment_id>/edit/", "overrides/<int:overridable_segment_id>/edit/",
            "pofile/download/", "pofile/upload/", "preview/", "preview/<str:mode>/", "disable/",
        )
    ),
    *(
        f"admin/{kind}/workflow/{act}/{rest}/<slug:action_name>/<int:task_state_id>/"
        for kind, rest in (("pages", "<int:page_id>"), ("snippets/<slug:app>/<slug:model>", "<str:pk>"))
        for act in ("action", "collect_action_data")
    ),
    "localize/api/snippets/<slug:app_label>/<slug:model_name>/",
    "localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", "^.*/$", "^(?P<rest>.*)$", "test404/",
}  # fmt: skip

# Commands need a shell on the server, and with it everything. These are ours.
COMMANDS = {
    "attend_approvals", "check_calendar", "check_services", "export_public",
    "appoint_auditor", "change_unit_type", "demo", "generate_content", "load_city", "load_demo", "purge_audit",
    "press_reviews", "publish_scheduled", "settle_changes",
    "forget_changes",
    "store_reads",
    "check_reads",
    "purge_letters", "reset_second_factor", "retire_industry", "seal_events",
    "send_digests", "send_letters", "send_subscriptions",
    "unlock_sign_in", "verify_audit", "work", "remind_forms", "report_people",
    "write_permissions", "screen_waiting", "remind_tokens",
    "rebuild_search", "count_demand", "purge_demand",
    "deliver_webhooks", "purge_webhooks", "reconcile_payments", "purge_payments", "resume_tasks",
}  # fmt: skip


def addresses(resolver: Any, namespace: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name, or "" and the pattern, of every address."""
    for each in resolver.url_patterns:
        if hasattr(each, "url_patterns"):
            yield from addresses(each, namespace + (f"{each.namespace}:" if each.namespace else ""))
        else:
            yield (namespace + each.name if each.name else "", str(each.pattern))


def test_every_address_has_a_row_or_a_reason() -> None:
    rows = {row.name for row in (*test_matrix.ROWS, *test_listings.ROWS)}
    explained = rows | PUBLIC.keys() | ANSWERED_ELSEWHERE.keys()

    open_questions = sorted(
        name or pattern
        for name, pattern in addresses(get_resolver())
        if not (name in explained or name.startswith(PUBLIC_NAMESPACES) or (not name and pattern in UNNAMED))
    )

    assert open_questions == []


def test_no_reason_outlives_its_address() -> None:
    known = {name for name, _ in addresses(get_resolver())}

    assert (PUBLIC.keys() | ANSWERED_ELSEWHERE.keys()) - known == set()


def test_every_command_of_ours_is_known_to_need_a_shell() -> None:
    ours = {
        name for name, app in get_commands().items() if app in {"cms", "pages", "accounts", "snippets", "workflows"}
    }

    assert ours == COMMANDS


def test_every_action_on_many_things_has_a_row() -> None:
    """They share one address: the model and the action stand in its arguments."""
    bulk_action_registry._scan_for_bulk_actions()
    actions = {
        (app, model, action)
        for app, models in bulk_action_registry.actions.items()
        for model, found in models.items()
        for action in found
    }
    asked = {row.arguments for row in test_matrix.ROWS if row.name == BULK}

    assert actions - asked == set()
