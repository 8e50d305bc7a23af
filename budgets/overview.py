"""The few big figures of a disclosure, computed when it is published and kept in ``Disclosure.overview``.

Every figure is ``{"yuan": "58840500.00", "statement": slug, "row": position, "column": key}``, so that
it leads to the cell it was read from; None where the document does not print it. Nothing is imputed.

``{"revenue", "expenditure" (the grand totals), "spent" (this year's, without what is carried over),
"appropriation", "basic", "project", "personnel", "operating", "carried_over_in",
"carried_over_out": figure, "sources": [{"name", …figure}], "functions": [{"code", "name", "total",
"basic", "project", "personnel", "operating": figure}], "three_public": {"2024": {"total",
"overseas_travel", "vehicle_total", "vehicle_purchase", "vehicle_operation", "official_reception":
figure}, "2023": …} (phase approved; in final accounts executed), "projects": {"count",
"indicators"}, "checks": {"match", "rounding", "mismatch", "undetermined": how many}}``
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from budgets.classification import find_name
from budgets.models import Statement
from budgets.models.vocabulary import Stage
from budgets.printed_units import to_yuan
from budgets.rollups import sum_by_code

Json = Mapping[str, Any]
Figure = dict[str, Any]
THREE_PUBLIC: Final = (
    "total",
    "overseas_travel",
    "vehicle_total",
    "vehicle_purchase",
    "vehicle_operation",
    "official_reception",
)
PARTS: Final = ("basic", "project", "personnel", "operating")
PARTS_FROM: Final = (
    "expenditure_summary",
    "appropriation_expenditure",
    "expenditure_by_function",
    "basic_by_economic",
)
FUNCTIONS_FROM: Final = ("expenditure_summary", "expenditure_by_function", "department_summary")


def build_overview(
    *, draft: Json, statements: Sequence[Statement], findings: Sequence[Json]
) -> dict[str, Any]:
    """This will pick the big figures out of a draft whose tables were written as ``statements``."""
    disclosure = statements[0].disclosure if statements else None
    phase = "executed" if disclosure and disclosure.stage == Stage.FINAL_ACCOUNTS else "approved"
    year = disclosure.fiscal_year if disclosure else 0
    tables = [
        _Sheet(table, statement, year=year, phase=phase)
        for table, statement in zip(draft["tables"], statements, strict=True)
    ]
    return {
        **_find_totals(tables),
        **{part: _first(sheet.total(part) for sheet in _each(tables, PARTS_FROM)) for part in PARTS},
        "sources": _find_sources(tables),
        "functions": _find_functions(tables),
        "three_public": _find_three_public(tables),
        "projects": {
            "count": len(draft["projects"]),
            "indicators": sum(len(project["indicators"]) for project in draft["projects"]),
        },
        "checks": count_outcomes(findings),
    }


def count_outcomes(findings: Sequence[Json]) -> dict[str, int]:
    """This will count the findings by outcome."""
    return dict(Counter(finding["outcome"] for finding in findings))


class _Sheet:
    """One table with what is needed to point at its figures."""

    def __init__(self, table: Json, statement: Statement, *, year: int, phase: str) -> None:
        self.table, self.statement, self.year, self.phase = table, statement, year, phase

    def find_column(self, measure: str, *, year: int | None = None, keys: Sequence[str] = ()) -> str | None:
        """This will find the column of a measure for a year (this one), the widest fund first."""
        wanted = [
            column
            for column in self.table["columns"]
            if column["measure"] == measure
            and column["quantity"] == "money"
            and (column["year"] or self.year) == (year or self.year)
            and (not keys or column["key"] in keys)
        ]
        in_phase = [column for column in wanted if column["phase"] == self.phase] or wanted
        for column in in_phase:
            if column["fund"] == "all" and column["carried"] == "all":
                return str(column["key"])
        return str(in_phase[0]["key"]) if in_phase else None

    def figure(self, index: int, key: str | None) -> Figure | None:
        """This will return the figure of one row; None where the cell is blank."""
        printed = None if key is None else self.table["rows"][index]["amounts"].get(key)
        if printed is None:
            return None
        yuan = to_yuan(Decimal(printed), factor=self.statement.unit_factor)
        return {"yuan": str(yuan), "statement": self.statement.slug, "row": index, "column": key}

    def total(self, measure: str) -> Figure | None:
        """This will return the measure in the total row (the last of several: 总计 stands below 本年合计).

        A table of one row is its own total.
        """
        if len(self.table["rows"]) == 1:
            return self.find_in("", measure=measure)
        return self.find_in("", measure=measure, kinds=("total",))

    def find_in(
        self, pattern: str, *, measure: str = "total", side: str | None = None, kinds: Sequence[str] = ()
    ) -> Figure | None:
        """This will return the measure of the last row whose name matches and that prints one."""
        for index in reversed(range(len(self.table["rows"]))):
            row = self.table["rows"][index]
            if (side and row["side"] != side) or (kinds and row["kind"] not in kinds):
                continue
            if re.search(pattern, re.sub(r"\s", "", row["name"])):
                figure = self.figure(index, self.find_column(measure, keys=tuple(row["amounts"])))
                if figure is not None:
                    return figure
        return None


def _each(sheets: Sequence[_Sheet], keys: Sequence[str]) -> Iterator[_Sheet]:
    for key in keys:
        yield from (sheet for sheet in sheets if sheet.table["statement"] == key)


def _first(figures: Iterator[Figure | None]) -> Figure | None:
    return next((figure for figure in figures if figure is not None), None)


def _find_totals(sheets: Sequence[_Sheet]) -> dict[str, Figure | None]:
    whole = list(_each(sheets, ("department_summary",)))
    grant = list(_each(sheets, ("appropriation_summary",)))
    return {
        "revenue": _first(s.find_in("", side="revenue", kinds=("total",)) for s in whole)
        or _first(s.total("total") for s in _each(sheets, ("revenue_summary",))),
        "expenditure": _first(s.find_in("", side="expenditure", kinds=("total",)) for s in whole)
        or _first(s.total("total") for s in _each(sheets, ("expenditure_summary",))),
        "spent": _first(s.total("total") for s in _each(sheets, ("expenditure_summary",)))
        or _first(s.find_in("本年支出(合计|小计)", side="expenditure") for s in whole),
        "appropriation": _first(s.find_in("", side="expenditure", kinds=("total",)) for s in grant),
        "carried_over_in": _first(s.find_in("(上年|年初)结转", side="revenue") for s in [*whole, *grant]),
        "carried_over_out": _first(
            s.find_in("结转下年|年末结转", side="expenditure") for s in [*whole, *grant]
        ),
    }


def _find_sources(sheets: Sequence[_Sheet]) -> list[dict[str, Any]]:
    """Return the printed sources of revenue that have an amount, totals and 其中 left out."""
    for sheet in _each(sheets, ("department_summary", "revenue_summary", "appropriation_summary")):
        found = []
        for index, row in enumerate(sheet.table["rows"]):
            if row["side"] != "revenue" or row["kind"] != "item" or _is_part(row, sheet.table):
                continue
            figure = sheet.figure(index, sheet.find_column("total", keys=tuple(row["amounts"])))
            if figure is not None and Decimal(figure["yuan"]):
                found.append({"name": row["name"], **figure})
        if found:
            return found
    return []


def _is_part(row: Json, table: Json) -> bool:
    """Return whether the row is a part of another item, which stands for it (1.一般公共预算 of 一、财政拨款)."""
    parent = row.get("parent_index")
    return parent is not None and table["rows"][parent]["kind"] == "item"


def _find_functions(sheets: Sequence[_Sheet]) -> list[dict[str, Any]]:
    """Return the functional classes with an amount; basic and project from the table that prints them."""
    whole = _first_with_classes(sheets, "total", FUNCTIONS_FROM)
    found = []
    for index, row in whole[1] if whole else ():
        figure = whole and whole[0].figure(index, whole[0].find_column("total", keys=tuple(row["amounts"])))
        if figure:
            parts = {part: _find_class(sheets, row["codes"]["functional"], part) for part in PARTS}
            found.append({"code": row["codes"]["functional"], "name": row["name"], "total": figure, **parts})
    return found or _add_functions_up(sheets)


def _add_functions_up(sheets: Sequence[_Sheet]) -> list[dict[str, Any]]:
    """Return the classes of a disclosure that prints items only: sums of its canonical leaves.

    Such a figure has ``row`` None, for no cell prints it; the name is the code list's.
    """
    sheet = next((one for one in sheets if "functional" in one.statement.canonical_for), None)
    if sheet is None:
        return []
    sums = sum_by_code(sheet.table, scheme="functional", factor=sheet.statement.unit_factor, year=sheet.year)
    parts: defaultdict[str, dict[str, Figure]] = defaultdict(dict)
    for (_, code, year, phase, measure, _fund), yuan in sorted(sums.items()):
        if len(code) == 3 and (year, phase) == (sheet.year, sheet.phase) and measure in ("total", *PARTS):
            slug = sheet.statement.slug
            parts[code].setdefault(
                measure, {"yuan": str(yuan), "statement": slug, "row": None, "column": measure}
            )
    blank = dict.fromkeys(("total", *PARTS))
    return [
        {"code": code, "name": find_name("functional", code, year=sheet.year) or code, **blank, **figures}
        for code, figures in parts.items()
    ]


def _first_with_classes(
    sheets: Sequence[_Sheet], measure: str, keys: Sequence[str]
) -> tuple[_Sheet, list[tuple[int, Json]]] | None:
    for sheet in _each(sheets, keys):
        rows = [
            (index, row)
            for index, row in enumerate(sheet.table["rows"])
            if len(row["codes"].get("functional", "")) == 3
            and row["side"] != "revenue"
            and not row["unit_name"]
        ]
        if any(
            sheet.figure(index, sheet.find_column(measure, keys=tuple(row["amounts"]))) for index, row in rows
        ):
            return sheet, rows
    return None


def _find_class(sheets: Sequence[_Sheet], code: str, measure: str) -> Figure | None:
    for sheet in _each(sheets, PARTS_FROM):
        for index, row in enumerate(sheet.table["rows"]):
            if row["codes"].get("functional") == code and not row["unit_name"]:
                figure = sheet.figure(index, sheet.find_column(measure, keys=tuple(row["amounts"])))
                if figure is not None:
                    return figure
    return None


def _find_three_public(sheets: Sequence[_Sheet]) -> dict[str, dict[str, Figure | None]]:
    for sheet in _each(sheets, ("three_public",)):
        years = {
            column["year"] or sheet.year for column in sheet.table["columns"] if column["quantity"] == "money"
        }
        found = {
            str(year): {measure: _find_measure(sheet, measure, year=year) for measure in THREE_PUBLIC}
            for year in sorted(years, reverse=True)
        }
        if any(figure for figures in found.values() for figure in figures.values()):
            return found
    return {}


def _find_measure(sheet: _Sheet, measure: str, *, year: int) -> Figure | None:
    key = sheet.find_column(measure, year=year)
    if measure == "total":  # beside a wider total, of meetings and training too, 三公 has a column of its own
        key = sheet.find_column("three_public", year=year) or key
    rows = range(len(sheet.table["rows"]))
    return _first(sheet.figure(index, key) for index in rows)
