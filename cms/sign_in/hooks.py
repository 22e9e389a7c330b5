"""Hooks of the door; imported by cms.wagtail_hooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views import account

from .account import LimitedChangePasswordPanel

if TYPE_CHECKING:
    from django.http import HttpRequest

# Wagtail lists this panel itself; there is no setting for it.
account.ChangePasswordPanel = LimitedChangePasswordPanel


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    """Lead to the second factor from the account."""
    return {
        "url": reverse("sign_in:device"),
        "label": _("两步验证"),
        "help_text": _("登录时除密码外再核对手机上的验证码；管理恢复码。"),
    }


@hooks.register("insert_global_admin_js")
def watch_the_session() -> SafeString:
    """Warn before an idle session ends."""
    if not settings.SESSION_IDLE_MINUTES:
        return SafeString("")
    words = {
        "title": _("登录即将结束"),
        "soon": _("很久没有操作，约 {} 分钟后将自动退出登录。"),
        "stay": _("继续工作"),
        "over": _("长时间没有操作，已退出登录。本页的文字还在：请在新窗口登录，再回到这里继续。"),
        "sign_in": _("登录"),
        "done": _("我已登录，继续"),
    }
    return format_html(
        '<script src="{}" data-session="{}" data-login="{}" data-words="{}" defer></script>',
        static("session.js"),
        reverse("sign_in:session"),
        reverse("wagtailadmin_login"),
        json.dumps(words),
    )


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def a_password_set_for_somebody_is_to_be_changed(request: HttpRequest, user: Any) -> None:
    """The operator knows it: it is good for one sign-in."""
    if request.POST.get("password1") and user != request.user:
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
