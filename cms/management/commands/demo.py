"""The demo: an embedded site with sample content, served by one supervised group of two processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _

from cms.checks import refuse_to_start

HOST = "127.0.0.1"
STOP_TIMEOUT = 15


class Stopped(Exception):
    """SIGINT or SIGTERM was received."""


class Command(BaseCommand):
    """Migrate, load the sample content, serve; a second start keeps the data."""

    help = "建库、载入示例数据，并启动演示站（网站与后台任务）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Prepare the database, then serve until told to stop."""
        refuse_taken_port(port)
        place_sandbox()
        start_anew_under(f"http://{HOST}:{port}")
        for folder in (settings.VAR_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        refuse_to_start()
        call_command("load_demo")
        connections.close_all()
        self.serve(port)

    def serve(self, port: int) -> None:
        """Run the web server and the worker as one group."""
        with suppress(Stopped), ProcessGroup() as group:
            group.start(
                {
                    _("网站"): web_server(port),
                    _("后台任务"): [sys.executable, "manage.py", "work"],
                    _("示例提供单位（沙箱）"): sandbox(),
                }
            )
            while not answers(port):
                group.watch()
            self.stdout.write(addresses(port))
            while True:
                group.watch()
        self.stdout.write(_("演示站已停止，数据保留在 %(folder)s。") % {"folder": settings.VAR_DIR})


class ProcessGroup:
    """Processes that live and die together."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self, commands: dict[str, list[str]]) -> None:
        """Start all; from now on a signal raises Stopped here."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        for name, command in commands.items():
            # In a group of their own: Ctrl-C reaches this process only, which stops the others in order.
            self.processes[name] = subprocess.Popen(command, cwd=settings.BASE_DIR, process_group=0)  # noqa: S603

    def watch(self) -> None:
        """Wait a moment; raise CommandError when a process has ended."""
        time.sleep(0.2)
        for name, process in self.processes.items():
            if process.poll() is not None:
                message = _("%(name)s意外退出（代码 %(code)s），演示站随之停止。")
                code = process.returncode
                raise CommandError(message % {"name": name, "code": code}, returncode=abs(code) or 1)

    def stop(self) -> None:
        """Ask all to end, wait for them, and end by force who does not listen."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> NoReturn:
        raise Stopped


def web_server(port: int) -> list[str]:
    """Return the command of gunicorn: two processes with four threads each."""
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", f"--bind={HOST}:{port}", "--preload"]
    threads = ["--worker-class=gthread", "--workers=2", "--threads=4"]
    return [*command, *threads, "--no-control-socket", "--log-level=warning", "--limit-request-line=8190"]


def sandbox() -> list[str]:
    """Return the command of the provider that is none."""
    address = urlsplit(settings.SANDBOX_URL)
    return [sys.executable, "-m", "cms.connectors.sandbox", f"--host={address.hostname}", f"--port={address.port}"]


def place_sandbox() -> None:
    """Give the sandbox a free port, and let the site ask there; begin again, as the settings are read by now."""
    if settings.SANDBOX_URL:
        return
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        place = f"{HOST}:{listener.getsockname()[1]}"
    # For who begins again; the environment is read in cms/settings/env.py alone.
    os.putenv("SANDBOX_URL", f"http://{place}")
    os.putenv("GUARDED_HTTP_ALLOWED", ",".join([*settings.GUARDED_HTTP_ALLOWED, place]))
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (the command that runs already)


def start_anew_under(address: str) -> None:
    """Begin again, as the same process, when the settings were read with another address; a named one is kept."""
    if os.environ.setdefault("BASE_URL", address) != settings.BASE_URL:
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (the command that runs already)


def refuse_taken_port(port: int) -> None:
    """Raise CommandError when the port cannot be had."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            message = _("端口 %(port)s 已被占用或不能使用。请换一个：make demo PORT=8001")
            raise CommandError(message % {"port": port}) from error


def answers(port: int) -> bool:
    """Return whether the web server answers at all."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def addresses(port: int) -> str:
    """Return where to look, line by line."""
    site = f"http://{HOST}:{port}"
    places = {_("门户"): "/", _("管理后台"): "/admin/", _("数据接口"): "/api/v2/", _("接口文档"): "/api/docs/"}
    lines = [f"  {name}  {site}{path}" for name, path in places.items()]
    return "\n".join(["", _("演示站已启动，按 Ctrl-C 停止。"), *lines, ""])
