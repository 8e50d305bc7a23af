"""What kind of document this is by what is missing: no disclosure at all, only words, only promises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.parsing.draft import Narrative, Problem, Project, Table
from intake.parsing.refusal import RefusedDocument

_SUBJECT = re.compile(r"预算|决算")
_AMOUNT = re.compile(r"\d[\d,.]*\s*(?:亿|万|千)?元")
_PROMISES = {"performance", "department_performance"}
MONEY_TABLES = "收支总表、收入总表、支出总表、财政拨款收支总表、一般公共预算支出表、一般公共预算基本支出表、“三公”经费支出表、政府性基金预算支出表"
MONEY_TABLES_EN = (
    "the summaries of revenue and expenditure, the appropriation summary, general public expenditure, basic "
    "expenditure, the three public expenses and the government fund table"
)


def find_gaps(
    name: str, tables: Sequence[Table], projects: Sequence[Project], narrative: Sequence[Narrative]
) -> list[Problem]:
    """Return the problem of a document that is only a part of a disclosure.

    Raises:
        RefusedDocument: where nothing in it is a budget or a final account.
    """
    if any(table.statement not in _PROMISES for table in tables):
        return []
    if projects or tables:
        return [
            Problem(
                "partial-document",
                "warning",
                f"这份文件只有绩效目标，没有金额表。部门预决算公开还应有：{MONEY_TABLES}。请一并上传。",
                "This document holds performance objectives only and no tables of amounts. A disclosure also has "
                f"{MONEY_TABLES_EN}. Please upload them too.",
            )
        ]
    text = "\n".join(part.text for part in narrative)
    if len(_SUBJECT.findall(text)) >= 5 and len(_AMOUNT.findall(text)) >= 3:
        return [
            Problem(
                "narrative-only",
                "warning",
                f"这份文件只有文字说明，没有表格。部门预决算公开还应有：{MONEY_TABLES}。如表格另有文件，请与本文件一并上传。",
                "This document is narrative only and has no tables. A disclosure also has "
                f"{MONEY_TABLES_EN}. If they are in another file, upload it with this one.",
            )
        ]
    raise RefusedDocument(
        "not-a-disclosure",
        f"“{name}”里没有预算或决算的表格，也没有预决算说明，不像是部门预决算公开文件。"
        "请核对是否选错了文件（例如申请表、通知或目录），再上传公开文件本身。",
        f"“{name}” holds no budget or final-accounts tables and no account of them; it does not look like a "
        "disclosure. Check whether the wrong file was chosen (a form, a notice, a list) and upload the disclosure.",
    )
