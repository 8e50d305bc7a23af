"""Projects: weights, and their amounts against the expenditure they make up (B08, X11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from intake.checks.book import Book
from intake.checks.compare import FACTORS, Operand, add_up, compare, undetermined
from intake.checks.copies import agree, get_basic
from intake.checks.sheets import Sheet
from intake.parsing.draft import Finding, Project

WEIGHTS = "indicator-weights"
TOTAL = "projects-add-up"
PERSONNEL = "personnel-projects"
OPERATING = "operating-projects"
SPECIFIC = "project-expenditure-projects"

RULE_WEIGHTS = ("指标权重与预算执行率权重合计应为100", "indicator weights and the execution weight make 100")
RULES = {
    TOTAL: ("各项目预算之和就是部门支出", "the projects add up to the department's expenditure"),
    PERSONNEL: ("人员类项目之和就是人员经费", "personnel projects add up to personnel expenditure"),
    OPERATING: ("公用经费项目之和就是公用经费", "operating projects add up to operating expenditure"),
    SPECIFIC: ("其余项目之和就是项目支出", "the other projects add up to project expenditure"),
}
_LETTER = re.compile(r"^(\d{6})\d{2}([RYT])\d{9,}$")
HUNDRED = Decimal(100)
MAX_SUBSET = 12
"""Up to so many Y projects are tried for the subset that is 公用经费 (2^12 sums)."""


def check_weights(book: Book) -> Iterator[Finding]:
    """Yield Σ indicator weights + execution weight = 100 per project (B08; 财预〔2021〕101号).

    Where no execution weight is printed, 90 is as lawful as 100: ten points are kept for it.
    """
    for project in book.draft.projects:
        weights = [i.weight for i in project.indicators]
        printed = [weight for weight in weights if weight is not None]
        if not printed:
            continue
        total = sum(printed, Decimal(0)) + (project.execution_weight or 0)
        left = Operand(
            value=total,
            unit="分",
            step=Decimal("0.01"),
            label=f"项目“{project.name}”的权重之和",
            label_en=f"the weights of project “{project.name}”",
            places=(project.place,),
        )
        right = Operand(
            value=HUNDRED, unit="分", step=Decimal("0.01"), label="满分", label_en="the full score"
        )
        if sum(printed, Decimal(0)) == HUNDRED and project.execution_weight:
            left = replace(left, value=HUNDRED)  # here the execution weight stands beside the hundred
        if len(printed) < len(weights):
            reason = ("有的指标没有印出权重", "some indicators print no weight")
            yield undetermined(left, None, check=WEIGHTS, reason=reason)
        elif not HUNDRED / 2 <= total <= HUNDRED * 3 / 2:
            reason = (
                f"印出的权重合计 {total:f}，可能是另一种分值",
                f"the weights add up to {total:f}, another scale perhaps",
            )
            yield undetermined(left, None, check=WEIGHTS, reason=reason)
        elif project.execution_weight is None and total == 90:
            yield compare(_with_ten(left), right, check=WEIGHTS, rule=RULE_WEIGHTS)
        else:
            yield compare(left, right, check=WEIGHTS, rule=RULE_WEIGHTS, severity="warning")


def _with_ten(left: Operand) -> Operand:
    ten = Operand(value=Decimal(10), unit="分", step=Decimal("0.01"), label="", label_en="")
    return add_up(
        [left, ten],
        label=f"{left.label}（90）加预算执行率的10分",
        label_en=f"{left.label_en} (90) and ten for execution",
    )


def check_project_amounts(book: Book) -> Iterator[Finding]:
    """Yield Σ projects = expenditure, by category where project codes tell it (X11).

    Letters R, Y, T stand for 人员类, 运转类, 特定目标类; nothing printed says which Y projects are
    公用经费, so the subset that sums to it is looked for: one is a match, none or several is
    undetermined. Without letters only part of the projects may be disclosed: then Σ ≤ 项目支出.
    """
    projects = [p for p in book.draft.projects if p.kind == "project" and p.amount is not None]
    whole = _find_whole(book)
    if not projects or whole is None:
        return
    sheet, row = whole
    column = sheet.column("total")
    letters = {get_letter(p) for p in projects}
    if column is None:
        return
    if {"R", "T"} <= letters:
        everything = _sum(projects, "全部项目", "all projects")
        yield compare(
            everything, sheet.operand(row, column), check=TOTAL, rule=RULES[TOTAL], severity="warning"
        )
        yield from _check_categories(sheet, row, projects)
        return
    project_column = sheet.column("project")
    if project_column is None:
        return
    left = sheet.operand(row, project_column)
    right = _sum(projects, "已公开绩效目标的项目", "projects with disclosed objectives")
    if left.value is not None and right.value is not None and not _exceeds(left, right):
        yield compare(left, right, check=SPECIFIC, rule=RULES[SPECIFIC], relation="ge", severity="warning")
    else:
        reason = (
            "所列项目金额之和大于项目支出，可能含其他年度、其他资金或重复的项目",
            "the projects listed exceed project expenditure; other years or sources may be among them",
        )
        yield undetermined(left, right, check=SPECIFIC, reason=reason)


def get_letter(project: Project) -> str | None:
    """Return R, Y or T of a project code of the integrated budget system, None for other codes."""
    found = _LETTER.match(project.code or "")
    return found.group(2) if found else None


def get_region(project: Project) -> str | None:
    """Return the six-digit region that a project code begins with."""
    found = _LETTER.match(project.code or "")
    return found.group(1) if found else None


def find_operating_projects(projects: list[Project], target: Decimal) -> list[Project] | None:
    """Return the one set of Y projects that sums to the operating expenditure, else None."""
    candidates = [p for p in projects if get_letter(p) == "Y"]
    if not target or len(candidates) > MAX_SUBSET:
        return None
    found = [
        list(chosen)
        for size in range(1, len(candidates) + 1)
        for chosen in combinations(candidates, size)
        if sum((p.amount or Decimal(0) for p in chosen), Decimal(0)) == target
    ]
    return found[0] if len(found) == 1 else None


def as_operand(project: Project) -> Operand:
    """Return a project's amount as a side of an identity."""
    return Operand(
        value=project.amount,
        unit=project.unit,
        step=Decimal("0.01"),
        label=f"项目“{project.name}”的预算数",
        label_en=f"the budget of project “{project.name}”",
        places=(project.place,),
    )


