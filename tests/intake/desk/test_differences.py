"""Differences between two revisions, and movements from year to year."""

from __future__ import annotations

from decimal import Decimal

from intake.differences import find_differences, find_movements
from tests.intake.desk.drafts import make_draft


def test_equal_drafts_have_no_difference() -> None:
    assert find_differences(make_draft(), make_draft()) == []


def test_a_changed_cell_a_new_row_and_a_row_that_is_gone() -> None:
    old, new = make_draft(), make_draft()
    rows = new["tables"][0]["rows"]
    rows[3]["figures"]["total"]["raw"] = rows[3]["amounts"]["total"] = "210.00"
    rows[4]["code"], rows[4]["name"] = "2010899", "其他审计事务支出"
    found = {(one.kind, one.line, one.old, one.new) for one in find_differences(old, new)}
    assert ("changed", "2010801 行政运行", "200.00", "210.00") in found
    assert ("added", "2010899 其他审计事务支出", "", "100.00") in found
    assert ("removed", "2010804 审计业务", "100.00", "") in found
    assert len(found) == 3, "two equal amounts a row, one line each"


def test_written_otherwise_or_moved_is_no_difference() -> None:
    old, new = make_draft(), make_draft()
    rows = new["tables"][0]["rows"]
    rows[1]["figures"]["total"]["raw"] = "300.0"
    rows[3], rows[4] = rows[4], rows[3]
    rows[3]["place"]["page"] = 2
    assert find_differences(old, new) == []


def test_blank_and_zero_are_different() -> None:
    old, new = make_draft(), make_draft()
    new["tables"][0]["rows"][3]["figures"]["project"]["raw"] = "0.00"
    assert [(one.kind, one.old, one.new) for one in find_differences(old, new)] == [("changed", "", "0.00")]


def test_head_units_projects_and_indicators_are_compared() -> None:
    old, new = make_draft(), make_draft()
    new["disclosure"]["fiscal_year"] = 2025
    new["tables"][0]["unit"] = "元"
    new["projects"][0]["amount"] = "90"
    new["projects"][0]["indicators"][0]["target"] = "25"
    assert [one.column for one in find_differences(old, new)] == ["fiscal_year", "unit", "amount", "target"]


def test_movements_use_yuan_and_a_threshold() -> None:
    last, this = make_draft(), make_draft()
    last["tables"][0]["unit"] = "元"
    for row in last["tables"][0]["rows"]:
        row["amounts"]["total"] = str(Decimal(row["amounts"]["total"]) * 10_000)
    assert find_movements(last, this) == []
    this["tables"][0]["rows"][4]["amounts"]["total"] = "121.00"
    this["tables"][0]["rows"][3]["amounts"]["total"] = "239.00"
    moved = find_movements(last, this)
    assert [(one.line, one.change, one.percent) for one in moved] == [
        ("2010804 审计业务", Decimal("210000.00"), Decimal("21.00"))
    ]


def test_lines_that_appear_and_vanish() -> None:
    last, this = make_draft(), make_draft()
    this["tables"][0]["rows"][4] |= {"code": "2010899", "name": "其他"}
    kinds = {(one.kind, one.line) for one in find_movements(last, this)}
    assert kinds == {("added", "2010899 其他"), ("removed", "2010804 审计业务")}
