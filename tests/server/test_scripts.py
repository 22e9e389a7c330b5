"""The scripts of deploy/ say in one line what is missing, and leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

DEPLOY = ROOT / "deploy"


def run(*command: str | Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"PATH": str(path)} if path else {})
    return subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True, check=False)


def add_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


@pytest.fixture
def bare_machine(tmp_path):
    """Return a PATH as an ordinary user finds it on a machine that has nothing but a Python."""
    add_program(tmp_path, "id", "echo 1000")
    add_program(tmp_path, "python3.9", "echo Python 3.9.2; exit 1")
    (tmp_path / "python3").symlink_to("/usr/bin/python3")
    return tmp_path


def test_missing_packages_are_named_in_one_line(bare_machine):
    result = run("/bin/sh", DEPLOY / "system-packages", "demo", "python3", path=bare_machine)

    wanted, missing = result.stderr.splitlines()
    assert result.returncode == 1
    assert "gcc" in missing
    assert "libpq-dev" in missing
    # Without these it runs.
    assert "libpango" in wanted


def test_the_administrator_gets_them_installed(bare_machine):
    add_program(bare_machine, "id", "echo 0")
    add_program(bare_machine, "apt-get", f'echo "$@" >> {bare_machine}/apt.log')

    result = run("/bin/sh", DEPLOY / "system-packages", "demo", "python3", path=bare_machine)

    update, install = (bare_machine / "apt.log").read_text().splitlines()
    assert result.returncode == 0
    assert update == "update -qq"
    assert install.startswith("install -qq -y --no-install-recommends gcc")


def test_a_complete_machine_is_left_alone():
    result = run(DEPLOY / "system-packages", "demo", sys.executable)

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_an_old_python_is_refused_in_one_line(bare_machine):
    result = run("/bin/sh", DEPLOY / "system-packages", "demo", "python3.9", path=bare_machine)

    assert result.returncode == 1
    assert result.stderr == "python3.9 是 Python 3.9.2：需要 Python 3.11.2 以上，可用 make PYTHON=/路径/python3 指定\n"


def test_a_command_finds_its_own_postgresql_and_keeps_its_exit_code():
    question = "import os, psycopg2, sys; psycopg2.connect(os.environ['DATABASE_URL']); print('ok'); sys.exit(7)"

    result = run(DEPLOY / "with-postgres", sys.executable, "-c", question)

    assert (result.stdout, result.returncode) == ("ok\n", 7)


def test_nothing_is_left_of_the_postgresql_of_a_command():
    result = run(DEPLOY / "with-postgres", "sh", "-c", 'echo "${DATABASE_URL#*host=}"')

    assert result.stdout.startswith("/tmp/gk-pg-")
    assert not Path(result.stdout.strip()).exists()


def test_two_lanes_run_to_their_end_and_report_unmixed():
    result = run(DEPLOY / "side-by-side", "good=echo 甲 && echo '. [100%]'", "bad=echo 乙; exit 4")

    assert result.returncode == 4
    assert "good │ . [100%]" in result.stdout
    assert "━━━ good ━━━\n甲\n. [100%]\n" in result.stdout
    assert "━━━ bad ━━━\n乙\n" in result.stdout


def test_continuous_integration_runs_make_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert lines == ["#!/bin/sh", 'cd "$(dirname "$0")/.." && exec make test']
