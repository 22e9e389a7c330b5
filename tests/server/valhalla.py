"""A real Valhalla over a hand-made extract, started and stopped by whoever asks for it.

The wheels of pyvalhalla need Python 3.12; its programs do not. `make judge` unpacks them into var/judge/valhalla.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.routing.extract import write_extract

from .nginx import free_port

HOME = Path(os.environ.get("VALHALLA_HOME", Path(settings.BASE_DIR, "var", "judge", "valhalla")))
SECONDS = 60


@contextmanager
def valhalla(home: Path) -> Iterator[str]:
    """Build the tiles and run the service until the end of the block; yield its address."""
    if not os.access(HOME / "valhalla" / "bin" / "valhalla_service", os.X_OK):
        pytest.skip(f"Valhalla is missing in {HOME}: the wheel pyvalhalla could not be had (deploy/fetch-valhalla)")
    port = free_port()
    configuration = _configured(home, port)
    write_extract(home / "grid.osm.pbf")
    _run("valhalla_build_tiles", "-c", str(configuration), str(home / "grid.osm.pbf"))
    service = subprocess.Popen([_program("valhalla_service"), str(configuration), "1"], env=_environment())
    try:
        _wait(port, service)
        yield f"http://127.0.0.1:{port}"
    finally:
        service.terminate()
        service.wait(SECONDS)


def _program(name: str) -> str:
    return str(HOME / "valhalla" / "bin" / name)


def _environment() -> dict[str, str]:
    return {**os.environ, "LD_LIBRARY_PATH": str(HOME / "pyvalhalla.libs")}


def _run(name: str, *arguments: str) -> None:
    subprocess.run([_program(name), *arguments], check=True, capture_output=True, env=_environment(), timeout=SECONDS)


def _configured(home: Path, port: int) -> Path:
    """Write the configuration: its own default, with our places."""
    script = HOME / "valhalla" / "valhalla_build_config.py"
    made = subprocess.run([sys.executable, script.name], cwd=script.parent, check=True, capture_output=True, text=True)
    values = json.loads(made.stdout)
    values["mjolnir"] |= {"tile_dir": str(home / "tiles"), "tile_extract": "", "admin": "", "timezone": ""}
    sockets = {name: f"ipc://{home / name}" for name in ("loopback", "interrupt")}
    values["httpd"]["service"] |= {"listen": f"tcp://127.0.0.1:{port}", **sockets}
    for part in ("loki", "thor", "odin", "meili"):
        values[part]["service"]["proxy"] = f"ipc://{home / part}"
    path = home / "valhalla.json"
    path.write_text(json.dumps(values))
    return path


def _wait(port: int, service: subprocess.Popen[bytes]) -> None:
    """Wait until the port answers."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and service.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("Valhalla did not start")
