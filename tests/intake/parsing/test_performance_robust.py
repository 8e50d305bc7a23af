"""Damaged performance tables: whatever is cut, swapped or written over, there is an answer and no crash."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from intake.parsing.performance import read_projects
from intake.parsing.readers import text
from intake.parsing.tables import Cell, Document, Grid
from tests.intake.parsing.performance_pages import document, grid
from tests.intake.parsing.test_performance_forms import HEAD, HEADING
from tests.intake.parsing.test_performance_strips import SMALL

WORDS = (
    "",
    "合计",
    "一级指标",
    "项目名称",
    "绩效目标",
    "≥95%",
    "1.00",
    "年度资金总额",
    "总分",
    "\n",
    "<p></p>",
    "指标值",
    "序号",
)


def _damage(cell: Cell, chance: random.Random) -> Cell:
    if chance.random() < 0.7:
        return cell
    return replace(
        cell, text=chance.choice(WORDS), row_span=chance.randint(1, 9), column_span=chance.randint(1, 4)
    )


def _damaged(chance: random.Random) -> Document:
    form = grid(
        *HEAD,
        HEADING,
        (("绩效指标", 1, 3), ("产出指标", 1, 2), "数量指标", "平台", "=1个"),
        ("~", "~", "质量指标", "合格率", "≥95%"),
        ("~", "满意度指标", "服务对象满意度指标", "满意", "≥90%"),
    )
    cells = [_damage(cell, chance) for cell in form.cells if chance.random() > 0.15]
    chance.shuffle(cells)
    broken = Grid(tuple(cells), form.rows, form.columns, form.place)
    return document(["项目绩效目标表", broken], ["项目绩效目标表", form], [broken])


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_form_has_an_answer(seed: int) -> None:
    reading = read_projects(_damaged(random.Random(seed)))
    assert reading.numbers.in_tables == reading.numbers.attributed + reading.numbers.in_problems


@pytest.mark.parametrize("seed", range(100))
def test_damaged_strips_have_an_answer(seed: int) -> None:
    chance = random.Random(seed)
    lines = SMALL.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        what = chance.choice(("cut", "twice", "untab", "blank"))
        if what == "cut":
            del lines[at]
        elif what == "twice":
            lines.insert(at, lines[at])
        elif what == "untab":
            lines[at] = lines[at].replace("\t", " ", 1)
        else:
            lines.insert(at, "")
    reading = read_projects(text.read("\n".join(lines).encode(), name="strips.txt"))
    places = [one.place.line or 0 for project in reading.projects for one in project.indicators]
    assert places == sorted(set(places)), "each row once, in the order of the document"
