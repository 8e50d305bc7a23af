"""Against other years and units."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from intake import checks
from intake.checks import Known
from intake.parsing.draft import Draft, Finding
from tests.drafts import make_draft
from tests.intake.checks.small import FUNCTION, SPEC, make_small


def run(draft: Draft, **known: Any) -> list[Finding]:
    codes = {"previous-year-column", "units-add-up", "closing-equals-opening", "definition-changed"}
    return [finding for finding in checks.run(draft, known=Known(**known)) if finding.check in codes]


def make_next_year(last_total: str = "550.00") -> Draft:
    """This will make the file of 2026, whose function table prints 上年预算数 beside its own."""
    rows = [
        [*row[:6], {**row[6], "last": last_total if row[3] == "total" else row[6]["total"]}]
        for row in FUNCTION
    ]
    table = {
        "statement": "expenditure_by_function",
        "title": "一般公共预算支出表",
        "columns": [
            {"key": "last", "measure": "total", "year": 2025, "fund": "general_public"},
            *(
                {"key": k, "measure": k, "year": 2026, "fund": "general_public"}
                for k in ("total", "basic", "project")
            ),
        ],
        "rows": rows,
    }
    head = {**SPEC["head"], "fiscal_year": 2026}
    return make_draft({"head": head, "tables": [table]})


def test_last_years_column_agrees_with_last_years_file() -> None:
    found = run(make_next_year(), previous=make_small())
    assert {finding.outcome for finding in found} == {"match"}
    assert len(found) == len(FUNCTION)


def test_a_changed_base_is_found_from_both_sides() -> None:
    later = make_next_year("560.00")
    from_later = [f for f in run(later, previous=make_small()) if f.outcome == "mismatch"]
    assert [(f.left, f.right) for f in from_later] == [(Decimal("560.00"), Decimal("550.00"))]
    assert "2025年文件" in from_later[0].message
    from_earlier = [f for f in run(make_small(), following=later) if f.outcome == "mismatch"]
    assert len(from_earlier) == 1
    assert "2026年文件" in from_earlier[0].message
    for finding in (*from_later, *from_earlier):  # only places and tables of the file at hand
        assert len(finding.tables) == len(finding.places) == 1


def test_another_phase_is_not_compared() -> None:
    later = make_next_year()
    table = later.tables[0]
    columns = tuple(replace(c, phase="executed") if c.key == "last" else c for c in table.columns)
    executed = replace(later, tables=(replace(table, columns=columns),))
    assert run(executed, previous=make_small()) == []


def test_units_that_add_up_match_and_fewer_units_judge_nothing() -> None:
    def half(total: str) -> Draft:
        table = {
            "statement": "expenditure_summary",
            "title": "单位支出总表",
            "columns": ["total"],
            "rows": [[1, "expenditure", "total", "total", None, "合计", {"total": total}]],
        }
        return make_draft({"head": SPEC["head"], "tables": [table]})

    assert [f.outcome for f in run(make_small(), units=(half("400.00"), half("230.00")))] == ["match"]
    alone = run(make_small(), units=(half("400.00"),))
    assert [f.outcome for f in alone] == ["undetermined"]
    assert "可能还有单位未公开" in alone[0].message


def make_final(year: int, *, opening: str, closing: str) -> Draft:
    rows = [
        [1, "revenue", "item", "depth-1", None, "本年收入合计", {"in": "100.00"}],
        [2, "revenue", "item", "depth-1", None, "年初结转和结余", {"in": opening}],
        [3, "revenue", "total", "depth-1", None, "总计", {"in": str(Decimal(opening) + 100)}],
        [1, "expenditure", "item", "depth-1", None, "本年支出合计", {"out": str(Decimal(opening) + 100 - Decimal(closing))}],
        [2, "expenditure", "item", "depth-1", None, "年末结转和结余", {"out": closing}],
        [3, "expenditure", "total", "depth-1", None, "总计", {"out": str(Decimal(opening) + 100)}],
    ]  # fmt: skip
    columns = [
        {"key": "in", "measure": "total", "block": 1, "phase": "executed"},
        {"key": "out", "measure": "total", "block": 2, "phase": "executed"},
    ]
    table = {"statement": "department_summary", "title": "收入支出决算总表", "columns": columns, "rows": rows}
    head = {**SPEC["head"], "fiscal_year": year, "stage": "final_accounts"}
    return make_draft({"head": head, "tables": [table]})


@pytest.mark.parametrize(
    ("opening", "outcome"), [("12.00", "match"), ("12.01", "rounding"), ("15.00", "mismatch")]
)
def test_closing_balance_is_the_next_opening(opening: str, outcome: str) -> None:
    earlier = make_final(2023, opening="5.00", closing="12.00")
    later = make_final(2024, opening=opening, closing="3.00")
    assert [f.outcome for f in run(later, previous=earlier)] == [outcome]
    assert {f.outcome for f in checks.run(later) if f.check == "grand-total-adds-up"} == {"match"}


def make_office(year: int, amount: str) -> Draft:
    draft = make_small()
    table = make_draft(
        {
            "head": SPEC["head"],
            "tables": [
                {
                    "statement": "agency_operating",
                    "title": "机关运行经费支出表",
                    "columns": [{"key": "total", "measure": "agency_operating"}],
                    "rows": [[1, "expenditure", "total", "total", None, "合计", {"total": amount}]],
                }
            ],
        }
    ).tables[0]
    return replace(draft, head=replace(draft.head, fiscal_year=year), tables=(*draft.tables, table))


def test_a_change_of_definition_is_reported_and_no_mismatch() -> None:
    wide, narrow = make_office(2024, "191.00"), make_office(2025, "80.00")
    found = run(narrow, previous=wide)
    assert [(f.check, f.outcome, f.severity) for f in found] == [
        ("definition-changed", "undetermined", "warning")
    ]
    assert "2024年不等于公用经费" in found[0].message
    assert run(make_office(2026, "80.00"), previous=narrow) == []
    own = [f.outcome for f in checks.run(narrow) if f.check == "agency-operating-equals-operating"]
    assert own == ["match"]
