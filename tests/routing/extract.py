"""A hand-made extract of OpenStreetMap: a grid of streets with Chinese names, written as PBF.

The format (https://wiki.openstreetmap.org/wiki/PBF_Format) is protobuf; what is needed of it fits here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from struct import pack

WEST, SOUTH, STEP, SIZE = 121.60, 38.90, 0.004, 6
# Streets that run east, and avenues that run north.
STREETS = ("中山路", "人民路", "友好路", "天津街", "解放路", "长江路")
AVENUES = ("一德街", "二德街", "三德街", "四德街", "五德街", "六德街")


def corner(east: int, north: int) -> tuple[float, float]:
    """Return where an avenue crosses a street."""
    return WEST + east * STEP, SOUTH + north * STEP


def write_extract(path: Path) -> None:
    """Write the extract."""
    path.write_bytes(_block("OSMHeader", _header()) + _block("OSMData", _data()))


def _header() -> bytes:
    return _text(4, "OsmSchema-V0.6") + _text(16, "gongkai")


def _data() -> bytes:
    words = ["", "highway", "residential", "name", *STREETS, *AVENUES]
    nodes = b"".join(_message(1, _node(_id(x, y), *corner(x, y))) for y in range(SIZE) for x in range(SIZE))
    ways = [(name, [_id(x, row) for x in range(SIZE)]) for row, name in enumerate(STREETS)]
    ways += [(name, [_id(column, y) for y in range(SIZE)]) for column, name in enumerate(AVENUES)]
    written = b"".join(
        _message(3, _way(number, [(1, 2), (3, words.index(name))], refs)) for number, (name, refs) in enumerate(ways, 1)
    )
    table = b"".join(_text(1, word) for word in words)
    return _message(1, table) + _message(2, nodes) + _message(2, written)


def _id(column: int, row: int) -> int:
    return row * SIZE + column + 1


def _node(number: int, longitude: float, latitude: float) -> bytes:
    """Write a node; degrees in units of 100 nanodegrees (the default granularity)."""
    return _signed(1, number) + _signed(8, round(latitude * 1e7)) + _signed(9, round(longitude * 1e7))


def _way(number: int, tags: list[tuple[int, int]], refs: list[int]) -> bytes:
    steps = [refs[0], *(after - before for before, after in pairwise(refs))]
    keys, values = (_packed(map(_varint, column)) for column in zip(*tags, strict=True))
    return (
        _field(1, 0) + _varint(number) + _bytes(2, keys) + _bytes(3, values) + _bytes(8, _packed(map(_zigzag, steps)))
    )


def _block(kind: str, content: bytes) -> bytes:
    blob = _bytes(1, content)
    header = _text(1, kind) + _field(3, 0) + _varint(len(blob))
    return pack(">I", len(header)) + header + blob


def _field(number: int, wire: int) -> bytes:
    return _varint(number << 3 | wire)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _zigzag(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def _signed(number: int, value: int) -> bytes:
    return _field(number, 0) + _zigzag(value)


def _packed(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)


def _bytes(number: int, content: bytes) -> bytes:
    return _field(number, 2) + _varint(len(content)) + content


_message = _bytes


def _text(number: int, text: str) -> bytes:
    return _bytes(number, text.encode())
