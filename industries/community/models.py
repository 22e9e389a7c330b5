"""Villages and residents' committees: what their people ask for and no catalogue entry owns."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models import UnitPage
from pages.profiles import count_field, profile_panel


class CommitteeKind(models.TextChoices):
    """组织类型."""

    VILLAGE = "village", _("村民委员会")
    RESIDENTS = "residents", _("居民委员会")


# 村民委员会组织法第十一条、城市居民委员会组织法第八条: five years a term; before 2018 it was three.
TERM_YEARS = range(1, 7)


def _year_field(label: Any) -> models.PositiveSmallIntegerField:
    validators = [MinValueValidator(1980), MaxValueValidator(2100)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=validators)


class CommunityPage(UnitPage):
    """村（居）民委员会. Accounts, decisions and lists of benefits are disclosures, not fields."""

    profile_fields: ClassVar[tuple[str, ...]] = (
        "kind",
        "term",
        "term_from",
        "term_to",
        "members",
        "households",
        "population",
    )

    kind = models.CharField(_("组织类型"), max_length=16, choices=CommitteeKind.choices, blank=True)
    term = count_field(_("届次"), least=1, most=50, help_text=_("第几届。"))
    term_from = _year_field(_("任期起（年）"))
    term_to = _year_field(_("任期止（年）"))
    members = count_field(
        _("委员会成员（人）"), most=30, help_text=_("村民委员会为 3 至 7 人，居民委员会为 5 至 9 人。")
    )
    households = count_field(_("户数（户）"), most=100_000)
    population = count_field(_("人口（人）"), most=500_000)

    content_panels = [*UnitPage.content_panels, profile_panel(_("村（居）情况"), profile_fields)]

    class Meta:
        verbose_name = _("村（居）民委员会")
        verbose_name_plural = _("村（居）民委员会")

    def clean(self) -> None:
        """Refuse a term that ends before it begins, or lasts longer than any law allows."""
        super().clean()
        if self.term_from and self.term_to and (self.term_to - self.term_from) not in TERM_YEARS:
            raise ValidationError({"term_to": _("每届任期五年，“任期止”应在“任期起”之后一至六年内。")})

    def get_term_display(self) -> str:
        """Return the term as people say it: 第十二届 is written 第 12 届."""
        return str(_("第 %(number)s 届") % {"number": self.term})
