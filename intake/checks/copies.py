"""The same quantity in two tables: compared at the total and code by code."""

from __future__ import annotations

from collections.abc import Iterator

from intake.checks.compare import (
    Operand,
    Relation,
    add_up,
    compare,
    count_blank_as_zero,
    get_tolerance,
    undetermined,
)
from intake.checks.sheets import Sheet
from intake.parsing.draft import Column, Finding, Severity


def compare_any(
    left: Operand,
    rights: list[Operand],
    *,
    check: str,
    rule: tuple[str, str],
    severity: Severity = "error",
    relation: Relation = "eq",
) -> Finding:
    """Return the comparison with the first of the lawful counterparts that agrees, else with the first.

    Documents differ in whether a table holds the balance carried over; each counterpart is a full
    reading of the rule, and agreement with one of them is agreement.
    """
    chosen = next((right for right in rights if agree(left, right)), rights[0])
    return compare(
        count_blank_as_zero(left) if chosen.value is not None else left,
        count_blank_as_zero(chosen) if left.value is not None else chosen,
        check=check,
        rule=rule,
        severity=severity,
        relation=relation,
    )


def agree(left: Operand, right: Operand) -> bool:
    """Say whether two printed figures agree within tolerance; blanks agree with blank and zero."""
    if left.value is None or right.value is None:
        return not left.value and not right.value
    difference = left.value - add_up([right], label="", label_en="", unit=left.unit).value  # type: ignore[operator]
    return abs(difference) <= get_tolerance(left, right)


def compare_codes(
    whole: Sheet,
    parts: list[Sheet],
    columns: list[tuple[Column, list[Column | None]]],
    *,
    check: str,
    rule: tuple[str, str],
    scheme: str = "functional",
    relation: Relation = "eq",
    severity: Severity = "error",
) -> Iterator[Finding]:
    """Yield for each code: its figure in one table = Σ of its figures in others.

    ``columns`` pairs a column of ``whole`` with one of each part (None: that part has no such
    column). Codes that only one side prints are left to the totals. If most codes disagree, the
    two tables do not hold the same quantity, and one "cannot be judged" is said.
    """
    codes = [code for code in whole.by_code(scheme) if any(code in part.by_code(scheme) for part in parts)]
    for column, others in columns:
        pairs = []
        for code in codes:
            pair = _pair(whole, column, parts, others, code=code, scheme=scheme)
            if pair is not None:
                pairs.append(pair)
        findings = [
            compare(left, right, check=check, rule=rule, relation=relation, severity=severity)
            for left, right in pairs
        ]
        broken = [finding for finding in findings if finding.outcome == "mismatch"]
        if len(broken) >= 3 and len(broken) * 2 > len(findings):
            reason = (
                f"{len(findings)}个科目中有{len(broken)}个不同，两表的口径可能不一样",
                f"{len(broken)} of {len(findings)} codes differ, so the two may not be meant to be the same",
            )
            yield undetermined(pairs[0][0], pairs[0][1], check=check, reason=reason)
            continue
        yield from findings


def _pair(
    whole: Sheet,
    column: Column,
    parts: list[Sheet],
    others: list[Column | None],
    *,
    code: str,
    scheme: str,
) -> tuple[Operand, Operand] | None:
    left = whole.code_operand(code, column, scheme=scheme)
    found = [
        operand
        for part, other in zip(parts, others, strict=True)
        if other is not None and (operand := part.code_operand(code, other, scheme=scheme)) is not None
    ]
    if left is None or not found:
        return None
    right = found[0]
    if len(found) > 1:
        right = add_up(
            found,
            label=" + ".join(operand.label for operand in found),
            label_en=" + ".join(operand.label_en for operand in found),
        )
    if left.value is None and right.value is None:
        return left, right
    return count_blank_as_zero(left), count_blank_as_zero(right)


def get_basic(sheet: Sheet, row: int) -> Operand | None:
    """Return a row's 基本支出: its column, or its 人员 + 公用 columns where only they are printed."""
    column = sheet.column("basic")
    if column is not None:
        return sheet.operand(row, column)
    parts = [c for measure in ("personnel", "operating") if (c := sheet.column(measure)) is not None]
    if len(parts) < 2:
        return None
    label = f"{sheet.title}“{sheet.row_label(row)}”人员经费 + 公用经费"
    return add_up(
        [sheet.operand(row, part) for part in parts],
        label=label,
        label_en=f"{sheet.title_en}, “{sheet.row_label(row)}”, personnel + operating",
    )
