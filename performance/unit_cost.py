"""Cost of one unit of service: a project's amount over its own number of people, square metres, sets …

Only where exactly one number of the project says how much is served. Everything else is refused with
the reason; ratios across projects exist only where a person defined one (``ServiceRatio``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from performance.quality.promise import to_number

SERVED: Final = frozenset(
    {
        "人",
        "名",
        "平方米",
        "㎡",
        "m²",
        "户",
        "套",
        "册",
        "辆",
        "床",
        "张床",
        "公里",
        "亩",
        "人次",
        "份",
        "件",
        "台",
    }
)
FEWEST: Final = 10
"""Fewer than this is no measure of service: 2 people employed do not stand for a trading centre."""
_ACTIVITY = re.compile(r"培训|会议|活动|参会|演练|检查|慰问|调研|专家|评委|评审|志愿")


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One quotient: ``yuan`` a ``unit``; ``at_most`` where the number is a lower bound."""

    project: Any
    indicators: tuple[Any, ...]
    """The indicator that gives the number, with others that give the same."""
    number: Decimal
    unit: str
    yuan: Decimal
    at_most: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no quotient is given."""

    project: Any
    reason: str


def find_unit_cost(project: Any, indicators: Sequence[Any]) -> UnitCost | Refusal | None:
    """This will return the cost of one unit of service, why it is refused, or None where no number is promised."""
    counted = [one for one in indicators if one.type == "quantity" and to_number(one.target) is not None]
    if project.yuan is None or project.yuan <= 0 or not counted:
        return None
    served = [one for one in counted if _is_served(one, project.name)]
    if not served:
        return Refusal(project, _("数量指标里没有一项说明服务了多少人、多大面积或多少件。"))
    numbers = {(to_number(one.target), one.unit) for one in served}
    if len(numbers) > 1:
        names = "、".join(f"{one.name} {one.target}{one.unit}" for one in served)
        return Refusal(
            project, _("有几个数量都可以作除数（%(names)s），由哪一个说了算要由人来定。") % {"names": names}
        )
    one = served[0]
    number = to_number(one.target) or Decimal(1)
    cost = (project.yuan / number).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return UnitCost(project, tuple(served), number, one.unit, cost, one.operator in {"ge", "gt"})


def _is_served(one: Any, project: str) -> bool:
    number = to_number(one.target) or Decimal(0)
    beside = _ACTIVITY.search(one.name) and not _ACTIVITY.search(project) and "工会" not in project
    return one.unit in SERVED and number >= FEWEST and one.operator not in {"le", "lt"} and not beside
