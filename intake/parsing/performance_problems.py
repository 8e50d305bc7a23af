"""Problems of performance tables: where → what we saw → what we expected → what to do."""

from __future__ import annotations

from collections.abc import Sequence

from intake.parsing.draft import Problem
from intake.parsing.performance_lines import Line
from intake.parsing.tables import Cell, Place

_NAMES = {"output": "产出", "benefit": "效益", "satisfaction": "满意度", "cost": "成本", "other": "其他"}


def where(place: Place) -> tuple[str, str]:
    """Return a place in words, Chinese and English."""
    if place.line is not None:
        return f"第 {place.line} 行", f"Line {place.line}"
    if place.sheet is not None:
        return f"工作表“{place.sheet}”第 {place.row} 行", f"Sheet “{place.sheet}”, row {place.row}"
    return f"第 {place.page} 页第 {place.row} 行", f"Page {place.page}, row {place.row}"


def row_not_understood(line: Line) -> Problem:
    """Return the problem of a row of a performance table that fits none of its columns."""
    zh, en = where(line.place)
    seen = line.joined[:60]
    return Problem(
        "performance-row-not-understood",
        "warning",
        f"{zh}，绩效目标表：“{seen}”不能归入表头的任何一列。请核对原件后手工补录。",
        f"{en}, performance table: “{seen}” fits no column of the heading. "
        "Please check the original and enter it by hand.",
        line.place,
    )


def weights_do_not_close(line: Line, *, rows: int, projects: int) -> Problem:
    """Return the problem of indicators that cannot be cut into projects."""
    zh, en = where(line.place)
    return Problem(
        "weights-do-not-close",
        "error",
        f"{zh}起，{rows} 条绩效指标的权重不能恰好分给 {projects} 个项目"
        "（每个项目应为 100 减去预算执行率权重），"
        "指标没有归入项目。请核对权重列。",
        f"{en} onwards, the weights of {rows} indicators do not close for {projects} projects "
        "(each should reach 100 minus "
        "its execution weight), so the indicators were not assigned. Please check the column of weights.",
        line.place,
    )


def pages_do_not_agree(line: Line, left: int, right: int) -> Problem:
    """Return the problem of strips with different numbers of pages."""
    zh, en = where(line.place)
    return Problem(
        "strip-pages-differ",
        "warning",
        f"{zh}起，绩效目标分 {left} 页而指标分 {right} 页，绩效目标没有归入项目。请对照原件补录。",
        f"{en} onwards, objectives stand on {left} pages but indicators on {right}, "
        "so the objectives were not assigned. "
        "Please enter them from the original.",
        line.place,
    )


def ambiguous_page(line: Line, left: int, right: int) -> Problem:
    """Return the problem of a page whose objectives could be paired in several ways."""
    zh, en = where(line.place)
    return Problem(
        "objectives-ambiguous",
        "warning",
        f"{zh}起的一页，{left} 段绩效目标与 {right} 组指标可以有多种对应方式，没有猜测。"
        "请对照原件补录绩效目标。",
        f"On the page from {en.lower()}, {left} objectives can be paired with {right} groups "
        "of indicators in several ways; "
        "none was guessed. Please enter the objectives from the original.",
        line.place,
    )


def levels_differ(line: Line, *, printed: Sequence[str], derived: Sequence[str]) -> Problem:
    """Return the warning that the level-1 cells do not agree with the level-2 names of the rows."""
    zh, en = where(line.place)
    return Problem(
        "levels-differ",
        "warning",
        f"{zh}起，一级指标有 {len(printed)} 格（{_counts(printed)}），"
        f"按二级指标应为 {len(derived)} 格（{_counts(derived)}）。"
        "已按二级指标读取，请核对原件。",
        f"From {en.lower()}, {len(printed)} level-1 cells are printed "
        f"where the level-2 names call for {len(derived)}. "
        "The level-2 names were used; please check the original.",
        line.place,
    )


def _counts(keys: Sequence[str]) -> str:
    return "、".join(f"{name} {keys.count(key)}" for key, name in _NAMES.items() if key in keys)


def row_without_project(place: Place, cells: Sequence[Cell]) -> Problem:
    """Return the problem of an indicator above the first project of its table."""
    zh, en = where(place)
    seen = " ".join(cell.text for cell in cells)[:60].replace("\n", "")
    return Problem(
        "indicator-without-project",
        "warning",
        f"{zh}，绩效目标表：“{seen}”之前没有读到所属项目。请核对原件后补录。",
        f"{en}, performance table: no project was found above “{seen}”. Please check the original.",
        place,
    )


def number_not_attributed(cell: Cell) -> Problem:
    """Return the remark that a number of a performance table belongs to no project or indicator."""
    zh, en = where(cell.place)
    return Problem(
        "number-not-attributed",
        "info",
        f"{zh}，绩效目标表：数字“{cell.text.strip()}”未能归入项目或指标，仅保留原文。",
        f"{en}, performance table: the number “{cell.text.strip()}” belongs to no project "
        "or indicator that was read.",
        cell.place,
    )
