"""A catalogue entry is there once for each code and each first day."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import make_entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("valid_from", [None, date(2026, 1, 1)])
def test_the_database_keeps_no_second_one(valid_from: date | None) -> None:
    make_entry("water", "B01", valid_from=valid_from)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_entry("water", "B01", valid_from=valid_from)


@pytest.mark.parametrize("valid_from", [None, date(2026, 1, 1)])
def test_the_form_says_so_in_words(valid_from: date | None) -> None:
    entry = make_entry("water", "B01", valid_from=valid_from)
    entry.pk = None

    with pytest.raises(ValidationError, match="本目录中已有同一编码"):
        entry.full_clean()


def test_a_renewed_entry_stands_beside_the_old_one() -> None:
    make_entry("water", "B01")

    assert make_entry("water", "B01", valid_from=date(2026, 1, 1)).pk
