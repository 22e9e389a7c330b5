"""The servers under test: gunicorn for our site and the stock site, nginx for static bytes and as our edge."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from .cluster import ROOT
from .wrk import HEADERS, BenchError, Server

GUNICORN = [
    *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--log-level", "error", "--keep-alive", "60", "--timeout", "300"),
]
START_SECONDS = 90
STOP_SECONDS = 20
NGINX = """
user root;
worker_processes 2;
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    types {{ text/html html; application/json json; text/css css; text/javascript js; image/svg+xml svg; }}
    sendfile on;
    keepalive_requests 1000000;
    {site}
}}
"""
STATIC = "charset utf-8; server {{ listen 127.0.0.1:{port}; root {home}/www; }}"


def ours(folder: Path, database: str, **extra: str) -> dict[str, str]:
    """Return the environment of our site: production, on one machine."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "DATABASE_URL": database,
        "SECRET_KEY": "secret-key-of-one-run-of-the-bench-and-no-longer",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "https://127.0.0.1",
        "GONGKAI_VAR_DIR": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "EXPORT_ROOT": str(folder / "exports"),
        "EDGE_ROOT": str(edge_of(folder, database)),
        "API_RATE_LIMIT": "0",
        "LINK_CHECK": "false",
        "LOG_LEVEL": "ERROR",
        **extra,
    }


def edge_of(folder: Path, database: str) -> Path:
    """Return the folder that the edge of a site sends from."""
    return folder / "edge" / urlsplit(database).path.strip("/")


def stock(database: str, *, menu_cached: bool = False) -> dict[str, str]:
    """Return the environment of the stock site."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.stock.settings",
        "DATABASE_URL": database,
        "STOCK_MENU_CACHED": str(menu_cached).lower(),
    }


def run(environment: dict[str, str], *arguments: object) -> str:
    """Run a Python command to its end and return what it printed."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"{' '.join(command)}:\n{done.stderr[-4000:]}")
    return done.stdout


@contextmanager
def site(application: str, environment: dict[str, str], database: int) -> Iterator[Server]:
    """Serve a site with gunicorn until the end of the block."""
    port = free_port()
    command = [*GUNICORN, "--bind", f"127.0.0.1:{port}", application]
    with started(command, environment) as process:
        server = Server(f"http://127.0.0.1:{port}", (process.pid,), (database,))
        wait_for(server.url + "/", process)
        yield server


@contextmanager
def static(home: Path) -> Iterator[Server]:
    """Serve the folder `www` with nginx until the end of the block."""
    port = free_port()
    (home / "www").mkdir(parents=True)
    with nginx(home, port, STATIC.format(home=home, port=port)) as server:
        yield server


@contextmanager
def nginx(home: Path, port: int, configuration: str, behind: Server | None = None) -> Iterator[Server]:
    """Run nginx until the end of the block; what works for the server behind it works for it, too."""
    home.mkdir(exist_ok=True)
    text = NGINX.format(home=home, site=configuration)
    # Only root may, and need, name whom its workers run as: they read our temporary folders.
    (home / "nginx.conf").write_text(text if os.geteuid() == 0 else text.replace("user root;", ""))
    with started(
        ["nginx", "-c", str(home / "nginx.conf"), "-p", str(home), "-e", "stderr"], dict(os.environ)
    ) as process:
        apps, databases = (behind.app, behind.database) if behind else ((), ())
        server = Server(f"http://127.0.0.1:{port}", (process.pid, *apps), databases)
        wait_for(server.url + "/", process)
        yield server


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server; end it with all its processes, and if this script is killed."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig=TERM", *command],
            env=environment,
            cwd=ROOT,
            process_group=0,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        except BenchError as error:
            log.seek(0)
            error.add_note(log.read().decode(errors="replace")[-4000:])
            raise
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server; kill its whole group if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when a server answers, whatever it answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(Request(url, headers=HEADERS), timeout=START_SECONDS).close()
        except HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise BenchError(f"does not start: {process.args!r}")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
