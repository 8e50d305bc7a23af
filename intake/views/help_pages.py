"""Help in place: one short page for each step, and the blank workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from intake import permissions
from intake.views.access import needs, show


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: what the step is for, what to do, what happens then."""

    title: str | Promise
    purpose: str | Promise
    steps: tuple[str | Promise, ...]
    then: str | Promise
    picture: str = ""
    """File name of a screenshot in ``static/images/desk/``."""


PAGES: dict[str, HelpPage] = {
    "upload": HelpPage(
        gettext_lazy("第一步：上传"),
        gettext_lazy("把本部门已经公开（或将要公开）的预算、决算文件交给系统。"),
        (
            gettext_lazy("点“选择文件”，或把文件拖进方框。可以一次放入多个文件，也可以放一个压缩包（zip）。"),
            gettext_lazy("能读取：PDF、Excel、Word、网页、CSV、文本。扫描件没有文字，请换用电子版。"),
            gettext_lazy("按“上传”。每个文件单独排队读取，关掉浏览器也不影响。"),
        ),
        gettext_lazy(
            "同一份文件再次上传时会被认出，不会重复。原件按内容指纹（SHA-256）只保存一份，发布前不公开。"
        ),
        "upload",
    ),
    "progress": HelpPage(
        gettext_lazy("读取进度"),
        gettext_lazy("系统正在逐页读取文件。"),
        (
            gettext_lazy("进度每秒更新一次。可以离开本页，稍后从工作台回来。"),
            gettext_lazy("如果服务器中断，读取会自动重新开始，不会丢失文件。"),
            gettext_lazy("读不了的文件会写明原因和该怎么办。"),
        ),
        gettext_lazy("读完后点文件名，进入审核。"),
        "progress",
    ),
    "review": HelpPage(
        gettext_lazy("第二步：看系统读懂了什么"),
        gettext_lazy("左边是原件，右边是系统读懂的内容，两边一一对应。"),
        (
            gettext_lazy("先确认部门、年度、预算还是决算。"),
            gettext_lazy("再处理“需要处理的问题”：点问题，左边会翻到原件的那一处。"),
            gettext_lazy("点任何数字，左边会框出它在原件中的位置；点左边的框，右边会选中那个数字。"),
            gettext_lazy("读错了，就在“更正”框里填写正确的值和理由。"),
        ),
        gettext_lazy("键盘：用 Tab 或方向键在数字间移动，回车选中。"),
        "review",
    ),
    "corrections": HelpPage(
        gettext_lazy("更正"),
        gettext_lazy("更正只改系统读到的内容，不改原件。原值、新值、谁、何时、为什么都会留下并公开。"),
        (
            gettext_lazy("金额、编码、名称、金额单位、列的含义、部门和年度都可以更正。"),
            gettext_lazy("不该采用的行或表可以写明理由后排除，不会被删除。"),
            gettext_lazy("改错了可以撤销，撤销的记录也会保留。"),
        ),
        gettext_lazy("每次更正后，勾稽关系马上重新核对。"),
        "corrections",
    ),
    "checks": HelpPage(
        gettext_lazy("第三步：勾稽核对"),
        gettext_lazy("系统检查合计是否等于各项之和、各表之间是否一致。同一个原因的不符放在一起。"),
        (
            gettext_lazy("先点“看原件”，判断是系统读错，还是原件本来如此。"),
            gettext_lazy("系统读错的，去更正。"),
            gettext_lazy("原件印刷如此的，写一句公开说明，例如“原件印刷如此，差额为四舍五入”。"),
        ),
        gettext_lazy("不符不会阻止发布：数字照原件公开，不符和您的说明一起显示。"),
        "checks",
    ),
    "differences": HelpPage(
        gettext_lazy("第四步：看差异"),
        gettext_lazy("发布前看清楚：和现在公开的版本相比改了什么，和去年相比变了什么。"),
        (
            gettext_lazy("“与当前公开版本相比”列出每一个新增、删除、改变的单元格。"),
            gettext_lazy("“与上年相比”列出新出现、消失和变动较大的科目，可以调整百分比。"),
        ),
        gettext_lazy("变动很大不一定是错，但读者会问，最好事先知道。"),
        "differences",
    ),
    "publish": HelpPage(
        gettext_lazy("第五步：审核与发布"),
        gettext_lazy("审核的人确认内容，发布的人让公众看到。"),
        (
            gettext_lazy("有必须处理的问题时不能审核通过，页面会逐条说明。"),
            gettext_lazy("审核通过后内容不再变化；需要再改，请先退回。"),
            gettext_lazy("按“发布”后公众立即看到。发布一次成功，不会只发布一半。"),
        ),
        gettext_lazy("每次发布都是一个新版本，旧版本永远可以查看。"),
        "publish",
    ),
    "withdraw": HelpPage(
        gettext_lazy("撤回与撤下"),
        gettext_lazy("发布错了可以撤回；原件含有个人信息可以撤下或换成遮盖后的副本。"),
        (
            gettext_lazy("撤回必须写明公开的理由。上一个版本会自动恢复为当前版本。"),
            gettext_lazy("撤下原件后，公开页面只显示文件指纹和理由，数字仍可查看。"),
        ),
        gettext_lazy("撤回的版本仍可按原地址查看，并标明已撤回。"),
    ),
    "expected": HelpPage(
        gettext_lazy("应公开清单"),
        gettext_lazy("哪些部门应当公开、公开到哪一步了。公众页面上的“已公开 n / N”由此而来。"),
        (
            gettext_lazy("清单可以用 CSV 导入，列为：地区、部门、年度、预算或决算、批复日期。"),
            gettext_lazy("填写了批复日期的，超过 20 日未公开会标为“逾期”（《预算法》第十四条）。"),
        ),
        gettext_lazy("重复导入不会产生重复的行。"),
    ),
    "departments": HelpPage(
        gettext_lazy("部门更名与合并"),
        gettext_lazy("部门会更名、合并、撤销，网页地址和历年数字不能因此断开。"),
        (
            gettext_lazy("更名：旧名称留作别名，旧地址自动转到新地址。"),
            gettext_lazy("合并（机构改革）：原部门和它的年度保留，并指明由谁承接。"),
            gettext_lazy("合并（重复登记）：全部内容移到保留的部门，旧地址自动转到新地址。"),
        ),
        gettext_lazy("所有改动都记入操作记录。"),
    ),
    "security": HelpPage(
        gettext_lazy("两步验证"),
        gettext_lazy("登录时除密码外再输入手机上的验证码，别人拿到密码也登录不了。"),
        (
            gettext_lazy("用手机上的验证器扫描二维码。"),
            gettext_lazy("输入验证器显示的 6 位数字，按“开启”。"),
        ),
        gettext_lazy("连续 5 次登录失败会锁定 30 分钟。手机丢失请找管理员。"),
    ),
}
"""Step → its help page."""


@require_GET
def help_index(request: HttpRequest) -> HttpResponse:
    """List all help pages."""
    return show(request, "intake/help_index.html", {"pages": PAGES}, title=_("使用帮助"))


@require_GET
def help_page(request: HttpRequest, step: str) -> HttpResponse:
    """Show the help of one step."""
    if step not in PAGES:
        raise Http404(step)
    return show(
        request, "intake/help.html", {"page": PAGES[step], "pages": PAGES}, title=str(PAGES[step].title)
    )


@require_GET
@needs(permissions.VIEW)
def blank_workbook(request: HttpRequest) -> HttpResponse:
    """Send the blank workbook with instructions; filled in, it uploads like any other document."""
    from budgets.workbook import write_blank_workbook

    return HttpResponse(
        write_blank_workbook(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="blank-workbook.xlsx"'},
    )
