"""What a parameter may hold: form fields that read one value strictly and say what they expect."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .parameters import Schema

    Choices = Iterable[tuple[str, Any]]

# Enough for every date of ours, and far from the ends of the calendar, where time zones overflow.
YEARS = r"(19|20|21)\d\d"
DAY = rf"{YEARS}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
NUMBER = r"-?\d{1,12}(\.\d{1,6})?"
DEGREES = r"-?\d{1,3}(\.\d{1,8})?"
MOST_VALUES = 50
SHOWN_LENGTH = 50


class Value(forms.Field):
    """One value. Subclasses `read` it, raising ValueError, and say what was `expected`."""

    expected: Any = ""
    pattern = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)

    def to_python(self, value: str | None) -> Any:
        """Read a value; the absent parameter is None."""
        if value in (None, ""):
            return None
        try:
            return self.read(value or "")
        except ValueError:
            shown = value if len(value or "") <= SHOWN_LENGTH else f"{(value or '')[:SHOWN_LENGTH]}…"
            message = _("应为%(expected)s，现为“%(value)s”。")
            raise ValidationError(message % {"expected": self.expected, "value": shown}) from None

    def read(self, text: str) -> Any:
        """Return the value of a text that fits the pattern."""
        if not re.fullmatch(self.pattern, text, flags=re.ASCII):
            raise ValueError(text)
        return text

    @property
    def schema(self) -> Schema:
        """Describe the value (JSON Schema)."""
        return {"type": "string", "pattern": f"^({self.pattern})$"}

    @property
    def vocabulary(self) -> str:
        """Explain the words there are to choose from, if any."""
        return ""


class WholeNumber(Value):
    """An integer between two bounds."""

    def __init__(self, *, minimum: int = 0, maximum: int = 2_147_483_647, expected: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.minimum, self.maximum = minimum, maximum
        said = _("%(minimum)s 到 %(maximum)s 的整数") % {"minimum": minimum, "maximum": maximum}
        self.expected = expected or said

    def read(self, text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,19}", text) or not self.minimum <= int(text) <= self.maximum:
            raise ValueError(text)
        return int(text)

    @property
    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


class ExactNumber(Value):
    """A decimal number, in digits."""

    expected = gettext_lazy("数字")
    pattern = NUMBER

    def read(self, text: str) -> Decimal:
        return Decimal(super().read(text))


class Flag(Value):
    """Yes or no."""

    expected = gettext_lazy("true 或 false")
    pattern = "true|false"

    def read(self, text: str) -> bool:
        return bool(super().read(text) == "true")

    @property
    def schema(self) -> Schema:
        return {"type": "boolean"}


class Code(Value):
    """A code of ours: of an industry, an entry, an organisation."""

    expected = gettext_lazy("代码")
    pattern = r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"


class Cursor(Value):
    """A cursor as a list gave it; only the list itself knows whether it did."""

    expected = gettext_lazy("上一页的 meta.next_cursor")
    pattern = r"[A-Za-z0-9_-]{1,4000}:[A-Za-z0-9_-]{1,100}"


class DivisionCode(Value):
    """The beginning of a division code (GB/T 2260 and below)."""

    expected = gettext_lazy("2 至 12 位行政区划代码")
    pattern = r"[0-9]{2,12}"


class WholeDivisionCode(Value):
    """The whole code of a division."""

    expected = gettext_lazy("6、9 或 12 位行政区划代码")
    pattern = r"[0-9]{6}(?:[0-9]{3}){0,2}"


class Text(Value):
    """Words."""

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.expected = _("不超过 %(longest)s 字的文字") % {"longest": longest}

    def read(self, text: str) -> str:
        if len(text) > self.longest:
            raise ValueError(text)
        return text.strip()

    @property
    def schema(self) -> Schema:
        # A value of blanks only counts as none.
        return {"type": "string", "minLength": 1, "maxLength": self.longest, "pattern": r"\S"}


class Choice(Value):
    """One of a few words."""

    def __init__(self, *, choices: Choices | Callable[[], Choices], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.given = choices

    @property
    def choices(self) -> Choices:
        """Return words and labels, asked for late: templates bring some of them."""
        given = self.given() if callable(self.given) else self.given
        return [(word, label) for word, label in given if word]

    @property
    def words(self) -> list[str]:
        """Return the words."""
        return [word for word, _label in self.choices]

    @property
    def vocabulary(self) -> str:
        return "、".join(f"`{word}` {force_str(label)}" for word, label in self.choices if label)

    @property
    def expected(self) -> Any:
        return _("%(words)s 之一") % {"words": "、".join(self.words)}

    def read(self, text: str) -> str:
        if text not in self.words:
            raise ValueError(text)
        return text

    @property
    def schema(self) -> Schema:
        return {"type": "string", "enum": self.words}


class Day(Value):
    """A day in Beijing."""

    expected = gettext_lazy("日期（例如 2026-11-23）")
    pattern = DAY

    def read(self, text: str) -> date:
        return date.fromisoformat(super().read(text))

    @property
    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": f"^{DAY}$"}


class Moment(Value):
    """A day in Beijing, or a moment with its offset; a day stands for its beginning."""

    expected = gettext_lazy("日期（例如 2026-11-23）或带时区的时间（例如 2026-11-23T08:00:00+08:00）")
    pattern = rf"{DAY}(T{CLOCK})?"

    def read(self, text: str) -> datetime:
        # An unescaped plus sign arrives as a blank.
        text = super().read(text.replace(" ", "+"))
        if "T" not in text:
            return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.min))
        return datetime.fromisoformat(text)


class Box(Value):
    """West, south, east and north of a box, in degrees (WGS-84)."""

    expected = gettext_lazy("“西,南,东,北”四个经纬度（WGS-84），例如 121.3,38.8,121.8,39.1")
    pattern = ",".join([DEGREES] * 4)

    def read(self, text: str) -> tuple[Decimal, ...]:
        west, south, east, north = box = tuple(map(Decimal, super().read(text).split(",")))
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise ValueError(text)
        return box


class ListOf(Value):
    """One or several values, parted by commas: any of them fits."""

    def __init__(self, item: Value, *, most: int = MOST_VALUES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item, self.most = item, most

    def to_python(self, value: str | None) -> list[Any] | None:
        if value in (None, ""):
            return None
        parts = (value or "").split(",")
        if len(parts) > self.most or not all(parts):
            raise ValidationError(_("应为逗号隔开的 1 到 %(most)s 个值，中间不能有空值。") % {"most": self.most})
        return [self.item.to_python(part) for part in parts]

    @property
    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema, "minItems": 1, "maxItems": self.most}

    @property
    def vocabulary(self) -> str:
        return self.item.vocabulary
