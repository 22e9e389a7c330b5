"""The demo's processes live and die together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management.base import CommandError

from cms.management.commands.demo import HOST, ProcessGroup, Stopped, refuse_taken_port, start_anew_under

ENDLESS = [sys.executable, "-c", "import signal; signal.pause()"]
SHORT = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def group():
    """Yield a group that takes the signals only during the test."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    group = ProcessGroup()
    yield group
    group.stop()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def watch_to_the_end(group: ProcessGroup) -> None:
    while True:
        group.watch()


def test_when_one_process_ends_the_group_ends_with_its_code(group):
    group.start({"网站": ENDLESS, "后台任务": SHORT})

    with pytest.raises(CommandError, match="后台任务意外退出（代码 3）") as error:
        watch_to_the_end(group)
    group.stop()

    assert error.value.returncode == 3
    assert group.processes["网站"].returncode == -signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_whole_group(group, number):
    group.start({"网站": ENDLESS, "后台任务": ENDLESS})

    with pytest.raises(Stopped):
        signal.raise_signal(number)
    group.stop()

    assert [process.returncode for process in group.processes.values()] == [-signal.SIGTERM] * 2


def test_a_taken_port_is_refused_in_one_line():
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CommandError) as error:
            refuse_taken_port(port)

    assert str(error.value) == f"端口 {port} 已被占用或不能使用。请换一个：make demo PORT=8001"


def test_without_an_address_links_lead_to_the_port():
    """In a process of its own: it begins again, and says which address its settings have then."""
    program = (
        "import django; django.setup(); from cms.management.commands.demo import start_anew_under, settings;"
        "start_anew_under('http://127.0.0.1:8123'); print(settings.BASE_URL, settings.WAGTAILADMIN_BASE_URL)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "BASE_URL"}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"

    said = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)

    assert said.stdout.split() == ["http://127.0.0.1:8123"] * 2


def test_a_named_address_is_kept(settings, monkeypatch):
    settings.BASE_URL = "https://demo.example"
    monkeypatch.setenv("BASE_URL", settings.BASE_URL)

    start_anew_under("http://127.0.0.1:8123")

    assert os.environ["BASE_URL"] == "https://demo.example"
