"""Rules on money: do cost indicators, the objective and the project's amount agree?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from performance.quality.promise import FACTORS, Found, Pledge, Promise

_TOTAL_COST = re.compile(
    r"(项目|预算|年度|本年|资金|经费)*(总成本|总支出|总费用|总投入|总经费|成本控制数?|预算控制(数|成本|额)?|控制数|支出控制数?|资金总额|预算总额|"
    r"实际支出不超预算|支出不超过(项目)?预算|经费总额|总额|总预算|总支出控制数|资金|合同尾款)\Z"
)
_PER_PIECE = re.compile(
    r"人均|每人|单人|单位成本|单价|单套|单件|单次|每[一]?(套|件|次|份|人|个|户|台|平方米|月|天|辆|期|场)|标准\Z"
)
_APPLIED = re.compile(
    r"(申请|测算|安排)[^，。；,;（(]{0,30}?(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)"
)
_MONEY = re.compile(r"(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)(?!/|每)")
_PIECE_UNIT = re.compile(r"元\s*/\s*(?P<piece>\w{1,4})\Z")
_MOST_AMOUNTS = 12


def whole_budget_per_head(promise: Promise) -> Found:
    """Find a cost "per head" that is the project's whole amount (domain.md F-07: 4000 元 of 0.40 万元)."""
    for index, one in enumerate(promise.pledges):
        if promise.yuan and one.yuan == promise.yuan and _PER_PIECE.search(one.name):
            yield (
                (index,),
                f"“{one.printed()}”正好是整个项目的预算。人均（单位）成本怎么会等于总额？",
                (
                    f"“{one.printed()}” is exactly the whole budget of the project. How can the cost of "
                    "one be the total?"
                ),
            )


def cost_differs(promise: Promise) -> Found:
    """Find a cost indicator that exceeds the project's amount, or is for the whole project and differs."""
    if not promise.yuan or promise.kind == "department":
        return
    costs = [(index, one) for index, one in enumerate(promise.pledges) if _is_cost(one)]
    if sum(one.yuan or 0 for _, one in costs) == promise.yuan:
        return
    wan = _wan(promise.yuan)
    for index, one in costs:
        apart = (one.yuan or Decimal(0)) - promise.yuan
        if apart > _tolerance(one, promise):
            yield (
                (index,),
                f"成本指标“{one.printed()}”高于整个项目的金额 {wan} 万元。是几年合同的总价，还是上限写错了？",
                (
                    f"The cost indicator “{one.printed()}” is more than the whole project, {wan} wan yuan. "
                    "Is it the price of a contract over several years, or a mistaken ceiling?"
                ),
            )
        elif -apart > _tolerance(one, promise) and _TOTAL_COST.match(one.name):
            yield (
                (index,),
                f"成本指标“{one.printed()}”与项目金额 {wan} 万元不一致。以哪个为准？",
                (
                    f"The cost indicator “{one.printed()}” is not the project's amount, {wan} wan yuan. "
                    "Which one holds?"
                ),
            )


def _is_cost(one: Pledge) -> bool:
    cost = one.type == "cost" or one.dimension == "cost"
    return cost and one.yuan is not None and not _PER_PIECE.search(one.name)


def _tolerance(one: Pledge, promise: Promise) -> Decimal:
    """Return how far a copy may lie off: one unit of the coarser printed place (domain.md §4.4)."""
    places = len(one.target.rpartition(".")[2]) if "." in one.target else 0
    own = Decimal(1).scaleb(-places) * FACTORS.get(one.unit, Decimal(1))
    return max(own, promise.step)


def goal_amount_differs(promise: Promise) -> Found:
    """Find an amount applied for in the objective that is not the project's amount (domain.md F-03).

    Only an amount behind 申请, 测算 or 安排 counts, and a sum of amounts of the text that makes the
    project's amount is a match (F-04: 12.44 + 21.40 + 13.00 = 46.84).
    """
    if not promise.yuan:
        return
    applied = [_yuan(found) for found in _APPLIED.finditer(promise.objective)]
    if not applied:
        return
    named = [_yuan(found) for found in _MONEY.finditer(promise.objective)][:_MOST_AMOUNTS]
    tolerance = max(promise.step, Decimal(100))
    if any(abs(value - promise.yuan) <= tolerance for value in named) or _some_sum(
        named, promise.yuan, tolerance
    ):
        return
    first = next(_APPLIED.finditer(promise.objective))
    yield (
        (),
        f"绩效目标写“{first.group(0)}”，项目金额却是 {_wan(promise.yuan)} 万元。差额从何而来？",
        (
            f"The objective says “{first.group(0)}” but the project's amount is {_wan(promise.yuan)} wan yuan. "
            "Where does the difference come from?"
        ),
    )


def _yuan(found: re.Match[str]) -> Decimal:
    return Decimal(found["value"].replace(",", "")) * FACTORS[found["unit"]]


def _some_sum(values: Sequence[Decimal], total: Decimal, tolerance: Decimal) -> bool:
    """Return whether some of the amounts make the total."""
    return any(
        abs(sum(chosen) - total) <= tolerance
        for size in range(2, len(values) + 1)
        for chosen in combinations(values, size)
    )


def quantity_times_cost(promise: Promise) -> Found:
    """Find a number of pieces and a cost of one piece that do not make the amount (服装, domain.md §2.4).

    Only where the project has exactly one of each, in the same piece: 50 套 and 1000 元 a 套.
    """
    if not promise.yuan or promise.kind == "department":
        return
    costs = [(index, one, _piece(one)) for index, one in enumerate(promise.pledges) if _piece(one)]
    if len(costs) != 1:
        return
    at, cost, piece = costs[0]
    counted = [
        (index, one)
        for index, one in enumerate(promise.pledges)
        if one.type == "quantity" and one.unit == piece and one.value and _of_the_same(one.name, cost.name)
    ]
    if len(counted) != 1 or cost.value is None:
        return
    number, quantity = counted[0]
    product = (quantity.value or Decimal(0)) * cost.value * _factor(cost)
    if abs(product - promise.yuan) > promise.yuan / 20:
        yield (
            (number, at),
            (
                f"“{quantity.printed()}”乘以“{cost.printed()}”等于 {_wan(product)} 万元，项目金额是 {_wan(promise.yuan)} 万元。"
                "数量、单价还是金额有出入？"
            ),
            (
                f"“{quantity.printed()}” times “{cost.printed()}” makes {_wan(product)} wan yuan, the project's amount is "
                f"{_wan(promise.yuan)}. Is it the number, the price or the amount?"
            ),
        )


def _of_the_same(left: str, right: str) -> bool:
    """Return whether two names share a word: 服装采购数量 and 单套服装成本."""
    pairs = {left[index : index + 2] for index in range(len(left) - 1)} - {"数量", "采购", "成本", "标准"}
    return any(pair in right for pair in pairs)


def _piece(one: Pledge) -> str:
    """Return what a unit cost is the cost of: 套 of 单套服装成本 (元) or of 元/套, empty where it is none."""
    if one.value is None or "元" not in one.unit or not (one.type == "cost" or one.dimension == "cost"):
        return ""
    if found := _PIECE_UNIT.search(one.unit):
        return found["piece"]
    named = re.search(r"(?:单|每)(套|件|份|台|辆|个|户|次|期|场|册|篇)", one.name)
    return named[1] if named and one.unit in FACTORS else ""


def _factor(one: Pledge) -> Decimal:
    return FACTORS.get(one.unit.partition("/")[0].strip(), Decimal(1))


def _wan(yuan: Decimal) -> str:
    return f"{yuan / 10_000:,.2f}"
