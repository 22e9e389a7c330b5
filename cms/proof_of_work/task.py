"""Set a task, and look whether a form brings its solution: in time, and each solution once."""

from __future__ import annotations

import json
import logging
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
# The name under which the solution comes, as ALTCHA's own widget calls it.
FIELD = "altcha"
# About a second on a phone of some years ago.
MOST = 30_000
HOLDS = timedelta(minutes=20)
LONGEST = 2_000


def _key() -> str:
    return salted_hmac("cms.proof_of_work", "altcha", settings.SECRET_KEY, algorithm="sha256").hexdigest()


def new_task() -> dict[str, Any]:
    """Return a task as ALTCHA's protocol writes it."""
    found = create_challenge(ChallengeOptions(hmac_key=_key(), max_number=MOST, expires=timezone.now() + HOLDS))
    return {
        "algorithm": found.algorithm,
        "challenge": found.challenge,
        "maxnumber": MOST,
        "salt": found.salt,
        "signature": found.signature,
    }


def is_solved(request: HttpRequest) -> bool:
    """Does the form bring a solution of ours that nobody has used? What is wrong, old or used counts as none."""
    payload = request.POST.get(FIELD, "")
    signature = _signature(payload) if payload and len(payload) <= LONGEST else ""
    if not signature:
        return False
    try:
        return bool(cache.add(f"proof:{signature}", 1, HOLDS.total_seconds()))
    except Exception:
        # Whatever a backend raises when it is away: it stops nobody.
        return True


def _signature(payload: str) -> str:
    """Return the signature of a right solution, in the letters of a digest; the same solution may be written anew."""
    try:
        told = json.loads(b64decode(payload, validate=True))
        right, _why = verify_solution(told, _key())
        return sha256(str(told["signature"]).encode()).hexdigest() if right else ""
    except Exception:
        # The library trusts the types of what it reads; this comes from anybody.
        logger.debug("A solution that is none.", exc_info=True)
        return ""
