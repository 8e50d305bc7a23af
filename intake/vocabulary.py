"""The closed vocabularies of a draft (``contracts.md`` §2 and §3) in words, as the desk shows them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Labels = Mapping[str, "str | Promise"]

STATEMENTS: Labels = {
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
    "fund_three_public": _("政府性基金预算“三公”经费支出表"),
    "state_capital_expenditure": _("国有资本经营预算支出表"),
    "projects": _("项目支出表"),
    "performance": _("项目绩效目标"),
    "department_performance": _("部门整体绩效目标"),
    "procurement": _("政府采购"),
    "purchased_services": _("政府购买服务"),
    "agency_operating": _("机关运行经费"),
    "other": _("其他表"),
}

MEASURES: Labels = {
    "total": _("合计"),
    "basic": _("基本支出"),
    "project": _("项目支出"),
    "personnel": _("人员经费"),
    "operating": _("公用经费"),
    "special_operations": _("专项业务经费"),
    "contingency": _("预留机动经费"),
    "business": _("经营支出"),
    "superior_remittance": _("上缴上级支出"),
    "affiliate_subsidy": _("对附属单位补助支出"),
    "overseas_travel": _("因公出国（境）费用"),
    "vehicle_total": _("公务用车购置及运行费小计"),
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

PHASES: Labels = {
    "approved": _("年初预算数"),
    "revised": _("调整预算数"),
    "executed": _("决算数（执行数）"),
}

FUNDS: Labels = {
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

CARRIED: Labels = {"all": _("全部"), "current": _("当年"), "carried_over": _("结转")}
QUANTITIES: Labels = {"money": _("金额"), "percent": _("百分比"), "count": _("数量")}
ROW_KINDS: Labels = {
    "item": _("明细"),
    "total": _("合计"),
    "subtotal": _("小计"),
    "of_which": _("其中"),
    "unit": _("单位"),
}
SIDES: Labels = {"": _("不分"), "revenue": _("收入"), "expenditure": _("支出")}
STAGES: Labels = {"": _("未写明"), "budget": _("预算"), "final_accounts": _("决算")}
SCOPES: Labels = {"": _("未写明"), "department": _("部门"), "unit": _("单位")}
UNITS: Labels = {
    "": _("未写明"),
    "元": _("元"),
    "千元": _("千元"),
    "万元": _("万元"),
    "百万元": _("百万元"),
    "亿元": _("亿元"),
}
DIMENSIONS: Labels = {
    "output": _("产出指标"),
    "benefit": _("效益指标"),
    "satisfaction": _("满意度指标"),
    "cost": _("成本指标"),
    "other": _("其他"),
}
INDICATOR_TYPES: Labels = {
    "quantity": _("数量"),
    "quality": _("质量"),
    "timeliness": _("时效"),
    "cost": _("成本"),
    "economic": _("经济效益"),
    "social": _("社会效益"),
    "ecological": _("生态效益"),
    "sustainability": _("可持续影响"),
    "service_recipients": _("服务对象满意度"),
    "other": _("其他"),
}
OPERATORS: Labels = {
    "": _("未写明"),
    "eq": "=",
    "ge": "≥",
    "le": "≤",
    "gt": ">",
    "lt": "<",
    "qualitative": _("定性"),
}
SCHEMES: Labels = {
    "functional": _("功能分类编码"),
    "economic_dept": _("部门经济分类编码"),
    "economic_gov": _("政府经济分类编码"),
}

CHOICES: Mapping[str, Labels] = {
    "head/scope": SCOPES,
    "head/stage": STAGES,
    "tables/statement": STATEMENTS,
    "tables/unit": UNITS,
    "tables/columns/measure": MEASURES,
    "tables/columns/phase": PHASES,
    "tables/columns/fund": FUNDS,
    "tables/columns/carried": CARRIED,
    "tables/columns/quantity": QUANTITIES,
    "tables/rows/kind": ROW_KINDS,
    "tables/rows/side": SIDES,
    "projects/unit": UNITS,
    "projects/indicators/dimension": DIMENSIONS,
    "projects/indicators/type": INDICATOR_TYPES,
    "projects/indicators/operator": OPERATORS,
}
"""Correctable field → the values it can take, with their labels."""

FIELD_LABELS: Labels = {
    "head/department": _("部门名称"),
    "head/department_code": _("部门编码"),
    "head/unit": _("单位名称"),
    "head/scope": _("口径"),
    "head/fiscal_year": _("年度"),
    "head/stage": _("预算或决算"),
    "head/published_on": _("公开日期"),
    "tables/statement": _("报表种类"),
    "tables/title": _("表名"),
    "tables/unit": _("金额单位"),
    "tables/declared_empty": _("空表说明"),
    "tables/excluded": _("不采用此表"),
    "tables/columns/measure": _("含义"),
    "tables/columns/year": _("所属年度"),
    "tables/columns/phase": _("预算阶段"),
    "tables/columns/fund": _("资金来源"),
    "tables/columns/carried": _("当年或结转"),
    "tables/columns/quantity": _("数值种类"),
    "tables/rows/name": _("科目名称"),
    "tables/rows/unit_name": _("所属单位"),
    "tables/rows/kind": _("行的种类"),
    "tables/rows/side": _("收入或支出"),
    "tables/rows/code": _("科目编码"),
    "tables/rows/codes": _("科目编码"),
    "tables/rows/figures": _("金额"),
    "tables/rows/excluded": _("不采用此行"),
    "projects/name": _("项目名称"),
    "projects/code": _("项目代码"),
    "projects/amount": _("预算数"),
    "projects/unit": _("金额单位"),
    "projects/execution_weight": _("预算执行率权重"),
    "projects/objective": _("绩效目标"),
    "projects/unit_name": _("所属单位"),
    "projects/excluded": _("不采用此项目"),
    "projects/indicators/name": _("指标名称"),
    "projects/indicators/dimension": _("一级指标"),
    "projects/indicators/type": _("二级指标"),
    "projects/indicators/operator": _("指标性质"),
    "projects/indicators/target": _("指标值"),
    "projects/indicators/unit": _("度量单位"),
    "projects/indicators/weight": _("权重"),
    "projects/indicators/excluded": _("不采用此指标"),
    "problems/settled": _("问题已核实"),
}
"""Correctable field → its name on the desk."""
