"""The closed vocabularies of a draft (``contracts.md`` §2 and §3) in words, as the desk shows them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.words import FUNDS, MEASURES, PHASES, STATEMENTS

Labels = Mapping[str, "str | Promise"]

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
