"""Whatever stands in a grid, it is understood or reported, never failed on."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.parsing.draft_json import from_json, to_json
from intake.parsing.refusal import RefusedDocument
from tests.intake.parsing.grids import make_grid, make_page, read_pages

WORDS = st.sampled_from(
    [
        "", "", "", "<", "^", "合计", "小计", "收入", "支出", "项目", "预算数", "2024年预算数", "科目编码", "科目名称", "类", "款", "项",
        "201", "03", "01", "2010301", "30101", "125001", "12.50", "1,000.00", "0", "—", "-3.00", "（1.00）", "一、财政拨款", "（一）拨款",
        "1.一般公共预算", "其中：基本支出", "本年收入合计", "收入总计", "某市某某局", "行政运行", "2010301-行政运行", "[201]服务", "备注", "行次",
        "栏次", "1", "2", "增减%", "基本支出", "项目支出", "一般公共预算", "上年结转", "2025年", "单位：万元", "部门支出总表", "注：本表为空表", "公务用车保有量（辆）",
    ]
)  # fmt: skip
GRIDS = st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=14)
LINES = st.lists(
    st.sampled_from(
        [
            "部门收支总表",
            "一般公共预算支出表",
            "单位：万元",
            "部门：某市某某局",
            "项目支出绩效目标表",
            "第1页",
            "注：无。",
            "2025年部门预算",
        ]
    ),
    max_size=4,
)


def _clean(rows):
    """Return the rows with merge marks only where there is a cell to continue."""
    width = max(len(row) for row in rows)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    for r, row in enumerate(full):
        for c, text in enumerate(row):
            if (text == "<" and c == 0) or (text == "^" and r == 0):
                row[c] = ""
    return full


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(LINES, GRIDS, st.booleans()), min_size=1, max_size=3))
def test_any_grid_is_understood_or_reported(parts):
    pages = [
        make_page(number, "\n".join(lines), make_grid(_clean(rows), page=number, spans_known=known))
        for number, (lines, rows, known) in enumerate(parts, start=1)
    ]
    try:
        draft = read_pages(*pages)
    except RefusedDocument as refusal:
        if refusal.code != "not-a-disclosure":
            raise
        return
    assert draft.numbers.in_tables == draft.numbers.attributed + draft.numbers.in_problems
    assert from_json(to_json(draft, full=True)) == draft
    for table in draft.tables:
        keys = [column.key for column in table.columns]
        assert len(set(keys)) == len(keys)
        coordinates = [
            (c.block, c.measure, c.year, c.phase, c.fund, c.carried, c.quantity) for c in table.columns
        ]
        assert len(set(coordinates)) == len(coordinates)
        for index, row in enumerate(table.rows):
            assert row.figures.keys() <= set(keys)
            assert row.parent is None or (0 <= row.parent < len(table.rows) and row.parent != index)
            assert row.name or row.code
