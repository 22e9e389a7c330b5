"""What docs/connectors.md says to integrators is so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms.connectors.sandbox.server import SECRET
from ledger.signatures import signature

DOCUMENT = Path(settings.BASE_DIR, "docs", "connectors.md").read_text()


def block(language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)[0]


def test_the_signature_in_python_is_ours():
    made: dict[str, Any] = {}

    exec(block("python"), made)

    assert made["signature"](SECRET, "msg_1", 1, b"{}") == signature(SECRET, "msg_1", 1, b"{}")


@pytest.mark.skipif(not all(map(shutil.which, ("curl", "openssl"))), reason="curl or openssl is missing")
def test_the_question_with_curl_is_answered(sandbox):
    environment = {**os.environ, "SANDBOX": sandbox.address}

    said = subprocess.run(["bash", "-c", block("sh")], env=environment, check=True, capture_output=True, text=True)

    assert json.loads(said.stdout)["status"] == "ok"


@pytest.mark.parametrize("number", ["404404", "000000", "500500", "999999", "777777"])
def test_each_fault_is_documented(number):
    assert number in DOCUMENT
