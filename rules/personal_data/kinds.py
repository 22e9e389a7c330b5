"""All kinds of personal data, in the order in which one goes before another of the same weight."""

from __future__ import annotations

from .contact import (
    ADDRESS,
    CREDIT_CODE,
    EMAIL,
    LANDLINE,
    METER_ACCOUNT,
    MOBILE,
    ORGANISATION_CODE,
    ORGANISATION_CODE_SOLID,
    PLATE,
)
from .identity import BANK_CARD, ID15, ID18, MISTYPED_ID18, PASSPORT, STUDENT_NUMBER, TRAVEL_PERMIT
from .kind import Action, Kind
from .words import HEALTH_WORD, MINOR_WORD, NAME_LIST_TABLE, NAME_LIST_WORDS, SECRET_MARK, SECRET_WORD

__all__ = ["KINDS", "Action", "Kind"]

KINDS = (
    STUDENT_NUMBER,
    ID18,
    BANK_CARD,
    MOBILE,
    SECRET_MARK,
    NAME_LIST_TABLE,
    MISTYPED_ID18,
    ID15,
    PASSPORT,
    TRAVEL_PERMIT,
    METER_ACCOUNT,
    PLATE,
    ADDRESS,
    HEALTH_WORD,
    MINOR_WORD,
    SECRET_WORD,
    CREDIT_CODE,
    ORGANISATION_CODE,
    ORGANISATION_CODE_SOLID,
    LANDLINE,
    EMAIL,
    NAME_LIST_WORDS,
)
