"""A PostgreSQL of the bench's own: the one of `deploy/with-postgres`, with room for large tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "120",
    "statement_timeout": "0",
}


@dataclass(frozen=True)
class Cluster:
    """A running cluster."""

    url: str
    pid: int

    def database(self, name: str, template: str = "template1") -> str:
        """Make a database and return its address."""
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connection.close()
        return self.url.replace("/postgres?", f"/{name}?")

    def connections(self) -> int:
        """Count who is connected."""
        with psycopg2.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
            return int(cursor.fetchone()[0]) - 1


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Run a cluster until the end of the block, however it ends."""
    loader = SourceFileLoader("with_postgres", str(ROOT / "deploy" / "with-postgres"))
    script = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(script)
    script.SETTINGS.update(SETTINGS)
    with script.cluster() as url:
        connection = psycopg2.connect(url)
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            data = Path(cursor.fetchone()[0])
        connection.close()
        yield Cluster(url, int((data / "postmaster.pid").read_text().split()[0]))
