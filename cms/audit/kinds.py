"""The words for each kind of event. A kind without words is shown as it is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    # At the door
    "sign_in.signed_in": _("登录"),
    "sign_in.failed": _("登录失败"),
    "sign_in.locked": _("登录被锁定"),
    "sign_in.released": _("解除登录锁定"),
    "sign_in.address_released": _("解除地址锁定"),
    "sign_in.password_accepted": _("密码通过，待第二步验证"),
    "sign_in.signed_out": _("退出登录"),
    "sign_in.timed_out": _("超时退出"),
    "sign_in.password_changed": _("更改密码"),
    "sign_in.password_reset": _("经邮件重设密码"),
    "sign_in.recovery_code_used": _("使用恢复码"),
    "sign_in.recovery_codes_renewed": _("更换恢复码"),
    "sign_in.second_factor_added": _("启用两步验证"),
    "sign_in.second_factor_removed": _("停用两步验证"),
    "sign_in.second_factor_reset": _("重置他人的两步验证"),
    "access.refused": _("越权访问被拒绝"),
    # Accounts and people
    "account.created": _("建立账号"),
    "account.changed": _("更改账号"),
    "account.password_set": _("为他人设置密码"),
    "people.appointed": _("任命"),
    "people.suspended": _("暂停职责"),
    "people.resumed": _("恢复职责"),
    "people.relieved": _("免去职责"),
    "people.handed_over": _("工作交接"),
    "people.leave_set": _("设定请假代理"),
    "people.leave_ended": _("结束请假代理"),
    # Content
    "wagtail.create": _("新建"),
    "wagtail.edit": _("编辑"),
    "wagtail.delete": _("删除"),
    "wagtail.copy": _("复制"),
    "wagtail.move": _("移动"),
    "wagtail.reorder": _("调整顺序"),
    "wagtail.rename": _("改名"),
    "wagtail.revert": _("恢复旧版本"),
    "wagtail.publish": _("公开"),
    "wagtail.unpublish": _("撤下"),
    "wagtail.publish.schedule": _("定时公开"),
    "wagtail.schedule.cancel": _("取消定时公开"),
    "wagtail.publish.scheduled": _("按时公开"),
    "wagtail.unpublish.scheduled": _("到期撤下"),
    "wagtail.lock": _("锁定"),
    "wagtail.unlock": _("解除锁定"),
    "wagtail.view_restriction.create": _("设置访问限制"),
    "wagtail.view_restriction.edit": _("更改访问限制"),
    "wagtail.view_restriction.delete": _("取消访问限制"),
    "wagtail.copy_for_translation": _("建立译文"),
    "wagtail.create_alias": _("建立别名"),
    "wagtail.convert_alias": _("别名转为页面"),
    "wagtail.comments.create": _("批注"),
    "wagtail.comments.edit": _("更改批注"),
    "wagtail.comments.delete": _("删除批注"),
    "wagtail.comments.resolve": _("批注已解决"),
    "wagtail.comments.create_reply": _("回复批注"),
    "wagtail.comments.edit_reply": _("更改批注回复"),
    "wagtail.comments.delete_reply": _("删除批注回复"),
    # Approval
    "wagtail.workflow.start": _("提交审核"),
    "wagtail.workflow.approve": _("审核通过"),
    "wagtail.workflow.reject": _("退回修改"),
    "wagtail.workflow.resume": _("重新提交审核"),
    "wagtail.workflow.cancel": _("撤回审核"),
    "approval.refused": _("审核被拒绝（无权或已处理）"),
    "countersigning.proposed": _("提出须复核的变更"),
    "countersigning.confirmed": _("复核通过"),
    "countersigning.refused": _("复核不通过"),
    "countersigning.withdrawn": _("撤回变更"),
    "countersigning.stale": _("变更已失效"),
    # Data in and out
    "import.done": _("从表格导入"),
    "export.downloaded": _("导出、下载"),
    # Commands
    "city.loaded": _("载入城市包"),
    "unit.type_changed": _("更改单位页面类型"),
    "industry.retired": _("停用行业模板"),
    # The audit itself
    "audit.verified": _("核对审计链"),
    "audit.purged": _("清理过期审计"),
}

CHANNELS = {"web": _("后台网页"), "api": _("接口"), "command": _("命令行"), "worker": _("后台任务")}

# What the keys of before, after and details mean.
FIELDS: dict[str, Any] = {
    "since": _("起任日期"),
    "until": _("止任日期"),
    "is_suspended": _("暂停"),
    "duty": _("职责"),
    "username": _("用户名"),
    "first_name": _("姓名"),
    "last_name": _("姓"),
    "email": _("邮箱"),
    "is_active": _("启用"),
    "is_staff": _("Django 后台"),
    "is_superuser": _("系统运维（超级用户）"),
    "title": _("标题"),
    "id": _("编号"),
    "type": _("页面类型"),
    "revision": _("版本编号"),
    "method": _("请求方式"),
    "query": _("筛选条件"),
    "file": _("文件"),
    "pages": _("条数"),
    "submitted": _("同时提交审核"),
    "comment": _("意见"),
    "reason": _("理由"),
    "details": _("详情"),
    "step": _("步骤"),
    "by": _("方式"),
    "minutes": _("分钟"),
    "sequence": _("序号"),
    "digest": _("摘要"),
    "links": _("核对的事件数"),
    "problem": _("断点"),
    "events": _("事件数"),
    "happened_before": _("清理此前的事件"),
    "folder": _("文件夹"),
    "created": _("新建"),
    "updated": _("更新"),
    "moved": _("移动"),
    "template": _("行业模板"),
    "units": _("单位数"),
    "deputy": _("代理人用户名"),
    "deputy_name": _("代理人"),
    "taker": _("接收人用户名"),
    "taker_name": _("接收人"),
}


def words_for(kind: str) -> str:
    """Return what a kind is called."""
    return str(KINDS.get(kind, kind))
