"""Rules that look at all projects of a disclosure, or at last year's results."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from performance.quality.promise import Pledge, Promise, to_number

Across = Iterator[tuple[int, tuple[int, ...], str, str]]
"""Promise position, indicator positions, Chinese, English."""
_MANY = 3
_LOWER_IS_BETTER = frozenset({"le", "lt"})


def boilerplate_objective(promises: Sequence[Promise]) -> Across:
    """Find one objective written for three or more projects of different names."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, promise in enumerate(promises):
        words = re.sub(r"[\W_]", "", promise.objective)
        if len(words) >= 10 and promise.kind == "project":
            groups[words].append(index)
    for members in groups.values():
        if len({promises[index].name for index in members}) >= _MANY:
            for index in members:
                yield (
                    index,
                    (),
                    f"{len(members)} 个项目的绩效目标一字不差。这个项目自己要达到什么？",
                    f"{len(members)} projects have the same objective word for word. What is this one's own?",
                )


def type_varies(promises: Sequence[Promise]) -> Across:
    """Find one indicator (name and target) under different types in one disclosure (domain.md F-06)."""
    places: dict[tuple[str, str, str], list[tuple[int, int, str]]] = defaultdict(list)
    for at, promise in enumerate(promises):
        for index, one in enumerate(promise.pledges):
            if one.type != "other" and promise.kind == "project" and len(one.name) >= 4:
                words = re.sub(r"[\W_]", "", one.name)
                places[words, one.target, one.unit].append((at, index, one.type))
    for members in places.values():
        kinds = [kind for _, _, kind in members]
        if len(set(kinds)) < 2:
            continue
        usual = max(set(kinds), key=lambda kind: (kinds.count(kind), kind))
        for at, index, kind in members:
            if kind != usual:
                name = promises[at].pledges[index].name
                yield (
                    at,
                    (index,),
                    f"“{name}”在这里是{ZH[kind]}，在本部门别处是{ZH[usual]}。它衡量的到底是什么？",
                    f"“{name}” counts as {EN[kind]} here and as {EN[usual]} elsewhere. What does it measure?",
                )


ZH = {
    "quantity": "数量指标",
    "quality": "质量指标",
    "timeliness": "时效指标",
    "cost": "成本指标",
    "economic": "经济效益指标",
    "social": "社会效益指标",
    "ecological": "生态效益指标",
    "sustainability": "可持续影响指标",
    "service_recipients": "满意度指标",
}
EN = {
    "quantity": "quantity",
    "quality": "quality",
    "timeliness": "timeliness",
    "cost": "cost",
    "economic": "economic benefit",
    "social": "social benefit",
    "ecological": "ecological benefit",
    "sustainability": "lasting effect",
    "service_recipients": "satisfaction",
}


def not_raised(promise: Promise, results: Mapping[str, Pledge]) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """Find targets below what was reached the year before.

    ``results`` are last year's indicators of the same project by name, with their results.
    """
    for index, one in enumerate(promise.pledges):
        before = results.get(one.name)
        if before is None or one.value is None or one.operator not in {"ge", "gt", "eq", "le", "lt"}:
            continue
        reached = _reached(before, one)
        if reached is None:
            continue
        lower = one.operator in _LOWER_IS_BETTER
        if (one.value > reached) if lower else (one.value < reached):
            yield (
                (index,),
                f"上年已达到“{before.result}”，今年的目标是“{one.printed()}”。为什么定得更低？",
                (
                    f"Last year reached “{before.result}”, this year's target is “{one.printed()}”. Why "
                    "aim lower?"
                ),
            )


def _reached(before: Pledge, now: Pledge) -> Decimal | None:
    words = before.result.replace("％", "%").strip()
    return to_number(words.removesuffix(now.unit) if now.unit else words)
