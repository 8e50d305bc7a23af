"""Names on pages of what the closed vocabularies name (``contracts.md`` §2 and §3 of the promises)."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATEMENTS: Final[dict[str, str | Promise]] = {
    "department_summary": _("部门收支总表"),
    "revenue_summary": _("部门收入总表"),
    "expenditure_summary": _("部门支出总表"),
    "appropriation_summary": _("财政拨款收支总表"),
    "appropriation_expenditure": _("财政拨款支出表"),
    "appropriation_basic": _("财政拨款基本支出表"),
    "expenditure_by_function": _("一般公共预算支出表"),
    "basic_by_economic": _("一般公共预算基本支出表"),
    "expenditure_by_economic": _("支出表（按经济分类）"),
    "basic_expenditure": _("基本支出总表"),
    "project_expenditure": _("项目支出总表"),
    "three_public": _("“三公”经费支出表"),
    "fund_expenditure": _("政府性基金预算支出表"),
    "fund_three_public": _("政府性基金“三公”经费支出表"),
    "state_capital_expenditure": _("国有资本经营预算支出表"),
    "projects": _("项目支出表"),
    "performance": _("项目绩效目标"),
    "department_performance": _("部门整体绩效目标"),
    "procurement": _("政府采购"),
    "purchased_services": _("政府购买服务"),
    "agency_operating": _("机关运行经费"),
    "other": _("其他表"),
}
MEASURES: Final[dict[str, str | Promise]] = {
    "total": _("合计"),
    "basic": _("基本支出"),
    "project": _("项目支出"),
    "personnel": _("人员经费"),
    "operating": _("公用经费"),
    "special_operations": _("专项业务经费"),
    "contingency": _("预留机动"),
    "business": _("经营支出"),
    "superior_remittance": _("上缴上级支出"),
    "affiliate_subsidy": _("对附属单位补助支出"),
    "overseas_travel": _("因公出国（境）费"),
    "vehicle_total": _("公务用车购置及运行费"),
    "vehicle_purchase": _("公务用车购置费"),
    "vehicle_operation": _("公务用车运行费"),
    "official_reception": _("公务接待费"),
    "meetings": _("会议费"),
    "training": _("培训费"),
    "agency_operating": _("机关运行经费"),
    "goods": _("货物"),
    "works": _("工程"),
    "services": _("服务"),
    "change": _("增减"),
    "other": _("其他"),
}
FUNDS: Final[dict[str, str | Promise]] = {
    "all": _("全部资金"),
    "general_public": _("一般公共预算"),
    "government_fund": _("政府性基金预算"),
    "state_capital": _("国有资本经营预算"),
    "special_account": _("财政专户管理资金"),
    "service": _("事业收入"),
    "business": _("经营收入"),
    "superior_subsidy": _("上级补助收入"),
    "affiliate": _("附属单位上缴收入"),
    "other": _("其他收入"),
    "carried_over": _("上年结转"),
}
PHASES: Final[dict[str, str | Promise]] = {
    "approved": _("年初预算"),
    "revised": _("调整预算"),
    "executed": _("决算数"),
}
SIDES: Final[dict[str, str | Promise]] = {"revenue": _("收入"), "expenditure": _("支出")}
