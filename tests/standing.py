"""A database that a whole module reads: built once, and whatever a test changes is undone.

@pytest.fixture(scope="module")
def town(module_database): return build_town()

pytestmark = pytest.mark.usefixtures("undone")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def undo() -> Iterator[None]:
    """Take back what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open the database for a module; nothing of it remains."""
    with django_db_blocker.unblock(), undo():
        yield


@pytest.fixture
def undone(module_database: None) -> Iterator[None]:
    """Undo one test."""
    with undo():
        yield
