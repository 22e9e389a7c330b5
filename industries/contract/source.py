"""What the source of a plugin imports and connects, read from its files and from Django's signals."""

from __future__ import annotations

import ast
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

from django.apps import AppConfig
from django.dispatch import Signal

# A template describes; whoever fetches something is a connector, with a guard of its own.
NETWORK = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "urllib.request", "urllib3"}
# The floors above industries (design 4).
ABOVE = {"cms", "interaction", "supervision", "workflows"}


def forbidden_imports(app: AppConfig) -> Iterator[str]:
    """Yield the places where a plugin imports the network, or a room above it."""
    for file in sorted(Path(app.path).rglob("*.py")):
        if "tests" in file.relative_to(app.path).parts:
            continue
        for line, module in _imports(ast.parse(file.read_text(encoding="utf-8"))):
            if module.split(".")[0] in ABOVE or _within(module, NETWORK):
                yield f"{file.relative_to(app.path)}:{line} imports {module}"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _within(module: str, names: set[str]) -> bool:
    return any(f"{module}.".startswith(f"{name}.") for name in names)


def receivers(app: AppConfig) -> Iterator[str]:
    """Yield the functions of a plugin that listen to any signal."""
    signals = [each for each in gc.get_objects() if issubclass(type(each), Signal)]
    for signal in signals:
        for _key, reference, *_rest in signal.receivers or ():
            receiver = reference() if isinstance(reference, weakref.ReferenceType) else reference
            module = getattr(receiver, "__module__", None) or type(receiver).__module__
            if _within(module, {app.name}):
                yield f"{module}.{getattr(receiver, '__qualname__', receiver)}"
