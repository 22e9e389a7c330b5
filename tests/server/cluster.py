"""A PostgreSQL of a test's own, which may be stopped and started: the one of `deploy/with-postgres`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection


def script() -> Any:
    """Return `deploy/with-postgres` as a module."""
    loader = SourceFileLoader("with_postgres", str(Path(settings.BASE_DIR, "deploy", "with-postgres")))
    module = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


class Server:
    """A server that a test may stop, start and cut off."""

    def __init__(self, home: Path) -> None:
        self.home, self.tools = home, script()
        self.programs = self.tools.newest_programs()
        self.process: Any = None
        self.url = f"postgres://{self.tools.USER}@/postgres?host={home}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = [part for name, value in self.tools.SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self.home / "data", "-k", self.home, *options]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.tools.as_owner(command), cwd=self.home, process_group=0, stdout=log, stderr=log
            )
        self.tools.wait_until_ready(self.programs, self.home, self.process)

    def stop(self) -> None:
        """Stop it as an operator does: who is connected is cut off."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate() if not self.sessions() else self.process.send_signal(2)
            self.process.wait()

    def restart(self) -> None:
        """Stop it and start it."""
        self.stop()
        self.start()

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement and return what it finds."""
        with psycopg2.connect(self.url) as asked, asked.cursor() as cursor:
            cursor.execute(statement)
            found: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        asked.close()
        return found

    def sessions(self) -> int:
        """Count who else is connected."""
        return len(self.ask("SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend'")) - 1

    def cut(self) -> None:
        """End everybody's connection."""
        self.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )


@contextmanager
def server() -> Iterator[Server]:
    """Run a server that has everything the test's database has now, until the end of the block."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could be away")
    # Short, because the path of a Unix socket is limited to 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="gk-pg-", dir="/tmp"))
    found = Server(home)
    try:
        _initialise(found)
        found.start()
        _fill(found)
        yield found
    finally:
        if found.process is not None and found.process.poll() is None:
            found.process.send_signal(3)
            found.process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _initialise(found: Server) -> None:
    tools = found.tools
    shutil.chown(found.home, "postgres", "postgres") if tools.os.geteuid() == 0 else None
    initdb = [found.programs / "initdb", "-D", found.home / "data", "-U", tools.USER, "-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run(tools.as_owner([*initdb, "--locale=C.UTF-8"]), check=True, stdout=subprocess.DEVNULL, cwd=found.home)


def _fill(found: Server) -> None:
    names = connection.get_connection_params()
    here = ["-h", str(names["host"]), "-U", str(names["user"]), "-d", str(names["dbname"])]
    dump = subprocess.run([found.programs / "pg_dump", *here], check=True, capture_output=True)
    psql = [found.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", found.url]
    subprocess.run(psql, input=dump.stdout, check=True, stdout=subprocess.DEVNULL)


def here() -> str:
    """Return the address of the test's own database, for other processes."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    names = connection.get_connection_params()
    return f"postgres://{names['user']}@/{names['dbname']}?host={names['host']}"
