"""Two figures that should agree: outcome, tolerance, sentence.

Tolerance (contracts 2, domain study 4.4): amounts are rounded cell by cell, so a sum of *n*
printed cells may stray from a printed total by ``u × max(1, ⌈(n + 1) / 2⌉)``, where ``u`` is one
unit of the last printed decimal place; a figure copied from one table to another by ``u``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from intake.parsing.draft import Finding, Outcome, Severity
from intake.parsing.tables import Place

ZERO = Decimal(0)
FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
UNITS_EN = {
    "分": "points",
    "元": "yuan",
    "千元": "thousand yuan",
    "万元": "10,000 yuan",
    "亿元": "100 million yuan",
}
MAX_PLACES = 24

Relation = Literal["eq", "ge"]


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of an identity. ``value`` None: not printed. ``count``: its non-blank summands."""

    value: Decimal | None
    unit: str | None
    step: Decimal
    label: str
    label_en: str
    places: tuple[Place, ...] = ()
    table: int | None = None
    count: int = 1
    is_sum: bool = False
    is_text: bool = False
    """Words of a sentence, which may round on purpose (“约 20 万元”) and drop trailing zeros."""
    blank: bool = False
    """The place is blank and counts as 0 among printed figures."""


def add_up(
    parts: list[Operand], *, label: str, label_en: str, unit: str | None = None, signs: tuple[int, ...] = ()
) -> Operand:
    """Return the sum of the printed parts, as one operand in the unit of the first.

    ``signs`` (+1 or -1 each) for differences. The value is None when no part is printed.
    """
    unit = unit or (parts[0].unit if parts else None)
    total, count = ZERO, 0
    for part, sign in zip(parts, signs or (1,) * len(parts), strict=True):
        if part.value is not None:
            total += sign * _in_unit(part.value, source=part.unit, target=unit)
            count += part.count
    places = tuple(place for part in parts for place in part.places)
    steps = [_in_unit(part.step, source=part.unit, target=unit) for part in parts]
    return Operand(
        value=total if count else None,
        unit=unit,
        step=max(steps, default=Decimal("0.01")),
        label=label,
        label_en=label_en,
        places=places,
        table=parts[0].table if parts else None,
        count=max(count, 1),
        is_sum=True,
    )