def sum_projects(projects: list[Project], label: str, label_en: str) -> Operand:
    """Return the sum of projects' amounts as a side of an identity."""
    return _sum(projects, label, label_en)


def find_basic_projects(book: Book) -> tuple[list[Project], list[Project]] | None:
    """Return (personnel, operating) projects, where codes and sums tell them; else None."""
    projects = [p for p in book.draft.projects if p.kind == "project" and p.amount is not None]
    whole = _find_whole(book)
    if whole is None or not {"R", "T"} <= {get_letter(p) for p in projects}:
        return None
    sheet, row = whole
    column = sheet.column("operating")
    target = None if column is None else sheet.operand(row, column)
    operating = None
    if target is not None and target.value is not None:
        operating = find_operating_projects(projects, _as_unit(target, projects[0].unit))
    return [p for p in projects if get_letter(p) == "R"], operating or []


def _check_categories(sheet: Sheet, row: int, projects: list[Project]) -> Iterator[Finding]:
    personnel = [p for p in projects if get_letter(p) == "R"]
    column = sheet.column("personnel")
    if column is not None:
        right = sheet.operand(row, column)
        left = _sum(personnel, f"{len(personnel)}个人员类项目", f"{len(personnel)} personnel projects")
        yield _compare_listed(left, right, check=PERSONNEL)
    column = sheet.column("operating")
    operating: list[Project] | None = None
    if column is not None:
        right = sheet.operand(row, column)
        target = _as_unit(right, projects[0].unit)
        operating = find_operating_projects(projects, target)
        if operating is None:
            reason = (
                "没有唯一的一组运转类项目等于公用经费",
                "no single set of operating projects sums to operating expenditure",
            )
            yield undetermined(right, None, check=OPERATING, reason=reason)
        else:
            names = "、".join(p.name for p in operating)
            left = _sum(operating, f"项目{names}", f"projects {names}")
            yield compare(left, right, check=OPERATING, rule=RULES[OPERATING])
    column = sheet.column("project")
    if column is not None and operating is not None:
        basic = {id(p) for p in personnel + operating}
        others = [p for p in projects if id(p) not in basic]
        left = _sum(others, f"其余{len(others)}个项目", f"the other {len(others)} projects")
        yield compare(
            left, sheet.operand(row, column), check=SPECIFIC, rule=RULES[SPECIFIC], severity="warning"
        )


def _compare_listed(left: Operand, right: Operand, *, check: str) -> Finding:
    """Return equal or more than the table; less may only mean that not all projects are listed."""
    if not agree(left, right) and _exceeds(left, right):
        reason = (
            f"所列项目合计 {left.value or 0:f}，少于表中的 {right.value or 0:f}，可能只公开了一部分项目",
            f"the projects listed add up to {left.value or 0:f}, less than {right.value or 0:f} in the table; "
            "perhaps not all are disclosed",
        )
        return undetermined(left, right, check=check, reason=reason)
    return compare(left, right, check=check, rule=RULES[check], severity="warning")


def _find_whole(book: Book) -> tuple[Sheet, int] | None:
    """Return the table and its total row that the projects make up."""
    for statement in ("expenditure_summary", "expenditure_by_function"):
        sheet = book.find(statement)
        row = None if sheet is None else sheet.find_total()
        if sheet is not None and row is not None and get_basic(sheet, row) is not None:
            return sheet, row
    return None


def _sum(projects: list[Project], label: str, label_en: str) -> Operand:
    return add_up(
        [as_operand(p) for p in projects],
        unit=projects[0].unit if projects else None,
        label=f"{label}预算数之和",
        label_en=f"the sum of {label_en}",
    )


def _as_unit(operand: Operand, unit: str | None) -> Decimal:
    if operand.value is None or operand.unit == unit or operand.unit not in FACTORS or unit not in FACTORS:
        return operand.value or Decimal(0)
    return operand.value * FACTORS[operand.unit] / FACTORS[unit]


def _exceeds(left: Operand, right: Operand) -> bool:
    if agree(left, right) or left.value is None or right.value is None:
        return False
    return right.value * FACTORS.get(right.unit or "", Decimal(1)) > left.value * FACTORS.get(
        left.unit or "", Decimal(1)
    )
