"""Comparing departments and years: what can stand side by side, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from budgets.models import Department, Disclosure
from budgets.models.vocabulary import Scheme, Stage
from budgets.questions.items import find_names
from budgets.sums import read_sums

MOST_DEPARTMENTS: Final = 6
MOST_COLUMNS: Final = 12
VIEWS: Final = ("function", "economic", "kind")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks to compare."""

    departments: tuple[str, ...]
    years: tuple[int, ...]
    view: str
    stage: str
    by_share: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One column of the comparison: a disclosure with its whole, None where it is not known."""

    disclosure: Disclosure
    whole: Decimal | None
    phase: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the comparison: a code or kind with one amount a column (None: not printed)."""

    key: str
    name: str
    yuan: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Columns, rows and what had to be left out, each with its reason."""

    columns: tuple[Compared, ...]
    lines: tuple[Line, ...]
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]


def read_asked(params: Mapping[str, str]) -> Asked:
    """Return what an address asks for: ``d`` slugs and ``y`` years parted by commas, ``by``, ``stage``, ``show``."""
    slugs = tuple(dict.fromkeys(word for word in params.get("d", "").split(",") if word))
    years = tuple(
        sorted(
            {
                int(word)
                for word in params.get("y", "").split(",")
                if word.isascii() and word.isdigit() and len(word) == 4
            }
        )
    )
    stage = params.get("stage", "").replace("-", "_")
    return Asked(
        departments=slugs,
        years=years,
        view=params.get("by", "") if params.get("by", "") in VIEWS else "function",
        stage=stage if stage in (*Stage.values, "both") else Stage.BUDGET.value,
        by_share=params.get("show") == "share",
    )


def compare(asked: Asked) -> Comparison:
    """Return the comparison that was asked for, with a plain reason for everything that it refuses."""
    refusals: list[str] = []
    departments = find_departments(asked, refusals)
    disclosures = find_disclosures(asked, departments, refusals)
    columns = tuple(
        Compared(each, find_whole(each), "executed" if each.stage == Stage.FINAL_ACCOUNTS else "approved")
        for each in disclosures
    )
    lines = read_kinds(columns) if asked.view == "kind" else read_codes(columns, view=asked.view)
    return Comparison(columns, lines, tuple(refusals), tuple(find_warnings(columns, view=asked.view)))


def find_departments(asked: Asked, refusals: list[str]) -> list[Department]:
    """Return the departments in the order asked for; units and departments are not mixed."""
    by_slug = {
        each.slug: each
        for each in Department.objects.select_related("region").filter(slug__in=asked.departments[:20])
    }
    found = [by_slug[slug] for slug in asked.departments if slug in by_slug]
    for slug in asked.departments:
        if slug not in by_slug:
            refusals.append(_("没有地址名为“%(slug)s”的部门。") % {"slug": slug[:60]})
    if found and any(each.scope != found[0].scope for each in found):
        kept = found[0].scope
        for each in found:
            if each.scope != kept:
                refusals.append(
                    _("“%(name)s”没有放进来：部门的数包含下属单位，单位的数只是其中一部分，不能放在一起比。")
                    % {"name": each.name}
                )
        found = [each for each in found if each.scope == kept]
    for each in found[MOST_DEPARTMENTS:]:
        refusals.append(
            _("“%(name)s”没有放进来：一次最多比较 %(n)s 个部门。")
            % {"name": each.name, "n": MOST_DEPARTMENTS}
        )
    return found[:MOST_DEPARTMENTS]


def find_disclosures(
    asked: Asked, departments: Sequence[Department], refusals: list[str]
) -> list[Disclosure]:
    """Return the disclosures to compare: each department's asked years, or its newest."""
    stages = Stage.values if asked.stage == "both" else [asked.stage]
    published = (
        Disclosure.objects.filter(department__in=departments, stage__in=stages, current__isnull=False)
        .select_related("department__region", "current")
        .defer("current__snapshot")
    )
    by_department: dict[int, list[Disclosure]] = {}
    for each in published.order_by("fiscal_year", "stage"):
        by_department.setdefault(each.department_id, []).append(each)
    years = asked.years or find_common_year(by_department)
    found: list[Disclosure] = []
    for department in departments:
        own = [each for each in by_department.get(department.pk, []) if each.fiscal_year in years]
        present = {each.fiscal_year for each in own}
        for year in years:
            if year not in present:
                refusals.append(
                    _("%(name)s %(year)s年的文件本站还没有。") % {"name": department.name, "year": year}
                )
        found += own
    if asked.stage == "both" and not is_planned_and_spent(found):
        refusals.append(_("预算和决算只有同一个部门、同一年的才能放在一起，看计划和实际；这里只比较预算。"))
        found = [each for each in found if each.stage == Stage.BUDGET]
    for each in found[MOST_COLUMNS:]:
        refusals.append(_("“%(name)s”没有放进来：一次最多 %(n)s 栏。") % {"name": each, "n": MOST_COLUMNS})
    return found[:MOST_COLUMNS]


