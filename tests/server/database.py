"""Test databases: migrated once per set of migrations, copied for each run, restored after a test that commits.

Wagtail's root page, site and locale come from migrations, so a flushed database is a broken one: a test that commits is
followed by a fresh copy instead of Django's flush, which also takes longer.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection

# Templates of migrations long gone are cleared away after a week.
TEMPLATE_AGE = 7 * 24 * 3600


class Copies(Protocol):
    """How one kind of database is migrated, copied and restored."""

    def forget_template(self) -> None: ...
    def has_template(self) -> bool: ...
    def make_template(self) -> None: ...
    def create(self) -> None: ...
    def restore(self) -> None: ...
    def drop(self) -> None: ...


def take_statistics() -> None:
    """Let PostgreSQL look at its tables, as its housekeeping does by itself once a transaction has ended.

    A crowd made within a test's transaction is unknown to it: it took the tables for empty, and counted for an hour.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def template_folder() -> Path:
    """Return the folder of templates and their locks, outside of version control."""
    folder = Path(settings.BASE_DIR, "var", "test")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint() -> str:
    """Return a short name for what a migrated database contains."""
    digest = hashlib.sha256(f"{settings.LANGUAGE_CODE} {settings.INSTALLED_APPS}".encode())
    for app in apps.get_app_configs():
        for migration in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(migration.read_bytes())
    return digest.hexdigest()[:12]


def copies_for_this_run() -> Copies:
    """Return the copies of the database that the settings name."""
    return PostgreSQLCopies(fingerprint()) if connection.vendor == "postgresql" else SQLiteCopies(fingerprint())


@contextmanager
def migrated_database(*, rebuild: bool) -> Iterator[Copies]:
    """Connect to a fresh copy of the migrated template, which is made where it is missing."""
    copies = copies_for_this_run()
    original_name = connection.settings_dict["NAME"]
    # Two runs at the same time migrate once.
    with (template_folder() / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if rebuild:
            copies.forget_template()
        if not copies.has_template():
            copies.make_template()
        copies.create()
    yield copies
    connection.close()
    copies.drop()
    connection.settings_dict["NAME"] = original_name


def migrate_into(name: str) -> None:
    """Let Django create and migrate a database of this name, and leave it."""
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


def connect_to(name: str) -> None:
    """Point the default connection to another database."""
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


class SQLiteCopies:
    """A file in var/test, copied to a temporary folder; as in the demo, each thread has its own connection."""

    def __init__(self, name: str) -> None:
        self.template = template_folder() / f"{name}.sqlite3"
        self.folder = Path(tempfile.mkdtemp(prefix="gk-sqlite-"))
        self.file = self.folder / "test.sqlite3"
        # Another run, with other migrations, may clear the template away while this one goes on.
        self.pristine = self.folder / "pristine.sqlite3"

    def forget_template(self) -> None:
        self.template.unlink(missing_ok=True)

    def has_template(self) -> bool:
        return self.template.exists()

    def make_template(self) -> None:
        for template in template_folder().glob("*.sqlite3"):
            if template.stat().st_mtime < time.time() - TEMPLATE_AGE:
                template.unlink()
        migrate_into(str(self.file))
        shutil.move(self.file, self.template)

    def create(self) -> None:
        shutil.copyfile(self.template, self.pristine)
        shutil.copyfile(self.template, self.file)
        connect_to(str(self.file))

    def restore(self) -> None:
        connect_to(str(self.file))
        with closing(sqlite3.connect(self.pristine)) as pristine, closing(sqlite3.connect(self.file)) as target:
            pristine.backup(target)

    def drop(self) -> None:
        shutil.rmtree(self.folder)


class PostgreSQLCopies:
    """A template database in the server that DATABASE_URL names, copied by the server."""

    def __init__(self, name: str) -> None:
        self.template = f"gongkai_template_{name}"
        self.name = f"gongkai_test_{name}_{os.getpid()}"

    def forget_template(self) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{self.template}"')

    def has_template(self) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            return cursor.fetchone() is not None

    def make_template(self) -> None:
        migrate_into(self.name)
        self._execute(f'ALTER DATABASE "{self.name}" RENAME TO "{self.template}"')

    def create(self) -> None:
        self._execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        connect_to(self.name)

    def restore(self) -> None:
        self.drop()
        self.create()

    def drop(self) -> None:
        connection.close()
        # A thread of a test may have left a connection open.
        self._execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def another_database() -> Iterator[str]:
    """Give a house of its own another copy of the migrated template; yields its address."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="gk-second-") as folder:
            file = Path(folder, "second.sqlite3")
            shutil.copyfile(template_folder() / f"{fingerprint()}.sqlite3", file)
            yield f"sqlite:///{file}"
        return
    second = PostgreSQLCopies(fingerprint())
    second.name = f"gongkai_second_{os.getpid()}"
    second._execute(f'CREATE DATABASE "{second.name}" TEMPLATE "{second.template}"')
    names = connection.get_connection_params()
    try:
        yield f"postgres://{names['user']}@/{second.name}?host={names['host']}"
    finally:
        second._execute(f'DROP DATABASE IF EXISTS "{second.name}" WITH (FORCE)')
