"""Invented projects with performance indicators whose weights close at 90 + 10."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Final

Json = dict[str, Any]
TASKS: Final = (
    "系统运行维护",
    "办公场所保障",
    "专项检查",
    "宣传培训",
    "设备购置",
    "信息化建设",
    "民生服务",
    "调查统计",
)
INDICATORS: Final = (
    ("output", "quantity", "完成任务数量", "ge", "件", 20),
    ("output", "quality", "验收合格率", "ge", "%", 10),
    ("output", "timeliness", "按期完成率", "eq", "%", 10),
    ("output", "cost", "成本控制额", "le", "万元", 10),
    ("benefit", "social", "服务覆盖率", "ge", "%", 15),
    ("benefit", "sustainability", "机制健全程度", "qualitative", None, 15),
    ("satisfaction", "service_recipients", "服务对象满意度", "ge", "%", 10),
)


def invent_projects(
    money: Mapping[str, int], *, names: Mapping[str, str], chance: random.Random
) -> list[Json]:
    """This will share the project money of each functional item out over a few projects."""
    projects: list[Json] = []
    for amount in money.values():
        left = amount
        parts = chance.randint(1, 3)
        for part in range(parts, 0, -1):
            share = left if part == 1 else int(left * chance.uniform(0.2, 0.7))
            left -= share
            projects.append(_make_project(len(projects), share, chance=chance))
    return projects


def _make_project(number: int, amount: int, *, chance: random.Random) -> Json:
    place = {"sheet": "项目支出绩效目标表", "row": 4 + number * len(INDICATORS)}
    printed = f"{amount / 100:.2f}"
    name = f"{chance.choice(TASKS)}（虚构{number + 1}）"
    return {
        "place": place,
        "code": f"99000024T{number:012d}",
        "name": name,
        "amount": printed,
        "unit": "万元",
        "execution_weight": "10.00",
        "objective": f"虚构：申请{printed}万元，用于{name}。",
        "objective_place": place,
        "unit_code": None,
        "unit_name": None,
        "indicators": [
            _make_indicator(index, place, printed, chance=chance) for index in range(len(INDICATORS))
        ],
        "kind": "project",
        "parts": [],
        "executed": None,
        "result": None,
        "score": None,
    }


def _make_indicator(index: int, place: Json, amount: str, *, chance: random.Random) -> Json:
    dimension, kind, name, operator, unit, weight = INDICATORS[index]
    target = {
        "%": str(chance.choice([90, 95, 98, 100])),
        "件": str(chance.randint(2, 200)),
        "万元": amount,
    }.get(unit or "", "健全")
    return {
        "place": {**place, "row": place["row"] + index},
        "dimension": dimension,
        "type": kind,
        "name": name,
        "operator": operator,
        "target": target,
        "unit": unit,
        "weight": f"{weight}.00",
        "result": None,
        "score": None,
        "printed": [],
    }
