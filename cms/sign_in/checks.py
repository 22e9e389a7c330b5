"""Is the door closed? With `check --deploy`; production does not start with an open one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.translation import gettext as _


@register(Tags.security, deploy=True)
def check_door(**kwargs: Any) -> list[CheckMessage]:
    """Name what is off: an error in production, a warning in the demo."""
    is_off = [
        (not settings.SECOND_FACTOR_REQUIRED, 30, _("高级、超级管理员的两步验证没有强制（SECOND_FACTOR_REQUIRED）。")),
        (not settings.PASSWORD_CHANGE_REQUIRED, 31, _("首次登录和到期更改密码没有强制（PASSWORD_CHANGE_REQUIRED）。")),
        (not settings.AXES_ENABLED, 32, _("登录失败不锁定（AXES_ENABLED）。")),
    ]
    idle = settings.SESSION_IDLE_MINUTES
    beyond_the_rules = [
        (not 10 <= idle <= 30, 33, _("空闲退出应在 10～30 分钟之间（SESSION_IDLE_MINUTES）。")),
        (settings.AXES_FAILURE_LIMIT > 5, 34, _("允许的登录失败次数超过 5 次（SIGN_IN_FAILURES）。")),
        (not 0 < settings.PASSWORD_MAX_AGE_DAYS <= 90, 35, _("密码更换周期超过 90 天（PASSWORD_MAX_AGE_DAYS）。")),
    ]
    level, letter = (Error, "E") if settings.IS_PRODUCTION else (Warning, "W")
    messages: list[CheckMessage] = [level(text, id=f"gongkai.{letter}0{no}") for is_so, no, text in is_off if is_so]
    return messages + [Warning(text, id=f"gongkai.W0{no}") for is_so, no, text in beyond_the_rules if is_so]
