"""A small draft in its full JSON, with everything a person can correct."""

from __future__ import annotations

import copy
from typing import Any


def _column(key: str, index: int, *, heading: str) -> dict[str, Any]:
    return {
        "key": key,
        "index": index,
        "block": 1,
        "measure": key,
        "year": None,
        "phase": "approved",
        "fund": "general_public",
        "carried": "all",
        "quantity": "money",
        "heading": ["2024年预算数", heading],
    }


def _row(
    number: int,
    *,
    code: str | None,
    name: str,
    parent: int | None,
    amounts: list[str | None],
    kind: str = "item",
) -> dict[str, Any]:
    keys = ["total", "basic", "project"]
    levels = {None: "total", 3: "class", 5: "subclass", 7: "item"}
    return {
        "place": {"page": 1, "row": number, "box": [72.0, 100.0 + 18 * number, 523.0, 118.0 + 18 * number]},
        "side": "expenditure",
        "kind": kind,
        "level": levels[len(code) if code else None],
        "codes": {"functional": code} if code else {},
        "code": code,
        "parent": None,
        "parent_index": parent,
        "name": name,
        "unit_name": None,
        "amounts": dict(zip(keys, amounts, strict=True)),
        "figures": {
            key: {
                "raw": amount or "",
                "state": "amount" if amount else "blank",
                "place": {
                    "page": 1,
                    "row": number,
                    "column": 4 + column,
                    "box": [
                        300.0 + 70 * column,
                        100.0 + 18 * number,
                        370.0 + 70 * column,
                        118.0 + 18 * number,
                    ],
                },
            }
            for column, (key, amount) in enumerate(zip(keys, amounts, strict=True))
        },
        "cells": [code or "", name, *[amount or "" for amount in amounts]],
    }


_DRAFT: dict[str, Any] = {
    "file": "草稿.pdf",
    "sha256": "0" * 64,
    "kind": "pdf",
    "pages": 1,
    "disclosure": {
        "department": "江宁市审计局",
        "department_code": None,
        "unit": None,
        "scope": "department",
        "fiscal_year": 2024,
        "stage": "budget",
        "published_on": None,
        "suggested": {},
    },
    "tables": [
        {
            "statement": "expenditure_by_function",
            "title": "一般公共预算支出表",
            "unit": "万元",
            "pages": [1],
            "declared_empty": False,
            "columns": [
                _column("total", 2, heading="合计"),
                _column("basic", 3, heading="基本支出"),
                _column("project", 4, heading="项目支出"),
            ],
            "rows": [
                _row(
                    1,
                    code=None,
                    name="合计",
                    parent=None,
                    amounts=["300.00", "200.00", "100.00"],
                    kind="total",
                ),
                _row(
                    2,
                    code="201",
                    name="一般公共服务支出",
                    parent=None,
                    amounts=["300.00", "200.00", "100.00"],
                ),
                _row(3, code="20108", name="审计事务", parent=1, amounts=["300.00", "200.00", "100.00"]),
                _row(4, code="2010801", name="行政运行", parent=2, amounts=["200.00", "200.00", None]),
                _row(5, code="2010804", name="审计业务", parent=2, amounts=["100.00", None, "100.00"]),
            ],
            "index": 0,
            "notes": [],
            "place": {"page": 1},
        }
    ],
    "projects": [
        {
            "place": {"page": 2, "row": 1},
            "code": "32010024T000000000001",
            "name": "审计业务经费",
            "amount": "100.00",
            "unit": "万元",
            "execution_weight": "10",
            "objective": "完成审计项目20个。",
            "objective_place": {"page": 2, "row": 2},
            "unit_code": None,
            "unit_name": None,
            "indicators": [
                {
                    "place": {"page": 2, "row": 3},
                    "dimension": "output",
                    "type": "quantity",
                    "name": "审计项目数量",
                    "operator": "ge",
                    "target": "20",
                    "unit": "个",
                    "weight": "90",
                    "result": None,
                    "score": None,
                    "printed": ["产出指标", "数量指标", "审计项目数量"],
                }
            ],
        }
    ],
    "narrative": [],
    "problems": [
        {
            "code": "not-an-amount",
            "severity": "error",
            "message": "第1页，表“一般公共预算支出表”，第5行：‘n.a.’ 不是金额。",
            "message_en": "Page 1, row 5: 'n.a.' is not an amount.",
            "place": {"page": 1, "row": 5},
        }
    ],
    "findings": [],
    "numbers": {"in_tables": 12, "attributed": 12, "in_problems": 0},
    "seconds": 0.1,
}


def make_draft() -> dict[str, Any]:
    """Return a fresh copy of the draft."""
    return copy.deepcopy(_DRAFT)
