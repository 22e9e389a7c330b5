"""站外来源: who else is asked in the joint search. Changed by two people, like all public data without a draft."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .addresses import host_of
from .kinds import SourceKind, choices, kinds

# Nobody waits longer for another.
LONGEST = 2_000


class OutsideSource(models.Model):
    """One source: what it is called, of which kind, where, and how long it has to answer."""

    title = models.CharField(_("名称"), max_length=40, unique=True)
    title_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    code = models.SlugField(
        _("代码"), max_length=40, unique=True, help_text=_("用在地址里，小写字母、数字和短横线，例如 sister。")
    )
    kind = models.CharField(_("类别"), max_length=40, choices=choices)
    address = models.CharField(
        _("地址"),
        max_length=500,
        help_text=_("按类别填写；内部网络的地址须由系统运维放行。填好先用“接通测试”看它答复什么。"),
    )
    about = models.CharField(_("说明"), max_length=80, blank=True, help_text=_("一句话：在那里找得到什么。"))
    about_en = models.CharField(_("英文说明"), max_length=120, blank=True)
    deadline = models.PositiveSmallIntegerField(
        _("最多等多少毫秒"), default=LONGEST, validators=[MinValueValidator(200), MaxValueValidator(LONGEST)]
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=10, help_text=_("小的在前。"))
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("站外来源")
        verbose_name_plural = _("站外来源")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an address that its kind cannot ask."""
        kind = self.source_kind
        if kind is None:
            return
        try:
            kind.check(self.address)
        except ValueError as error:
            raise ValidationError({"address": str(error)}) from error

    @property
    def source_kind(self) -> SourceKind | None:
        """Return its kind; None when the plugin that brought it is gone."""
        return kinds().get(self.kind)

    @property
    def is_asked(self) -> bool:
        """Does the server ask it, rather than lead there?"""
        kind = self.source_kind
        return kind is not None and kind.ask is not None and settings.JOINT_SEARCH_AT_ONCE > 0

    @property
    def host(self) -> str:
        """Return whose server it is."""
        return host_of(self.address)

    @property
    def display_title(self) -> str:
        """Return its name in the language of the reader."""
        return (self.title_en if _is_english() else "") or self.title

    @property
    def display_about(self) -> str:
        """Say what is found there in the language of the reader."""
        return self.about_en if _is_english() else self.about


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
