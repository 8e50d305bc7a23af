"""Rules on a single indicator: does its target, unit and operator say what its name says?"""

from __future__ import annotations

import re
from decimal import Decimal

from performance.quality.promise import Found, Pledge, Promise, tidy

_DEADLINE = re.compile(r"\d{4}\s*年|\d+\s*月|\d+\s*日|底|前|季度|上半年|下半年")
_SHARE = re.compile(
    r"(?<!频)(?<!效)(?<!功)(?<!速)(?<!辨)(?<!利)(?<!汇)(?<!心)(?<!汛)(率|满意度|比例|占比|百分比)(（[^）]*）|\([^)]*\))?\Z"
)
_SHARE_UNITS = re.compile(r"%|％|‰|百分|比|分|倍|无|[-/—]")
_COUNTED = re.compile(r"(次数|人数|人次|个数|件数|份数|场次|班次|户数|台数|天数)\Z")
_CEILING = re.compile(
    r"科目调整|投诉|事故|差错|超支|故障|违规|违纪|逾期|延误|失误|泄密|上访|信访量|纠纷|问题数|缺陷|中断"
)
_HANDLED = re.compile(
    r"处理|解决|处置|办结|响应|答复|修复|整改|化解|排除|受理|回访|调处|率\Z|时间|次数以内|检查|演练|培训|成本|时长|时限|及时"
)
_MAY_EXCEED = re.compile(
    r"增长|增幅|增加|超额|增收|产值|提升|提高幅度|收入|(?<!按期)(?<!按时)(?<!及时)(?<!任务)完成率|执行率|杠杆|乘数|保值"
)


def qualitative_with_number(promise: Promise) -> Found:
    """Find indicators called 定性 whose target is a number (domain.md F-09)."""
    for index, one in enumerate(promise.pledges):
        if one.operator != "qualitative":
            continue
        if one.value is not None or (one.unit and re.match(r"\d", one.target) and not _is_date(one)):
            yield (
                (index,),
                f"“{one.printed()}”标为定性，却给出了数字。是否应当写成可以衡量的定量指标？",
                (
                    f"“{one.printed()}” is called qualitative but gives a number. Should it be a "
                    "measurable target?"
                ),
            )


def _is_date(one: Pledge) -> bool:
    return bool(_DEADLINE.search(one.target)) and one.unit not in {"年", "月", "天"}


def qualitative_with_unit(promise: Promise) -> Found:
    """Find indicators called 定性 with a unit of measure but no number (domain.md F-15)."""
    for index, one in enumerate(promise.pledges):
        if (
            one.operator == "qualitative"
            and one.unit
            and not re.search(r"\d|其他|其它|无|[-/—]", one.target + one.unit)
        ):
            yield (
                (index,),
                f"“{one.printed()}”有单位“{one.unit}”，却没有数字。目标值是多少？",
                f"“{one.printed()}” has the unit “{one.unit}” but no number. How much is promised?",
            )


def unit_does_not_fit(promise: Promise) -> Found:
    """Find units that cannot belong to the name: a rate in 万元, an area in 元 (domain.md F-08, F-10)."""
    for index, one in enumerate(promise.pledges):
        if one.value is None or not one.unit:
            continue
        name = one.name.strip("。.．、 ")
        rate = _SHARE.search(name) and not _SHARE_UNITS.search(one.unit)
        count = _COUNTED.search(name) and one.unit in {"%", "％"}
        area = name.endswith("面积") and "元" in one.unit
        if rate or count or area:
            yield (
                (index,),
                f"“{one.printed()}”：“{one.name}”为什么以“{one.unit}”计量？名称与单位似乎不相配。",
                (
                    f"“{one.printed()}”: why is “{one.name}” measured in “{one.unit}”? Name and unit do "
                    "not seem to fit."
                ),
            )


def degenerate_bound(promise: Promise) -> Found:
    """Find bounds that can only be met exactly: a share ≥ 100 %, a number ≤ 0 (domain.md F-16)."""
    for index, one in enumerate(promise.pledges):
        value = one.value
        full = one.unit in {"%", "％"} and value == 100 and one.operator in {"ge", "gt"}
        none = value == 0 and one.operator in {"le", "lt"}
        if (full and not _MAY_EXCEED.search(one.name)) or none:
            exact = "100%" if full else f"0{one.unit}"
            yield (
                (index,),
                f"“{one.printed()}”只可能恰好等于 {exact}。写成“= {exact}”是否更清楚？",
                f"“{one.printed()}” can only be exactly {exact}. Would “= {exact}” be clearer?",
            )


def equality_for_ceiling(promise: Promise) -> Found:
    """Find a number to be kept low that is promised as an equality (domain.md F-06)."""
    for index, one in enumerate(promise.pledges):
        value = one.value
        if one.operator != "eq" or value is None or value <= 0 or one.unit in {"%", "％"}:
            continue
        if _CEILING.search(one.name) and not _HANDLED.search(one.name.replace("次数", "")):
            yield (
                (index,),
                f"“{one.printed()}”：少于 {one.target}{one.unit}算不算完成？这里是否应为“≤”？",
                f"“{one.printed()}”: would fewer than {one.target} count as a miss? Was “≤” meant?",
            )


def duplicate_indicators(promise: Promise) -> Found:
    """Find the same indicator twice, its words turned round or not (domain.md F-07)."""
    groups: dict[tuple[str, str, str, str], list[int]] = {}
    for index, one in enumerate(promise.pledges):
        letters = "".join(sorted(re.sub(r"\A指标\d+[:：]?|[\W_]", "", one.name)))
        if letters and one.target and one.target not in {"无", "不适用"}:
            groups.setdefault((letters, one.operator, one.target, one.unit), []).append(index)
    for members in groups.values():
        if len(members) < 2:
            continue
        names = list(dict.fromkeys(promise.pledges[index].printed() for index in members))
        zh, en = "”与“".join(names), "” and “".join(names)
        yield (
            tuple(members),
            f"“{zh}”看来是同一件事，为什么计 {len(members)} 次？",
            f"“{en}” seem to be the same. Why does it count {len(members)} times?",
        )


def weight_concentrated(promise: Promise) -> Found:
    """Find one indicator that carries more than 30 points of 100 (domain.md §2.4: 30 itself is common)."""
    weights = [one.weight or Decimal(0) for one in promise.pledges]
    if len([weight for weight in weights if weight > 0]) < 3 or sum(weights) > 101:
        return
    for index, weight in enumerate(weights):
        if weight > 30:
            name = promise.pledges[index].name
            yield (
                (index,),
                f"“{name}”一项占 {tidy(weight)} 分（合计 {tidy(sum(weights))} 分）。一项指标为什么这么重？",
                (
                    f"“{name}” alone carries {tidy(weight)} of {tidy(sum(weights))} points. Why so much on one "
                    "indicator?"
                ),
            )
