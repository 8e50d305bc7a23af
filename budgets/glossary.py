"""The words of a budget, explained as to a neighbour (``domain.md`` §8 of the study; 预算法 where it defines one)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Term:
    """One word: its name on pages, what it means, and the law or rule that says so."""

    key: str
    name: str | Promise
    text: str | Promise
    source: str | Promise = ""


_TERMS: Final = (
    Term("budget", _("部门预算"), _("一个部门一年打算收多少、花多少的账，经批准后执行。")),
    Term("final_accounts", _("部门决算"), _("一年过完以后，实际收了多少、花了多少的账。")),
    Term(
        "disclosure",
        _("预决算公开"),
        _("部门把批准的预算、决算向社会公布，应在批复后二十日内完成。"),
        _("《预算法》第十四条"),
    ),
    Term("department", _("部门"), _("直接向财政部门编报预算的单位，账里通常合并了它下属的单位。")),
    Term(
        "unit",
        _("单位"),
        _("部门下属、自己编预算的单位；“本级”是部门自身。单位的数已在部门的数里，不能再加一次。"),
    ),
    Term(
        "appropriation",
        _("财政拨款"),
        _("由财政从国库拨给部门的钱，来自一般公共预算、政府性基金预算和国有资本经营预算。"),
    ),
    Term(
        "general_public",
        _("一般公共预算"),
        _("以税收为主的政府日常收支账，用于民生、教育、治安、机关运转等。"),
        _("《预算法》第六条"),
    ),
    Term(
        "government_fund",
        _("政府性基金预算"),
        _("专款专用的账：向特定对象征收，或由出让土地等取得，只能用于规定的用途。"),
        _("《预算法》第九条"),
    ),
    Term(
        "state_capital",
        _("国有资本经营预算"),
        _("国有企业上缴利润等收入，以及由它安排的支出。"),
        _("《预算法》第十条"),
    ),
    Term("special_account", _("财政专户管理资金"), _("如学费等收费，先缴入财政专户，再拨给单位使用。")),
    Term("carried_over", _("上年结转"), _("上一年没有用完、留到今年继续用的钱。")),
    Term("service", _("事业收入"), _("事业单位开展业务取得的收入，如医院的诊疗收入。")),
    Term(
        "basic",
        _("基本支出"),
        _("维持部门日常运转必须花的钱，分为人员经费和公用经费。"),
        _("《预算法实施条例》第五条"),
    ),
    Term(
        "project",
        _("项目支出"),
        _("为完成某件具体的事，在基本支出以外安排的钱。"),
        _("《预算法实施条例》第五条"),
    ),
    Term(
        "personnel",
        _("人员经费"),
        _("工资、津贴、社会保险、住房公积金，以及对个人和家庭的补助。不含用项目资金雇的人。"),
    ),
    Term("operating", _("公用经费"), _("水电、办公、差旅、维修等日常办公的钱。")),
    Term("business", _("经营支出"), _("事业单位在本职业务以外，从事独立核算的经营活动所花的钱。")),
    Term(
        "three_public",
        _("“三公”经费"),
        _("用财政拨款安排的三笔钱：因公出国（境）费、公务用车购置及运行费、公务接待费。"),
    ),
    Term(
        "overseas_travel",
        _("因公出国（境）费"),
        _("公务出国，以及去香港、澳门、台湾的旅费、住宿、伙食、培训等费用。"),
    ),
    Term("vehicle_total", _("公务用车购置及运行费"), _("买公车的钱，加上油费、维修、保险、过路费等。")),
    Term("vehicle_purchase", _("公务用车购置费"), _("购买公务用车的钱，含购置税。")),
    Term("vehicle_operation", _("公务用车运行费"), _("公车的燃料、维修、过路过桥、保险等费用。")),
    Term("official_reception", _("公务接待费"), _("按规定接待来访公务人员的用餐、住宿等费用。")),
    Term(
        "agency_operating",
        _("机关运行经费"),
        _("机关用一般公共预算安排的日常公用经费。各年口径可能不同，口径变了就不能直接比。"),
        _("《预算法》第十四条"),
    ),
    Term(
        "functional", _("支出功能分类"), _("按“做什么事”给支出分类：教育、卫生、住房……分为类、款、项三级。")
    ),
    Term("economic", _("支出经济分类"), _("按“买什么”给支出分类：工资、办公费、设备……分为类、款两级。")),
    Term(
        "class", _("类、款、项"), _("功能分类的三级：类最大（如“教育支出”），款其次，项最细，每级都有编码。")
    ),
    Term("of_which", _("其中"), _("上一行的一部分，只列出来看，不再相加。")),
    Term("approved", _("年初预算"), _("年初经人民代表大会批准后批复的数。")),
    Term("revised", _("调整预算"), _("年中依法追加、调减以后的预算数。")),
    Term("executed", _("决算数"), _("当年实际发生的数。")),
    Term("execution_rate", _("执行率"), _("决算数除以预算数。是按年初预算还是按调整预算算，会标明。")),
    Term("procurement", _("政府采购"), _("用财政性资金按规定购买货物、工程和服务。")),
    Term("performance", _("绩效目标"), _("花这笔钱要达到什么结果，用指标和数值说清楚。")),
    Term("indicator", _("绩效指标"), _("衡量结果的尺子：办多少、办多好、多快、多省，群众满意不满意。")),
    Term("qualitative", _("定性指标"), _("没有数值、只用文字描述的指标，事后较难核对。")),
    Term("execution_weight", _("预算执行率权重"), _("一百分里，按钱花出去的比例来打的分，通常是 10 分。")),
    Term(
        "check",
        _("勾稽核对"),
        _("同一份文件里，合计应等于各项之和，同一个数在几张表里应当一样。我们逐条核对。"),
    ),
    Term("match", _("相符"), _("两边的数完全相等。")),
    Term("rounding", _("舍入差异"), _("两边差一两分、一两个尾数，是四舍五入造成的，不算不符。")),
    Term(
        "mismatch",
        _("不符"),
        _("两边的数不相等，超出四舍五入能解释的范围。原因可能是笔误、口径不同或录入问题。"),
    ),
    Term("undetermined", _("无法判断"), _("缺少其中一个数，或文件没有写明口径，所以不下结论。")),
    Term("blank", _("未填列"), _("原件这一格是空的。空格不等于零。")),
    Term("nominal", _("当年价"), _("没有扣除物价上涨的金额。")),
    Term("revision", _("版本"), _("每次发布都留一份不再改动的记录，更正会成为新的版本。")),
    Term("sha256", _("文件指纹"), _("由文件内容算出的一串字符（SHA-256）。文件改动一个字，指纹就会变。")),
)
TERMS: Final = {term.key: term for term in _TERMS}