def find_common_year(by_department: Mapping[int, Sequence[Disclosure]]) -> tuple[int, ...]:
    """Return the newest year that all departments have, else the newest of any; empty where there is none."""
    years = [{each.fiscal_year for each in own} for own in by_department.values()]
    common = set.intersection(*years) if years else set()
    every = set().union(*years)
    newest = max(common or every, default=None)
    return () if newest is None else (newest,)


def is_planned_and_spent(disclosures: Sequence[Disclosure]) -> bool:
    """Return whether budgets and final accounts pair up: the same departments and years on both sides."""
    pairs = {
        stage: {(each.department_id, each.fiscal_year) for each in disclosures if each.stage == stage}
        for stage in Stage.values
    }
    return pairs[Stage.BUDGET.value] == pairs[Stage.FINAL_ACCOUNTS.value]


def find_whole(disclosure: Disclosure) -> Decimal | None:
    """Return all that a disclosure spends, from its overview."""
    figure = disclosure.overview.get("expenditure") or disclosure.overview.get("appropriation")
    return Decimal(figure["yuan"]) if figure and figure.get("yuan") is not None else None


def read_codes(columns: Sequence[Compared], *, view: str) -> tuple[Line, ...]:
    """Return one line a class code, the largest first."""
    scheme = Scheme.FUNCTIONAL.value if view == "function" else Scheme.ECONOMIC_DEPT.value
    amounts: dict[str, dict[int, Decimal]] = {}
    for stage in {column.disclosure.stage for column in columns}:
        chosen = {
            (c.disclosure.department_id, c.disclosure.fiscal_year): i
            for i, c in enumerate(columns)
            if c.disclosure.stage == stage
        }
        sums = read_sums(
            scheme,
            length=3,
            stage=stage,
            scope=None,
            years={year for _department, year in chosen},
            departments={department for department, _year in chosen},
        )
        for row in sums:
            column = chosen.get((row.department_id, row.fiscal_year))
            if column is not None:
                amounts.setdefault(row.code, {})[column] = row.yuan
    names = find_names(scheme, list(amounts))
    ordered = sorted(amounts, key=lambda code: -max(amounts[code].values()))
    return tuple(
        Line(code, f"{names.get(code, code)}", tuple(amounts[code].get(i) for i in range(len(columns))))
        for code in ordered
    )


def read_kinds(columns: Sequence[Compared]) -> tuple[Line, ...]:
    """Return the big figures side by side: whole, basic, project, personnel, operating, 三公."""
    names = {
        "expenditure": _("支出总计"),
        "basic": _("基本支出"),
        "personnel": _("人员经费"),
        "operating": _("公用经费"),
        "project": _("项目支出"),
    }
    lines = [
        Line(key, name, tuple(find_figure(column.disclosure.overview.get(key)) for column in columns))
        for key, name in names.items()
    ]
    three_public = tuple(
        find_figure(
            column.disclosure.overview.get("three_public", {})
            .get(str(column.disclosure.fiscal_year), {})
            .get("total")
        )
        for column in columns
    )
    lines.append(Line("three_public", _("“三公”经费"), three_public))
    return tuple(line for line in lines if any(yuan is not None for yuan in line.yuan))


def find_figure(figure: Mapping[str, str] | None) -> Decimal | None:
    """Return the yuan of one figure of an overview."""
    return Decimal(figure["yuan"]) if figure and figure.get("yuan") is not None else None


def find_warnings(columns: Sequence[Compared], *, view: str) -> list[str]:
    """Return what a reader must know before comparing these columns."""
    warnings = []
    regions = {column.disclosure.department.region_id for column in columns}
    if len(regions) > 1:
        warnings.append(_("这些部门不在同一个地区，职责和口径可能不同。"))
    if any(column.disclosure.overview.get("checks", {}).get("mismatch") for column in columns):
        warnings.append(_("其中有文件存在对不上的数字，见各自的核对页。"))
    if view == "economic":
        warnings.append(_("按经济分类只比较一般公共预算的基本支出。"))
    return warnings
