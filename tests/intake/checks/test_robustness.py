"""Whatever a draft looks like, the checks answer: damaged drafts, and one wrong figure anywhere."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from intake import checks
from intake.parsing.draft import Draft, Row, Table
from intake.parsing.draft_json import from_json, to_json
from tests.drafts import make_lhasa_draft
from tests.intake.checks.small import make_small, with_text

OUTCOMES = {"match", "rounding", "mismatch", "undetermined"}


def damage_row(row: Row, chance: random.Random) -> Row:
    """This will lose a figure, the code, the side or the parent of a row."""
    kind = chance.randrange(6)
    if kind == 0 and row.figures:
        kept = dict(row.figures)
        kept.pop(chance.choice(sorted(kept)))
        return replace(row, figures=kept)
    if kind == 1:
        return replace(row, code=None, codes={})
    if kind == 2:
        return replace(row, side=chance.choice([None, "revenue", "expenditure"]))
    if kind == 3:
        return replace(row, parent=chance.choice([None, 0, 3]))
    if kind == 4:
        return replace(row, kind=chance.choice(["item", "total", "subtotal", "of_which", "unit"]))
    return replace(row, name=chance.choice(["", "合计", "一、", "其中：", "（一）12"]))


def damage_table(table: Table, chance: random.Random) -> Table:
    """This will lose rows, columns or the unit of a table, or give it another key."""
    kind = chance.randrange(6)
    if kind == 0:
        return replace(table, rows=tuple(row for row in table.rows if chance.random() > 0.3))
    if kind == 1:
        return replace(table, columns=tuple(c for c in table.columns if chance.random() > 0.3))
    if kind == 2:
        return replace(table, unit=chance.choice([None, "元", "亿元", "平方米"]))
    if kind == 3:
        return replace(table, statement=chance.choice(["other", "department_summary", "three_public"]))
    if kind == 4:
        coordinates = {
            "year": chance.choice([None, 1999]),
            "fund": "general_public",
            "carried": "carried_over",
        }
        return replace(table, columns=tuple(replace(c, **coordinates) for c in table.columns))
    return replace(table, rows=tuple(damage_row(row, chance) for row in table.rows))


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_draft_is_judged_without_an_exception(seed: int) -> None:
    chance = random.Random(seed)
    draft: Draft = with_text(make_small(), "2025年收入预算630万元，比上年增加0万元，增长0%。占%。，。")
    if seed % 3 == 0:
        draft = make_lhasa_draft()
    tables = tuple(damage_table(t, chance) if chance.random() < 0.5 else t for t in draft.tables)
    head = replace(draft.head, fiscal_year=chance.choice([None, draft.head.fiscal_year]), stage=None)
    findings = checks.run(replace(draft, tables=tables, head=head))
    assert {finding.outcome for finding in findings} <= OUTCOMES
    assert all(finding.message and finding.message_en for finding in findings)


def test_an_empty_draft_misses_every_table() -> None:
    draft = replace(make_small(), tables=(), projects=())
    assert [f.severity for f in checks.run(draft)].count("error") == 8


def test_findings_do_not_depend_on_the_way_through_json() -> None:
    draft = make_lhasa_draft()
    assert checks.run(from_json(to_json(draft, full=True))) == checks.run(draft)


def test_a_wrong_figure_anywhere_is_found() -> None:
    """This will change each printed figure of the small department in turn and expect an alarm."""
    draft = make_small()
    missed, tried = [], 0
    for t, table in enumerate(draft.tables):
        for r, row in enumerate(table.rows):
            for key, figure in row.figures.items():
                if figure.value is None:
                    continue
                wrong = replace(
                    row, figures={**row.figures, key: replace(figure, value=figure.value + Decimal("7.77"))}
                )
                rows = (*table.rows[:r], wrong, *table.rows[r + 1 :])
                tables = (*draft.tables[:t], replace(table, rows=rows), *draft.tables[t + 1 :])
                tried += 1
                if not any(f.outcome == "mismatch" for f in checks.run(replace(draft, tables=tables))):
                    missed.append((table.statement, row.name, key))
    assert tried > 100
    assert missed == []
