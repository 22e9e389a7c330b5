"""What the documentation says can be built on: its code verifies our messages, its kinds are ours."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import jsonschema
import pytest
from django.conf import settings

from accounts.withdrawable import WithdrawalKind
from cms.api.documentation import description
from cms.public_events.kinds import OUTWARD
from cms.public_events.recording import RESTRICTED
from cms.webhooks.service import ping
from cms.webhooks.settling import BACK_OFF
from ledger.models import WebhookDelivery
from ledger.signatures import new_nonce, secret_from, signed_headers
from tests.factories import make_disclosure
from tests.town import Town

from .acts import follow, queue

TEXT = (settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def is_genuine() -> Any:
    """Return the function of the documentation."""
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    named: dict[str, Any] = {}
    exec(compile(code, "webhooks.md", "exec"), named)
    return named["is_genuine"]


def test_the_documented_code_verifies_a_message(is_genuine: Any) -> None:
    secret, body = secret_from(new_nonce()), '{"type": "ping", "中": 1}'.encode()
    headers = signed_headers([secret], "msg_1", int(time.time()), body)

    assert is_genuine(secret, headers, body)
    assert not is_genuine(secret, headers, body + b" ")
    assert not is_genuine(secret, {**headers, "webhook-id": "msg_2"}, body)
    assert not is_genuine(secret_from(new_nonce()), headers, body)


def test_during_a_rotation_either_secret_verifies(is_genuine: Any) -> None:
    secrets, body = [secret_from(new_nonce()), secret_from(new_nonce())], b"{}"
    headers = signed_headers(secrets, "msg_1", int(time.time()), body)

    assert all(is_genuine(secret, headers, body) for secret in secrets)


def test_an_old_message_is_refused(is_genuine: Any) -> None:
    secret = secret_from(new_nonce())
    headers = signed_headers([secret], "msg_1", int(time.time()) - 600, b"{}")

    assert not is_genuine(secret, headers, b"{}")


def test_the_signature_is_that_of_standard_webhooks() -> None:
    # The example of the specification's own libraries.
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = signed_headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
def test_what_is_told_is_what_the_description_of_the_api_says(town: Town) -> None:
    described = json.loads(json.dumps(description("zh-hans")))
    webhook = follow(town.portal)
    page = make_disclosure(town.water, town.entries["water_price"])
    town.school.move(town.street, pos="last-child")
    page.unpublish()
    ping(webhook=webhook, by=None)
    queue()

    told = list(WebhookDelivery.objects.values_list("kind", "body"))
    assert {"content.published", "content.moved", "content.withdrawn", "ping"} <= {kind for kind, _body in told}
    assert set(described["webhooks"]) == {*OUTWARD, "ping"}
    for kind, body in told:
        schema = described["webhooks"][kind]["post"]["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(json.loads(body))


def test_every_kind_and_every_withdrawal_is_explained() -> None:
    assert {word for word in (*OUTWARD, *WithdrawalKind.values, RESTRICTED) if f"`{word}`" not in TEXT} == set()


def test_the_pauses_are_those_of_the_text() -> None:
    named = "5 秒、5 分、30 分、2 小时、5 小时、10 小时、14 小时、20 小时、24 小时"

    assert named in TEXT
    assert [pause.total_seconds() for pause in BACK_OFF] == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
