"""Texts that differ in one character, found without comparing with every text there is.

Two texts differ in at most one character (written wrongly, left out, put in, or swapped with its neighbour) only if
they share a key: a text's keys are itself and what is left when one of its characters is taken out.
"""

from __future__ import annotations

import hashlib

# Shorter ones resemble too many; longer ones are told by their other words.
SHORTEST, LONGEST = 3, 24


def keys_of(text: str) -> set[int]:
    """Return the keys of a text as 64-bit numbers; none for a text that is too short or too long."""
    if not SHORTEST <= len(text) <= LONGEST:
        return set()
    return {_number(text), *(_number(text[:place] + text[place + 1 :]) for place in range(len(text)))}


def is_near(one: str, other: str) -> bool:
    """Do two texts differ in exactly one character, or in two neighbours that changed places?"""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[start:], other[start:]
    swapped = first[:2] == second[:2][::-1] and first[2:] == second[2:]
    return swapped or first[1:] == second[1:] or first[1:] == second or first == second[1:]


def _number(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
