"""What lists many things names nothing that lies outside a person's reach."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from .asking import Row, ask
from .world import World

# Titles of what the education office keeps to itself.
PRIVATE = ("示例草稿", "示例待审", "示例图片", "示例文件", "示例项目", "待审项目")
OUTSIDERS = (
    "beside editor", "beside reviewer", "beside administrator", "below administrator", "portal auditor", "stranger",
    "anonymous",
)  # fmt: skip

EVERY_ITEM = "?id={item}&id={item_waiting}"
PLAIN = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_results",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:workflow_tasks_results",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:aging_pages_results",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:locked_pages_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:documents:listing",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtaildocs:index",
    "wagtaildocs:index_results",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtailsnippets_snippets_serviceitem:list",
    "wagtailsnippets_snippets_serviceitem:list_results",
    "wagtailsnippetchoosers_snippets_serviceitem:choose",
    "wagtailsnippetchoosers_snippets_serviceitem:choose_results",
    "approval:queue",
    "demand:reads",
    "demand:searches",
    "service_health:list",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "search",
    "search_suggest",
    "opensearch",
    "joint",
    "mine",
    "site_map",
    "robots",
    "sitemap",
    "api_v2:pages:listing",
    "api_v2:disclosures:listing",
    "api_v2:images:listing",
    "api_v2:documents:listing",
    "api_v2:service-items:listing",
]
ROWS = [
    *(Row(name) for name in PLAIN),
    *(Row(name, query="?q=示例") for name in PLAIN if "search" in name or "index" in name or "choose" in name),
    Row("wagtailadmin_api:pages:listing", query="?child_of={own}"),
    Row("wagtailadmin_api:pages:listing", query="?for_explorer=1&child_of={own}"),
    Row("wagtailadmin_api:pages:listing", query="?search=示例"),
    Row("wagtailadmin_api:images:listing", query="?search=示例"),
    Row("wagtailadmin_choose_page_child", ("own",)),
    Row("wagtailadmin_choose_page_chosen_multiple", query="?id={draft}&id={waiting}"),
    Row("wagtailadmin_pages:type_use", ("pages", "disclosurepage")),
    Row("wagtailadmin_pages:type_use_results", ("pages", "disclosurepage")),
    Row("wagtailimages_chooser:chosen_multiple", query="?id={image}"),
    Row("wagtaildocs_chooser:chosen_multiple", query="?id={document}"),
    Row("wagtailsnippetchoosers_snippets_serviceitem:chosen_multiple", query=EVERY_ITEM),
    Row("wagtailsnippets_snippets_industry:usage", ("industry",)),
    Row("wagtailsnippets_snippets_catalogueentry:usage", ("entry",)),
    Row("wagtailadmin_pages:usage", ("own",)),
    Row("wagtailadmin_explore", ("below",)),
    Row("wagtailadmin_pages:history", ("below",)),
    Row("wagtailadmin_api:pages:find", query="?id={draft}"),
    Row("wagtailadmin_api:images:find", query="?id={image}"),
    Row("wagtailadmin_api:documents:find", query="?id={document}"),
    Row("wagtail_bulk_action", ("wagtailcore", "page", "delete"), query="?id={draft}"),
    Row("wagtail_bulk_action", ("media", "image", "delete"), query="?id=all"),
    Row("wagtail_bulk_action", ("wagtailcore", "page", "delete"), query="?id=all&childOf={own}"),
    Row("wagtailadmin_tag_autocomplete", query="?term=示"),
    Row("mine", query="?find=示例"),
    Row("report_error"),
    Row("report_error", query="?page=/"),
]


def readable(response: Any) -> str:
    """Return an answer with the escapes of HTML and JSON written out."""
    text = html.unescape(b"".join(response).decode())
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_list_names_nothing_out_of_reach(world: World, undone: None, row: Row) -> None:
    named = {}

    for who in OUTSIDERS:
        response = ask(world, who, row).response
        assert response.status_code < 500
        if found := [title for title in PRIVATE if title in readable(response)]:
            named[who] = found

    assert not named
