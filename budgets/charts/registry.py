"""The charts of a disclosure's page by their name in addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from budgets.charts import agency, change, execution, flow, functions, three_public, trend
from budgets.sections.page import DisclosurePage

Figure = dict[str, Any]
CHARTS: Final[dict[str, Callable[[DisclosurePage], Figure | None]]] = {
    "flow": flow.build_flow,
    "functions": functions.build_functions,
    "economic": functions.build_economic,
    "three-public": three_public.build_three_public,
    "change": change.build_change,
    "trend": trend.build_trend,
    "execution": execution.build_execution,
    "agency": agency.build_agency,
}
