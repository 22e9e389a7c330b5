"""Simplified and Traditional Chinese, by OpenCC."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

# s2t: OpenCC's own standard; s2tw and s2hk: Taiwan's and Hong Kong's characters; s2twp: Taiwan's words too.
TRADITIONAL_CONFIGS = ("s2t", "s2tw", "s2twp", "s2hk")
# One Han character, for a regular expression.
HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


def to_traditional(text: str, config: str = "s2t") -> str:
    """Write Simplified Chinese in Traditional characters; markup and other scripts stay as they are.

    Raises ValueError for a config that is none of TRADITIONAL_CONFIGS.
    """
    # OpenCC would take any other value for the path of a file.
    if config not in TRADITIONAL_CONFIGS:
        raise ValueError(f"繁体转换方案“{config}”不存在，可用：{'、'.join(TRADITIONAL_CONFIGS)}。")
    return _convert(text, config)


def to_simplified(text: str) -> str:
    """Write Traditional Chinese in Simplified characters."""
    return _convert(text, "t2s")


@cache
def _converter(config: str) -> OpenCC:
    # Loading takes milliseconds and the converter is never changed, so all threads share one.
    return OpenCC(config)


def _convert(text: str, config: str) -> str:
    # OpenCC takes UTF-8, which knows no half of a surrogate pair, and some of its configs stop at a NUL.
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    return "\0".join(_converter(config).convert(part) for part in encodable.split("\0"))
