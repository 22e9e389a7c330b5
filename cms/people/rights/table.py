"""Who may do what, for each duty and tier; every answer is read from what decides it, none is written down here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authority import grants
from accounts.models import Duty
from accounts.policies import FOR_NOBODY, OWNED_ACTIONS, PAGE_ACTIONS
from accounts.tiers import Tier, tier_of
from pages import models as page_models
from pages.identity import is_source
from pages.levels import PORTAL_DEPTH, STANDS_UNDER, Level, tier_at
from workflows.models import ApprovalTier
from workflows.routes import candidates

from ..registration.reach import FILLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE_WORDS = {
    "add": gettext_lazy("新建公开信息、公告等页面"),
    "change": gettext_lazy("打开和修改草稿、提交审核"),
    "lock": gettext_lazy("锁定草稿"),
    "unlock": gettext_lazy("解除锁定"),
    "publish": gettext_lazy("直接发布（只有审核全部通过后由系统发布）"),
}
OWNED_WORDS = {
    "add": gettext_lazy("上传图片和文件、新建在线服务项目"),
    "change": gettext_lazy("修改图片、文件、在线服务项目"),
    "delete": gettext_lazy("删除没有使用的图片、文件、在线服务项目"),
    "choose": gettext_lazy("在页面中选用图片、文件、在线服务项目"),
    "view": gettext_lazy("查看图片、文件、在线服务项目"),
}
# What no policy of Wagtail's knows; who may, says the room that asks.
OTHER_WORDS = (
    (gettext_lazy("审批本单位承担的审核级别（不审自己写的、接手的）"), frozenset({Duty.REVIEWER})),
    (gettext_lazy("填报工作信息登记表"), frozenset(FILLING)),
    (gettext_lazy("确认下级的工作信息登记表、发放账号"), frozenset({Duty.ADMINISTRATOR})),
    (gettext_lazy("任命、暂停、调动、免去下级单位的人员，办理移交和请假"), frozenset({Duty.ADMINISTRATOR})),
    (gettext_lazy("查看审计记录"), frozenset({Duty.AUDITOR})),
)
# Page class → level.
CLASSES = {
    name: getattr(page_models, name).level for name in ("CityPortalPage", "DistrictPage", "DepartmentPage", "UnitPage")
}


@dataclass(frozen=True)
class Act:
    """Something one may do, and the duties that may."""

    words: str
    duties: frozenset[str]

    @property
    def cells(self) -> list[bool]:
        """Say of each duty, in their order, whether it may."""
        return [duty in self.duties for duty in Duty.values]


@dataclass(frozen=True)
class Storey:
    """One organisation of a chain."""

    level: Level
    depth: int

    @property
    def tier(self) -> Tier:
        """Return the tier of its people."""
        return tier_at(self.level, self.depth)

    @property
    def words(self) -> str:
        """Name it with its tier."""
        return f"{Level(self.level).label}（{Tier(self.tier).label}）"


@dataclass(frozen=True)
class Chain:
    """A lawful chain, from the portal down; stands in for an organisation when the routes are asked."""

    storeys: tuple[Storey, ...]

    @property
    def chain(self) -> list[Storey]:
        """Return what the routes read of an organisation."""
        return list(self.storeys)

    @property
    def head_of_chain(self) -> Storey:
        """Return the district in four storeys, the portal in three, as the organisation's own property does."""
        return next((each for each in self.storeys if each.level == Level.DISTRICT), self.storeys[0])

    @property
    def superior(self) -> Storey | None:
        """Return the storey above the last."""
        return self.storeys[-2] if len(self.storeys) > 1 else None

    def down_to(self, storey: Storey) -> Chain:
        """Return the chain that ends with a storey."""
        return Chain(self.storeys[: self.storeys.index(storey) + 1])

    @property
    def approvers(self) -> list[Storey]:
        """Return who decides each tier for what the last storey writes, by the routes of approval."""
        return [candidates(self, tier)[0] for tier in ApprovalTier.values]

    @property
    def appointed_by(self) -> tuple[Storey, ...]:
        """Return whose administrators appoint to the last storey: all strictly above."""
        return self.storeys[:-1]

    @property
    def words(self) -> str:
        """Name it."""
        return " › ".join(str(Level(each.level).label) for each in self.storeys)


def acts() -> list[Act]:
    """Return every act with the duties that may."""
    return [*_from_table(PAGE_WORDS, PAGE_ACTIONS), *_from_table(OWNED_WORDS, OWNED_ACTIONS), *_others()]


def _from_table(words: Mapping[str, Any], table: Mapping[str, frozenset[str]]) -> Iterator[Act]:
    known = set().union(*table.values()) | (FOR_NOBODY & words.keys())
    if unnamed := known - words.keys():
        raise LookupError(f"no words for {sorted(unnamed)}")
    for action, said in words.items():
        yield Act(str(said), frozenset(duty for duty, allowed in table.items() if action in allowed - FOR_NOBODY))


def _others() -> Iterator[Act]:
    for said, duties in OTHER_WORDS:
        yield Act(str(said), duties)


def chains() -> list[Chain]:
    """Return the lawful chains down to a unit, the shorter first, from the table of what stands under what."""
    found = [Chain(tuple(Storey(level, PORTAL_DEPTH + n) for n, level in enumerate(way))) for way in _ways("UnitPage")]
    return sorted(found, key=lambda chain: len(chain.storeys))


def _ways(name: str) -> Iterator[list[Level]]:
    """Yield the levels from the portal down to a class."""
    for above in STANDS_UNDER[name]:
        if above == "Page":
            yield [CLASSES[name]]
        elif above in CLASSES:
            yield from ([*way, CLASSES[name]] for way in _ways(above))


def rows_of(chain: Chain) -> list[dict[str, Any]]:
    """Return, storey by storey, who approves what it writes and who appoints its people."""
    return [
        {
            "storey": storey,
            "approvers": chain.down_to(storey).approvers,
            "appointed_by": chain.down_to(storey).appointed_by,
        }
        for storey in chain.storeys
    ]


def mine(user: Any) -> list[dict[str, Any]]:
    """Return what a person may do, appointment by appointment."""
    every = acts()
    return [
        {
            "organisation": grant.page,
            "duty": grant.duty,
            "duty_words": Duty(grant.duty).label,
            "tier": Tier(tier).label if (tier := tier_of(grant.page)) else "",
            "acts": [act.words for act in every if grant.duty in act.duties],
        }
        for grant in grants(user)
        if is_source(grant.page)
    ]


def notes() -> list[str]:
    """Return what holds for everybody."""
    return [
        _("职责从任命的单位起，及于其下全部单位；级别由任命的单位在页面树上的位置推出，不另行设置。"),
        _("写稿的人不能审自己的稿，接手移交的人也不能审接手的稿，系统运维人员同样如此。"),
        _("任何人都不能直接发布，只有审核全部通过后由系统发布被批准的那个版本。"),
        _("某一级没有可审的人，由再上一级审核；没有人能越过上级，也没有人能任命自己或平级、上级单位的人员。"),
        _("系统运维人员管理全部设置和门户的人员，不参与审核和发布。"),
    ]
