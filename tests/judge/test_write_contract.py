"""The write API keeps what its description promises, whatever a system with a good token sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from cms.api.documentation import description
from tests.api.strict import strict
from tests.api.writing.asking import System, system_of
from tests.town import build_town
from tests.workflows.acts import draft, draft_service

if TYPE_CHECKING:
    from schemathesis import Case

pytestmark = pytest.mark.judge
EXAMPLES = 40
# Not `negative_data_rejection`: the number and the token are put in afterwards, so that anything is reached at all.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]

api = schemathesis.openapi.from_dict(strict(json.loads(json.dumps(description("zh-hans"))))).include(tag="write")
api.app = get_wsgi_application()


@pytest.fixture(scope="module")
def system(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a system with a draft of each kind, and leave the connection that sees them open between requests."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")), COMPRESS_RESPONSES=False):
        town = build_town()
        made = system_of(town)
        made.pages = [draft(town).pk, made.created("notices", {"title": "示例公告"})[0]["id"]]
        made.pages.append(draft_service(town).pk)
        # Django's own client has connected them again.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield made
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("undone")
@api.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_what_is_described(case: Case, system: System) -> None:
    if isinstance((case.path_parameters or {}).get("id"), int):
        # A number that there is: another is only ever answered 404.
        case.path_parameters["id"] = number_for(case.path, system)
    headers: dict[str, Any] = {"Authorization": f"Bearer {system.secret}"}
    if case.method in {"PUT", "PATCH"}:
        headers["If-Match"] = "*"

    case.call_and_validate(checks=CHECKS, headers=headers)


def number_for(path: str, system: System) -> int:
    """Return the number of a draft of the kind that an address is about."""
    kinds = ("disclosures", "notices", "service-items")
    place = next(number for number, kind in enumerate(kinds) if f"/{kind}/" in path)
    return int(system.pages[place])
