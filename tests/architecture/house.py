"""The house as it lies on the disk: its rooms, their files, what these say."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE_RULES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def floors() -> list[set[str]]:
    """Return the floors from the roof down, as the linter of imports knows them."""
    layers: list[str] = HOUSE_RULES["contracts"][0]["layers"]
    return [set(re.findall(r"\w+", layer)) for layer in layers]


def rooms() -> set[str]:
    """Return all names on the floors list, built or not."""
    return set().union(*floors())


def packages() -> set[str]:
    """Return the top-level Python packages that exist."""
    return {init.parent.name for init in ROOT.glob("*/__init__.py")}


def sources(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    """Return the Python files of the rooms."""
    folders = sorted(packages() & rooms()) + (["tests"] if tests else [])
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in files if ("migrations" in file.parts) == migrations]


@cache
def tree(file: Path) -> ast.Module:
    """Return a parsed file."""
    return ast.parse(file.read_text())


def classes(file: Path) -> Iterator[ast.ClassDef]:
    """Yield the classes of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef))


def room(file: Path) -> str:
    """Return the room a file lies in."""
    return file.relative_to(ROOT).parts[0]


def imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the import statements of a file or a function."""
    return (part for part in ast.walk(node) if isinstance(part, ast.Import | ast.ImportFrom))


def imported_modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return what an import statement names absolutely."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module or ""} if node.level == 0 else set()


def imported_rooms(node: ast.Import | ast.ImportFrom) -> set[str]:
    """Return the rooms that an import statement names."""
    return {name.split(".")[0] for name in imported_modules(node)} & rooms()


def place(file: Path, line: int | None = None) -> str:
    """Return where something was found, as an editor opens it."""
    return f"{file.relative_to(ROOT)}" + (f":{line}" if line else "")
