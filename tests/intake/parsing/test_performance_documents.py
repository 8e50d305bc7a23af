"""Performance tables of the reference documents: every row counted by hand or by another program."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.parsing.performance import Reading, read_projects
from intake.parsing.readers import pdf

# projects, objectives of whole departments, indicators. Counted with pdfplumber's extract_tables
# (rows with a name under 三级指标 or 指标内容), pages it cannot read by eye.
COUNTS = {
    "beijing/北京市审计局__2026_部门预算.pdf": (17, 1, 200),
    "beijing/北京市退役军人事务局__2026_部门预算.pdf": (20, 1, 159),
    "central/国家信访局__2024_部门决算.pdf": (5, 0, 46),
    "changsha/长沙市信访局__2026_部门预算.pdf": (4, 1, 101),
    "chongqing/重庆市人民政府办公厅__2026_部门预算.pdf": (1, 1, 21),
    "fuzhou/福州市医疗保障局__2026_部门预算.pdf": (13, 0, 104),
    "negatives/partial_绩效目标表_only.pdf": (70, 0, 404),
    "shanghai_putuo/上海市普陀区人民政府万里街道办事处__2023_部门预算.pdf": (5, 0, 65),
    "xian/中共西安市委宣传部__2021_部门预算.pdf": (2, 1, 41),
    "xian/西安市医疗保障局__2022_部门预算.pdf": (1, 1, 101),
    "xian/西安市安全生产监督管理局__2019_部门预算.pdf": (1, 1, 207),
    "xian/西安市审计局（汇总）__2026_部门预算.pdf": (4, 1, 67),
    "yantai/烟台市审计局__2026_部门预算.pdf": (6, 0, 63),
    "yantai/烟台市民政局__2026_部门预算.pdf": (21, 0, 176),
}


def _read(shared: Path, name: str) -> Reading:
    path = shared / "documents" / name
    return read_projects(pdf.read(path.read_bytes(), name=path.name))


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_read_and_every_number_has_a_home(shared: Path, name: str) -> None:
    reading = _read(shared, name)
    projects = [one for one in reading.projects if one.kind == "project"]
    indicators = sum(len(one.indicators) for one in reading.projects)
    assert (len(projects), len(reading.projects) - len(projects), indicators) == COUNTS[name]
    assert reading.numbers.in_problems == 0
    assert reading.numbers.in_tables == reading.numbers.attributed > 0


def test_guangzhou_sums_prove_the_reading(shared: Path) -> None:
    reading = _read(shared, "negatives/partial_绩效目标表_only.pdf")
    (table,) = reading.tables
    amounts = {
        kind: sum(row.figures["total"].value or 0 for row in table.rows if row.kind == kind)
        for kind in ("total", "unit", "item")
    }
    assert [str(amount) for amount in amounts.values()] == ["86246.64", "86246.63", "86246.66"]


def test_the_central_self_evaluation_has_plan_result_and_score(shared: Path) -> None:
    reading = _read(shared, "central/国家信访局__2024_部门决算.pdf")
    one = reading.projects[0]
    assert (str(one.amount), str(one.executed), str(one.score)) == ("180.61", "180.03", "98")
    assert (one.indicators[1].target, one.indicators[1].result, str(one.indicators[1].score)) == (
        "110",
        "123人",
        "6",
    )


def test_money_tables_are_left_to_others(shared: Path) -> None:
    reading = _read(shared, "jiangsu_province/江苏省人大办公厅__2018_部门预算.pdf")
    assert (reading.projects, reading.consumed, reading.problems) == ((), frozenset(), ())