def get_tolerance(left: Operand, right: Operand) -> Decimal:
    """Return how far apart the two may be by rounding alone, in the unit of the left one."""
    source = _in_unit(right.step, source=right.unit, target=left.unit)
    step = max(left.step, source)
    if left.unit != right.unit:
        return step / 2 + min(left.step, source)
    if not (left.is_sum or right.is_sum):
        finer = min(left.step, source)
        rounded = (left.is_text or right.is_text) and finer < step
        return step / 2 + finer if rounded else step
    summands = (left.count if left.is_sum else 0) + (right.count if right.is_sum else 0)
    return step * max(1, -(-(summands + 1) // 2))


def compare(
    left: Operand,
    right: Operand,
    *,
    check: str,
    rule: tuple[str, str],
    severity: Severity = "error",
    relation: Relation = "eq",
) -> Finding:
    """Return what a comparison says. ``rule`` is why the two should agree, in Chinese and English.

    A side that prints nothing counts as zero only against another blank; the caller decides what
    a blank among printed figures means (``count_blank_as_zero``).
    """
    if left.unit != right.unit and (left.unit not in FACTORS or right.unit not in FACTORS):
        return undetermined(
            left,
            right,
            check=check,
            reason=(
                "有一处没有印出金额单位，无法比较",
                "one of the two prints no unit, so they cannot be compared",
            ),
        )
    if (left.value is None) != (right.value is None):
        blank = left if left.value is None else right
        return undetermined(
            left, right, check=check, reason=(f"{blank.label}未填列", f"{blank.label_en} is blank")
        )
    tolerance = get_tolerance(left, right)
    if left.value is None or right.value is None:
        return _finding(
            left, right, check=check, outcome="match", severity="info", tolerance=tolerance, rule=rule
        )
    difference = left.value - _in_unit(right.value, source=right.unit, target=left.unit)
    outcome: Outcome = "match"
    if difference != 0 and not (relation == "ge" and difference > 0):
        outcome = "rounding" if abs(difference) <= tolerance else "mismatch"
    return _finding(
        left,
        right,
        check=check,
        outcome=outcome,
        severity=severity if outcome == "mismatch" else "info",
        difference=difference,
        tolerance=tolerance,
        rule=rule,
        relation=relation,
    )


def count_blank_as_zero(operand: Operand) -> Operand:
    """Return the operand with 0 for a blank: right where its row prints other figures."""
    return operand if operand.value is not None else replace(operand, value=ZERO, blank=True)


def undetermined(
    left: Operand,
    right: Operand | None,
    *,
    check: str,
    reason: tuple[str, str],
    severity: Severity = "info",
    hint: bool = False,
) -> Finding:
    """Return "cannot be judged" with its reason; a ``hint`` says its reason only."""
    other = "" if right is None else f"与{right.label}"
    other_en = "" if right is None else f" against {right.label_en}"
    return Finding(
        check=check,
        outcome="undetermined",
        severity=severity,
        message=f"{_where(left)}{left.label}{other}：{'' if hint else '无法判断，'}{reason[0]}。",
        message_en=f"{_where_en(left)}{left.label_en}{other_en}: {'' if hint else 'cannot be judged, '}{reason[1]}.",
        left=left.value,
        right=None if right is None else right.value,
        places=left.places[:2] + (() if right is None else right.places[:2]),
        tables=tuple(o.table for o in (left, right) if o is not None and o.table is not None),
        unit=left.unit,
    )


def write_amount(value: Decimal | None, unit: str | None) -> str:
    """Return an amount for a sentence: grouped digits and its unit; 未填列 where there is none."""
    return "未填列" if value is None else f"{value:,f} {unit or ''}".rstrip()


def write_amount_en(value: Decimal | None, unit: str | None) -> str:
    """Return an amount for an English sentence."""
    return "blank" if value is None else f"{value:,f} ({UNITS_EN.get(unit or '', unit or 'no unit')})"


def write_place(place: Place) -> str:
    """Return where something stands, in Chinese words, as “第12页第7行”."""
    if place.sheet:
        return f"工作表“{place.sheet}”" + (f"第{place.row}行" if place.row else "")
    page = f"第{place.page}页" if place.page else ""
    if place.line:
        return f"原文第{place.line}行"
    return page + (f"第{place.row}行" if place.row else "")


def write_place_en(place: Place) -> str:
    """Return where something stands, in English words."""
    if place.sheet:
        return f"sheet “{place.sheet}”" + (f" row {place.row}" if place.row else "")
    if place.line:
        return f"line {place.line} of the text"
    row = f"row {place.row}" if place.row else ""
    return " ".join(part for part in (f"page {place.page}" if place.page else "", row) if part)


def _finding(
    left: Operand,
    right: Operand,
    *,
    check: str,
    outcome: Outcome,
    severity: Severity,
    tolerance: Decimal,
    rule: tuple[str, str],
    difference: Decimal | None = None,
    relation: Relation = "eq",
) -> Finding:
    message, message_en = _sentence(
        left, right, outcome=outcome, difference=difference, tolerance=tolerance, rule=rule, relation=relation
    )
    if outcome == "match" and len(right.places) > 2:
        places = left.places[:1] + right.places[:1] + right.places[-1:]
    else:
        places = (left.places + right.places)[:MAX_PLACES]
    tables = tuple(dict.fromkeys(o.table for o in (left, right) if o.table is not None))
    return Finding(
        check=check,
        outcome=outcome,
        severity=severity,
        message=message,
        message_en=message_en,
        left=None if left.blank else left.value,
        right=_as_printed(right, unit=left.unit),
        difference=ZERO if outcome == "match" and difference is None else difference,
        tolerance=tolerance,
        places=places,
        tables=tables,
        unit=left.unit,
    )


def _as_printed(operand: Operand, *, unit: str | None) -> Decimal | None:
    if operand.value is None or operand.blank:
        return None
    return _in_unit(operand.value, source=operand.unit, target=unit)


def _sentence(
    left: Operand,
    right: Operand,
    *,
    outcome: Outcome,
    difference: Decimal | None,
    tolerance: Decimal,
    rule: tuple[str, str],
    relation: Relation,
) -> tuple[str, str]:
    a, a_en = _write_operand(left)
    b, b_en = _write_operand(right)
    head, head_en = f"{_where(left)}{left.label} {a}", f"{_where_en(left)}{left.label_en} {a_en}"
    if outcome == "match":
        if left.value is None or (left.blank and right.blank):
            return (
                f"{_where(left)}{left.label}与{right.label}均未填列。",
                f"{_where_en(left)}{left.label_en} and {right.label_en} are both blank.",
            )
        sign = "＝" if not difference else "≥"
        return (
            f"{head} {sign} {right.label} {b}，相符。",
            f"{head_en} {sign} {right.label_en} {b_en}: as it should be.",
        )
    gap = write_amount(abs(difference or ZERO), left.unit)
    gap_en = write_amount_en(abs(difference or ZERO), left.unit)
    if outcome == "rounding":
        return (
            f"{head}，{right.label} {b}，相差 {gap}，在四舍五入的允许误差 {tolerance:f} 之内。",
            f"{head_en}, {right.label_en} {b_en}: {gap_en} apart, within the rounding tolerance {tolerance:f}.",
        )
    needed = "不应小于" if relation == "ge" else "应等于"
    needed_en = "should not be less than" if relation == "ge" else "should equal"
    return (
        f"{head}，{right.label} {b}，相差 {gap}。{rule[0]}，前者{needed}后者（允许误差 {tolerance:f}）。"
        "请对照原件核对这两处；公布的数字照原样保留。",
        f"{head_en}, {right.label_en} {b_en}: {gap_en} apart. {rule[1][:1].upper()}{rule[1][1:]}, so the first {needed_en} the second "
        f"(tolerance {tolerance:f}). Please look at both places in the document; figures stay as published.",
    )


def _write_operand(operand: Operand) -> tuple[str, str]:
    if operand.blank:
        return "未填列（按 0 计）", "blank (counted as 0)"
    return write_amount(operand.value, operand.unit), write_amount_en(operand.value, operand.unit)


def _where(operand: Operand) -> str:
    place = write_place(operand.places[0]) if operand.places else ""
    return f"{place}，" if place else ""


def _where_en(operand: Operand) -> str:
    place = write_place_en(operand.places[0]) if operand.places else ""
    return f"{place[0].upper()}{place[1:]}: " if place else ""


def _in_unit(value: Decimal, *, source: str | None, target: str | None) -> Decimal:
    if source == target or source not in FACTORS or target not in FACTORS:
        return value
    return value * FACTORS[source] / FACTORS[target]
