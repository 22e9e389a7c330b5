"""A real nginx in front of the live server, with the configuration that we deliver."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MAIN = """
{user}
worker_processes 1;
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ worker_connections 128; }}
http {{
    access_log {home}/access.log;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    types {{ text/html html; application/json json; text/css css; }}
    {delivered}
}}
"""
SECONDS = 10


def delivered(port: int, application: str, edge: Path, home: Path) -> str:
    """Return our configuration with the names of this run."""
    text = Path(settings.BASE_DIR, "deploy", "nginx", "gongkai.conf").read_text()
    for ours, here in (
        ("server 127.0.0.1:8000;", f"server {application};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/lib/gongkai/edge/now", str(edge / "now")),
        # Written at once: tests wait for nothing.
        ("/var/log/nginx/access.log", str(home / "access.log")),
        ("/var/log/nginx/gongkai-demand.log", str(home / "demand.log")),
        (" buffer=32k flush=10s", ""),
    ):
        assert ours in text
        text = text.replace(ours, here)
    return text


@contextmanager
def nginx(home: Path, application: str, edge: Path, port: int | None = None) -> Iterator[str]:
    """Run nginx until the end of the block; yield its address."""
    if not os.access(NGINX, os.X_OK):
        pytest.skip("nginx is missing: deploy/system-packages test")
    port = port or free_port()
    # Its workers would run as somebody who may not read the folders of a test.
    user = "user root;" if os.getuid() == 0 else ""
    configuration = MAIN.format(user=user, home=home, delivered=delivered(port, application, edge, home))
    (home / "nginx.conf").write_text(configuration)
    process = subprocess.Popen([NGINX, "-c", str(home / "nginx.conf"), "-p", str(home), "-e", str(home / "early.log")])
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx does not start")
