"""How sentences name measures and statements."""

from __future__ import annotations

MEASURES_EN = {
    "total": "total",
    "basic": "basic",
    "project": "project",
    "personnel": "personnel",
    "operating": "operating",
    "overseas_travel": "overseas travel",
    "vehicle_total": "official vehicles",
    "vehicle_purchase": "vehicle purchase",
    "vehicle_operation": "vehicle operation",
    "official_reception": "official reception",
}
MEASURES_ZH = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "overseas_travel": "因公出国（境）费",
    "vehicle_total": "公务用车购置及运行费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费",
    "official_reception": "公务接待费",
}
STATEMENTS_EN = {
    "department_summary": "Department revenue and expenditure summary",
    "revenue_summary": "Department revenue summary",
    "expenditure_summary": "Department expenditure summary",
    "appropriation_summary": "Fiscal appropriation summary",
    "appropriation_expenditure": "Appropriation expenditure",
    "appropriation_basic": "Appropriation basic expenditure",
    "expenditure_by_function": "General public budget expenditure by function",
    "basic_by_economic": "General public budget basic expenditure by economic classification",
    "three_public": "Three-public expenses",
    "fund_expenditure": "Government fund expenditure",
    "fund_three_public": "Three-public expenses from government funds",
    "state_capital_expenditure": "State capital operations expenditure",
    "project_expenditure": "Project expenditure",
    "basic_expenditure": "Basic expenditure",
    "procurement": "Government procurement",
    "agency_operating": "Agency operating expenses",
    "projects": "Projects",
    "performance": "Performance objectives",
}
FUNDS_EN = {
    "general_public": "general public budget",
    "government_fund": "government funds",
    "state_capital": "state capital operations",
    "special_account": "special account",
    "service": "service revenue",
    "business": "business revenue",
    "superior_subsidy": "subsidy from superior",
    "affiliate": "affiliated units",
    "appropriation": "appropriations",
    "unit_funds": "own funds",
    "surplus": "use of surplus",
    "carried_over": "carried over",
}
