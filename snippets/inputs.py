"""What a service asks of the public: declared inputs, and the form built from them.

The formats are a list, not patterns that clerks write: each can be explained, translated and read in a bounded time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from blocks.base import RecordBlock
from blocks.sealed import SealingStreamBlock, stream_error

MOST_INPUTS = 12
LONGEST = 100


@dataclass(frozen=True)
class Format:
    """How something is written: a pattern, its words, and the keyboard of a phone."""

    label: Any
    pattern: str
    sentence: Any
    keyboard: str = "text"


FORMATS = {
    "text": Format(gettext_lazy("文字"), r".+", gettext_lazy("请填写文字。")),
    "digits": Format(gettext_lazy("数字"), r"[0-9]+", gettext_lazy("只能是数字，中间不留空格。"), "numeric"),
    "code": Format(
        gettext_lazy("字母和数字"), r"[0-9A-Za-z\-]+", gettext_lazy("只能是字母、数字和连字符，中间不留空格。")
    ),
    "phone": Format(
        gettext_lazy("电话号码"), r"[0-9+][0-9\-]{4,19}", gettext_lazy("应为电话号码，例如 0411-12345678。"), "tel"
    ),
    "day": Format(
        gettext_lazy("日期"), r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", gettext_lazy("应为日期，例如 2026-11-23。")
    ),
}


class InputBlock(RecordBlock):
    """One input."""

    label = blocks.CharBlock(label=gettext_lazy("名称"), max_length=40, help_text=gettext_lazy("例如：用户号"))
    # No words: it stays the same in every language (wagtail-localize takes CharBlocks only).
    name = blocks.RegexBlock(
        label=gettext_lazy("代号"),
        regex=r"^[a-z][a-z0-9_]{0,31}$",
        help_text=gettext_lazy("提供单位的接口里的名称：小写字母、数字、下划线，例如 account。"),
        error_messages={"invalid": gettext_lazy("代号以小写字母开头，只用小写字母、数字和下划线，至多 32 个字符。")},
    )
    format = blocks.ChoiceBlock(
        label=gettext_lazy("格式"),
        choices=[(code, each.label) for code, each in FORMATS.items()],
        default="text",
    )
    shortest = blocks.IntegerBlock(label=gettext_lazy("最少几个字符"), min_value=1, max_value=LONGEST, default=1)
    longest = blocks.IntegerBlock(label=gettext_lazy("最多几个字符"), min_value=1, max_value=LONGEST, default=20)
    help = blocks.CharBlock(
        label=gettext_lazy("填写说明"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("在哪里找到它，例如：印在账单左上角。"),
    )
    personal = blocks.BooleanBlock(label=gettext_lazy("是个人信息"), required=False, default=True)

    def contradictions(self, value: Any) -> dict[str, str]:
        """Refuse a length that nothing has."""
        if (value.get("shortest") or 1) > (value.get("longest") or LONGEST):
            return {"longest": _("不能小于“最少几个字符”。")}
        return {}

    class Meta:
        label = gettext_lazy("录入项")
        icon = "edit"


class InputsBlock(SealingStreamBlock):
    """What is asked, in the order of the form."""

    input = InputBlock()

    def clean(self, value: Any) -> Any:
        """Refuse two of a name."""
        cleaned = super().clean(value)
        names = [child.value["name"] for child in cleaned if child.block_type == "input"]
        if twice := sorted({name for name in names if name and names.count(name) > 1}):
            raise stream_error(_("代号“%(name)s”用了两次，每个录入项的代号须不同。") % {"name": twice[0]})
        return cleaned

    class Meta:
        required = False
        max_num = MOST_INPUTS


def declared(item: Any) -> list[Any]:
    """Return the values of the inputs that an item declares; what is no input any more is left out."""
    return [child.value for child in item.inputs if child.block_type == "input" and child.value["name"]]


def asks_personal_data(item: Any) -> bool:
    """Does any of the declared inputs hold personal data?"""
    return any(each["personal"] for each in declared(item))


class InputField(forms.CharField):
    """Reads one input, and says by its name what is wrong with it."""

    def __init__(self, declared: Any) -> None:
        self.declared, self.shape = declared, FORMATS.get(declared["format"], FORMATS["text"])
        label, longest = declared["label"], declared["longest"] or LONGEST
        super().__init__(
            label=label,
            help_text=declared["help"] or "",
            max_length=longest,
            min_length=declared["shortest"] or 1,
            error_messages={
                "required": _("请填写“%(label)s”。") % {"label": label},
                "max_length": _("“%(label)s”至多 %(number)d 个字符。") % {"label": label, "number": longest},
                "min_length": _("“%(label)s”至少 %(number)d 个字符。")
                % {"label": label, "number": declared["shortest"] or 1},
                "null_characters_not_allowed": _("“%(label)s”里有不能用的字符。") % {"label": label},
            },
            widget=forms.TextInput(
                # Nothing personal is offered to whoever uses the same computer next.
                attrs={"class": "input", "autocomplete": "off", "inputmode": self.shape.keyboard, "spellcheck": "false"}
            ),
        )

    def clean(self, value: Any) -> str:
        """Read it; full-width digits are what a Chinese keyboard writes."""
        text: str = super().clean(value.translate(HALF_WIDTH) if isinstance(value, str) else value)
        if text and not re.fullmatch(self.shape.pattern, text, re.ASCII):
            words = {"label": self.declared["label"], "sentence": self.shape.sentence}
            raise ValidationError(_("“%(label)s”%(sentence)s") % words)
        return text


# ０-９ as they come out of a Chinese keyboard.
HALF_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)}


class InputsForm(forms.Form):
    """The form of an item. With `optional`, an empty form is no fault: nothing was chosen."""

    def __init__(self, item: Any, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "in")
        kwargs |= {"empty_permitted": optional, "use_required_attribute": not optional}
        super().__init__(*args, **kwargs)
        self.fields |= {each["name"]: InputField(each) for each in declared(item)}
        self.describe()

    def describe(self) -> None:
        """Tie hints and errors to their fields for screen readers; once more when errors were added."""
        for name, field in self.fields.items():
            bound = f"id_{self.add_prefix(name)}"
            ids = [f"{bound}_hint"] if field.help_text else []
            if self.is_bound and name in self.errors:
                ids.append(f"{bound}_error")
                field.widget.attrs["aria-invalid"] = "true"
            if ids:
                field.widget.attrs["aria-describedby"] = " ".join(ids)
