"""What the entries of the audit log are called."""

from django.utils.translation import gettext_lazy as _

EVENT_KINDS = {
    "received": _("收到"),
    "read": _("读取完成"),
    "refused": _("无法读取"),
    "corrected": _("更正"),
    "undone": _("撤销更正"),
    "explained": _("公开说明"),
    "head": _("确认部门和年度"),
    "approved": _("审核通过"),
    "returned": _("退回"),
    "published": _("发布"),
    "withdrawn": _("撤回"),
    "discarded": _("作废"),
    "taken_down": _("撤下原件"),
    "answered": _("答复来信"),
    "renamed": _("部门更名"),
    "merged": _("部门合并"),
    "department": _("建立部门"),
    "expected": _("应公开清单"),
    "retried": _("重新读取"),
    "joined": _("与另一份合并发布"),
}
"""Kind of event → what it is called."""
