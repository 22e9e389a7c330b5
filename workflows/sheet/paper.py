"""A sheet as PDF, by WeasyPrint: slow to load, and no good without Pango and a Chinese font."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

STYLESHEET = settings.BASE_DIR / "static" / "sheet.css"
# Rendering takes about a second: the same sheet is drawn once a day.
KEPT_SECONDS = 24 * 3600


class CannotPrintError(Exception):
    """The server lacks what it takes; the message says what to install."""


def pdf_of(html: str) -> bytes:
    """Draw a sheet, or fetch it when nothing on it has changed. Raises CannotPrintError."""
    style = STYLESHEET.read_text(encoding="utf-8")
    key = f"sheet-pdf:{hashlib.sha256((html + style).encode()).hexdigest()}"
    drawn: bytes | None = cache.get(key)
    if drawn is None:
        drawn = _draw(html, style)
        cache.set(key, drawn, KEPT_SECONDS)
    return drawn


def _draw(html: str, style: str) -> bytes:
    try:
        import weasyprint  # noqa: PLC0415 (takes two seconds and needs Pango)
    except (ImportError, OSError) as error:
        raise CannotPrintError(
            _("服务器没有安装 Pango，不能生成 PDF；请用“打印”，或请运维安装 libpangoft2-1.0-0。")
        ) from error
    if not has_chinese_font():
        raise CannotPrintError(_("服务器没有中文字体，不能生成 PDF；请用“打印”，或请运维安装 fonts-noto-cjk。"))
    page = weasyprint.HTML(string=html, url_fetcher=_refuse, base_url="about:blank")
    drawn: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(string=style)])
    return drawn


def _refuse(url: str, *args: Any, **kwargs: Any) -> Any:
    """Everything is in the sheet itself: nothing is fetched from anywhere."""
    raise ValueError(f"a sheet fetches nothing: {url}")


class _FontSet(ctypes.Structure):
    """FcFontSet of fontconfig."""

    _fields_ = [("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.c_void_p)]


@once
def has_chinese_font() -> bool:
    """Does fontconfig know a font with Chinese in it? Without one Pango draws empty boxes and says nothing."""
    name = ctypes.util.find_library("fontconfig") or "libfontconfig.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return False
    library.FcNameParse.restype = library.FcObjectSetBuild.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcInit()
    pattern = ctypes.c_void_p(library.FcNameParse(b":lang=zh-cn"))
    wanted = ctypes.c_void_p(library.FcObjectSetBuild(b"family", ctypes.c_void_p(None)))
    found = library.FcFontList(None, pattern, wanted)
    return bool(found) and found.contents.count > 0
