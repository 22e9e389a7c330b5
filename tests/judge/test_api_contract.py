"""The API keeps what its description promises, whatever is asked: schemathesis asks, and no answer is a 5xx."""

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

from accounts.models import Scope
from cms.api.documentation import description
from cms.delivery.stored import settling
from tests.api.crowd import add_crowd
from tests.api.showcase import build_showcase
from tests.api.strict import strict
from tests.tokens.making import make_token
from tests.town import build_town

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.core.transport import Response

# Willow leaves the temporary file of a rendition to the garbage collector.
pytestmark = [
    pytest.mark.judge,
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]
EXAMPLES = 30


def a_refusal_is_explained(context: Any, response: Response, case: Case) -> None:
    """Demand of a 400 that it names the parameter and says in Chinese what is wrong with it."""
    if response.status_code == 400:
        refused = response.json()
        assert refused["parameter"] is not None, refused
        assert any("\u4e00" <= letter <= "\u9fff" for letter in refused["detail"]), refused


# Not `positive_data_acceptance`: a well-formed code that nobody bears is refused as well.
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    a_refusal_is_explained,
]


api = schemathesis.openapi.from_dict(strict(json.loads(json.dumps(description("zh-hans")))))
api.app = get_wsgi_application()


def stored() -> override_settings:
    """Let answers be stored, and changes be followed, under the judge's host."""
    return override_settings(STORED_READS=True, BASE_URL="http://localhost")


@pytest.fixture(scope="module")
def filled_town(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Fill a town, and leave the connection that sees it open between requests, as Django's test client does.

    Gives the secret of a token for reading.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    # The judge's client reads what it is sent as it is.
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")), COMPRESS_RESPONSES=False), stored():
        town = build_town()
        build_showcase(town)
        add_crowd(town, range(3))
        settling.count_objects()
        _token, secret = make_token(town.water, scopes=[Scope.READ])
        yield secret
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("filled_town", "undone")
@api.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_what_is_described(case: Case) -> None:
    case.call_and_validate(checks=CHECKS)


@pytest.mark.usefixtures("undone")
@api.exclude(tag="write").parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_to_a_reader_with_a_token_is_what_is_described(case: Case, filled_town: str) -> None:
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {filled_town}"})
