"""The JSON of a draft: the contract's fields, and nothing lost on the way back."""

import json
from decimal import Decimal

from intake.parsing import draft as d
from intake.parsing.draft_json import finding_from_json, finding_to_json, from_json, to_json
from intake.parsing.tables import Place

PLACE = Place(page=3, row=2, box=(72.0, 301.5, 523.0, 318.0))


def make_draft() -> d.Draft:
    """Return a draft that uses every field."""
    column = d.Column("total", 4, 1, "total", 2024, "approved", "all", "all", "money", ("2024年", "合计"))
    figure = d.Figure("5,884.05", Decimal("5884.05"), "amount", PLACE)
    blank = d.Figure("", None, "blank", PLACE)
    rows = (
        d.Row(PLACE, "expenditure", "item", "class", {"functional": "201"}, "201", None, "一般公共",
              None, {"total": figure}, ("201", "5,884.05")),
        d.Row(PLACE, None, "item", "subclass", {"functional": "20103"}, "20103", 0, "办公厅",
              "本级", {"total": blank}, ("03", "")),
    )  # fmt: skip
    table = d.Table(
        "expenditure_by_function", "支出表", "万元", (3, 4), PLACE, False, (column,), rows, ("注",)
    )
    indicator = d.Indicator(
        PLACE, "output", "quantity", "次数", "ge", "5", "次", Decimal("22.5"), ("≥5次",), "6",
        Decimal("9.5"),
    )  # fmt: skip
    project = d.Project(
        PLACE, "54", "项目", Decimal("1.00"), "万元", Decimal(10), "目标", PLACE, "146001", "本级",
        (indicator,),
    )  # fmt: skip
    return d.Draft(
        "a.pdf", "0" * 64, "pdf", 4,
        d.Head("局", "146", None, "department", 2024, "budget", "2024-01-31", {"fiscal_year": 2024}),
        (table,), (project,), (d.Narrative(1, "正文"),),
        (d.Problem("unknown-column", "warning", "看", "look", PLACE),
         d.Problem("no-year", "info", "无", "none")),
        d.Numbers(3, 2, 1), 0.41,
    )  # fmt: skip


def test_a_draft_survives_the_way_to_json_and_back():
    draft = make_draft()
    written = json.loads(json.dumps(to_json(draft, full=True), ensure_ascii=False))
    assert from_json(written) == draft


def test_the_short_form_is_the_contract():
    short = to_json(make_draft())
    row = short["tables"][0]["rows"][1]
    assert row["parent"] == "201"
    assert row["amounts"] == {"total": None}
    assert "figures" not in row
    assert "suggested" not in short["disclosure"]
    assert short["tables"][0]["columns"][0]["key"] == "total"
    assert short["numbers"] == {"in_tables": 3, "attributed": 2, "in_problems": 1}


def test_a_finding_survives_too():
    finding = d.Finding(
        "children-add-up", "mismatch", "error", "不符", "differs", Decimal("1.00"), Decimal(2),
        Decimal("-1.00"), Decimal("0.01"), "cause", (PLACE,), (0,),
    )  # fmt: skip
    assert finding_from_json(json.loads(json.dumps(finding_to_json(finding)))) == finding
