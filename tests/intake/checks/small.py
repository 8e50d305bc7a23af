"""A small department of our own whose figures agree everywhere, and ways to break one of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from intake.parsing.draft import Draft, Narrative, Table
from tests.drafts import make_draft

Amounts = dict[str, str | None]


def _column(key: str, **coordinates: Any) -> dict[str, Any]:
    return {"key": key, **coordinates}


def _tree(rows: list[tuple[str | None, str, Amounts]], *, start: int) -> list[list[Any]]:
    levels = {None: "total", 3: "class", 5: "subclass", 7: "item"}
    return [
        [
            start + offset,
            "expenditure",
            "item" if code else "total",
            levels[len(code) if code else None],
            code,
            name,
            amounts,
        ]
        for offset, (code, name, amounts) in enumerate(rows)
    ]


def _three(total: str, basic: str | None, project: str | None) -> Amounts:
    return {"total": total, "basic": basic, "project": project}


FUNCTION = _tree(
    [
        (None, "合计", _three("550.00", "400.00", "150.00")),
        ("201", "一般公共服务支出", _three("450.00", "300.00", "150.00")),
        ("20101", "人大事务", _three("450.00", "300.00", "150.00")),
        ("2010101", "行政运行", _three("350.00", "300.00", "50.00")),
        ("2010102", "一般行政管理事务", _three("100.00", None, "100.00")),
        ("208", "社会保障和就业支出", _three("40.00", "40.00", None)),
        ("20805", "行政事业单位养老支出", _three("40.00", "40.00", None)),
        ("2080505", "机关事业单位基本养老保险缴费支出", _three("40.00", "40.00", None)),
        ("221", "住房保障支出", _three("60.00", "60.00", None)),
        ("22102", "住房改革支出", _three("60.00", "60.00", None)),
        ("2210201", "住房公积金", _three("60.00", "60.00", None)),
    ],
    start=100,
)
FUND = _tree(
    [
        (None, "合计", _three("80.00", None, "80.00")),
        ("212", "城乡社区支出", _three("80.00", None, "80.00")),
        ("21208", "国有土地使用权出让收入安排的支出", _three("80.00", None, "80.00")),
        ("2120899", "其他国有土地使用权出让收入安排的支出", _three("80.00", None, "80.00")),
    ],
    start=200,
)


def _four(total: str, personnel: str | None, operating: str | None, project: str | None) -> Amounts:
    return {"total": total, "personnel": personnel, "operating": operating, "project": project}


DEPARTMENT = _tree(
    [
        (None, "合计", _four("630.00", "320.00", "80.00", "230.00")),
        ("201", "一般公共服务支出", _four("450.00", "220.00", "80.00", "150.00")),
        ("20101", "人大事务", _four("450.00", "220.00", "80.00", "150.00")),
        ("2010101", "行政运行", _four("350.00", "220.00", "80.00", "50.00")),
        ("2010102", "一般行政管理事务", _four("100.00", None, None, "100.00")),
        ("208", "社会保障和就业支出", _four("40.00", "40.00", None, None)),
        ("20805", "行政事业单位养老支出", _four("40.00", "40.00", None, None)),
        ("2080505", "机关事业单位基本养老保险缴费支出", _four("40.00", "40.00", None, None)),
        ("212", "城乡社区支出", _four("80.00", None, None, "80.00")),
        ("21208", "国有土地使用权出让收入安排的支出", _four("80.00", None, None, "80.00")),
        ("2120899", "其他国有土地使用权出让收入安排的支出", _four("80.00", None, None, "80.00")),
        ("221", "住房保障支出", _four("60.00", "60.00", None, None)),
        ("22102", "住房改革支出", _four("60.00", "60.00", None, None)),
        ("2210201", "住房公积金", _four("60.00", "60.00", None, None)),
    ],
    start=300,
)


def _economic(total: str, personnel: str | None, operating: str | None) -> Amounts:
    return {"total": total, "personnel": personnel, "operating": operating}


ECONOMIC = _tree(
    [
        (None, "合计", _economic("400.00", "320.00", "80.00")),
        ("301", "工资福利支出", _economic("310.00", "310.00", None)),
        ("30101", "基本工资", _economic("210.00", "210.00", None)),
        ("30108", "机关事业单位基本养老保险缴费", _economic("40.00", "40.00", None)),
        ("30113", "住房公积金", _economic("60.00", "60.00", None)),
        ("302", "商品和服务支出", _economic("80.00", None, "80.00")),
        ("30201", "办公费", _economic("60.00", None, "60.00")),
        ("30217", "公务接待费", _economic("5.00", None, "5.00")),
        ("30231", "公务用车运行维护费", _economic("15.00", None, "15.00")),
        ("303", "对个人和家庭的补助", _economic("10.00", "10.00", None)),
        ("30302", "退休费", _economic("10.00", "10.00", None)),
    ],
    start=400,
)


def _half(side: str, kind: str, line: int, name: str, amounts: Amounts) -> list[Any]:
    return [line, side, kind, "depth-1", None, name, amounts]


def _both(total: str, general: str | None, fund: str | None) -> Amounts:
    return {"total": total, "general": general, "fund": fund}


APPROPRIATION = [
    _half("revenue", "item", 10, "一、一般公共预算拨款", {"in": "550.00"}),
    _half("revenue", "item", 11, "二、政府性基金预算拨款", {"in": "80.00"}),
    _half("revenue", "total", 15, "收入总计", {"in": "630.00"}),
    _half("expenditure", "item", 10, "一、一般公共服务支出", _both("450.00", "450.00", None)),
    _half("expenditure", "item", 11, "二、社会保障和就业支出", _both("40.00", "40.00", None)),
    _half("expenditure", "item", 12, "三、城乡社区支出", _both("80.00", None, "80.00")),
    _half("expenditure", "item", 13, "四、住房保障支出", _both("60.00", "60.00", None)),
    _half("expenditure", "total", 15, "支出总计", _both("630.00", "550.00", "80.00")),
]
SUMMARY = [
    _half("revenue", "item", 20, "一、一般公共预算拨款收入", {"in": "550.00"}),
    _half("revenue", "item", 21, "二、政府性基金预算拨款收入", {"in": "80.00"}),
    _half("revenue", "item", 22, "三、事业收入", {"in": None}),
    _half("revenue", "item", 26, "本年收入合计", {"in": "630.00"}),
    _half("revenue", "item", 27, "上年结转", {"in": None}),
    _half("revenue", "total", 28, "收入总计", {"in": "630.00"}),
    _half("expenditure", "item", 20, "一、一般公共服务支出", {"total": "450.00"}),
    _half("expenditure", "item", 21, "二、社会保障和就业支出", {"total": "40.00"}),
    _half("expenditure", "item", 22, "三、城乡社区支出", {"total": "80.00"}),
    _half("expenditure", "item", 23, "四、住房保障支出", {"total": "60.00"}),
    _half("expenditure", "item", 26, "本年支出合计", {"total": "630.00"}),
    _half("expenditure", "item", 27, "结转下年", {"total": None}),
    _half("expenditure", "total", 28, "支出总计", {"total": "630.00"}),
]
IN, OUT = _column("in", measure="total", block=1), {"measure": "total", "block": 2}
PUBLIC = (
    "total",
    "overseas_travel",
    "vehicle_total",
    "vehicle_purchase",
    "vehicle_operation",
    "official_reception",
)


def _public(*amounts: str | None) -> Amounts:
    return dict(zip(PUBLIC, amounts, strict=True))


SPEC: dict[str, Any] = {
    "head": {"department": "某市某局", "scope": "department", "fiscal_year": 2025, "stage": "budget"},
    "tables": [
        {
            "statement": "department_summary",
            "title": "部门收支总表",
            "columns": [IN, _column("total", **OUT)],
            "rows": SUMMARY,
        },
        {
            "statement": "revenue_summary",
            "title": "部门收入总表",
            "columns": [
                "total",
                _column("general", measure="total", fund="general_public"),
                _column("fund", measure="total", fund="government_fund"),
            ],
            "rows": [[30, "revenue", "total", "total", None, "合计", _both("630.00", "550.00", "80.00")]],
        },
        {
            "statement": "expenditure_summary",
            "title": "部门支出总表",
            "columns": ["total", "personnel", "operating", "project"],
            "rows": DEPARTMENT,
        },
        {
            "statement": "appropriation_summary",
            "title": "财政拨款收支总表",
            "columns": [
                IN,
                _column("total", **OUT),
                _column("general", **OUT, fund="general_public"),
                _column("fund", **OUT, fund="government_fund"),
            ],
            "rows": APPROPRIATION,
        },
        {
            "statement": "expenditure_by_function",
            "title": "一般公共预算支出表",
            "columns": [_column(k, measure=k, fund="general_public") for k in ("total", "basic", "project")],
            "rows": FUNCTION,
        },
        {
            "statement": "basic_by_economic",
            "title": "一般公共预算基本支出表",
            "scheme": "economic_dept",
            "columns": [
                _column(k, measure=k, fund="general_public") for k in ("total", "personnel", "operating")
            ],
            "rows": ECONOMIC,
        },
        {
            "statement": "three_public",
            "title": "一般公共预算“三公”经费支出表",
            "columns": [_column(k, measure=k, fund="general_public") for k in PUBLIC],
            "rows": [
                [
                    50,
                    "expenditure",
                    "total",
                    "total",
                    None,
                    "合计",
                    _public("25.00", None, "18.00", None, "18.00", "7.00"),
                ]
            ],
        },
        {
            "statement": "fund_expenditure",
            "title": "政府性基金预算支出表",
            "columns": [_column(k, measure=k, fund="government_fund") for k in ("total", "basic", "project")],
            "rows": FUND,
        },
        {
            "statement": "state_capital_expenditure",
            "title": "国有资本经营预算支出表",
            "columns": ["total"],
            "rows": [],
            "declared_empty": True,
        },
    ],
}


def make_small() -> Draft:
    """This will make the department whose tables agree."""
    return make_draft(SPEC)


def with_text(draft: Draft, *pages: str) -> Draft:
    """This will give a draft running text, one string a page."""
    return replace(
        draft, narrative=tuple(Narrative(number, text) for number, text in enumerate(pages, start=1))
    )


def change(draft: Draft, statement: str, row: str, key: str, printed: str | None) -> Draft:
    """This will print another figure in one cell: row by code, else by name."""
    value = None if printed is None else Decimal(printed)

    def edit(table: Table) -> Table:
        rows = tuple(
            replace(
                r,
                figures={
                    **r.figures,
                    key: replace(
                        r.figures[key], value=value, raw=printed or "", state="amount" if value else "blank"
                    ),
                },
            )
            if row in (r.code, r.name) and key in r.figures
            else r
            for r in table.rows
        )
        assert rows != table.rows, (statement, row, key)
        return replace(table, rows=rows)

    return replace(draft, tables=tuple(edit(t) if t.statement == statement else t for t in draft.tables))


def without(draft: Draft, statement: str) -> Draft:
    """This will leave one table out."""
    return replace(draft, tables=tuple(table for table in draft.tables if table.statement != statement))
