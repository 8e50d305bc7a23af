"""Which of the required tables are there: present, declared empty, empty without a word, missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.checks.book import Book
from intake.checks.sheets import Sheet
from intake.parsing.draft import Finding, Severity

REQUIRED = "required-table"
EMPTY = "empty-table-stated"


@dataclass(frozen=True, slots=True)
class Demand:
    """One table asked for, with what its absence is."""

    mark: str
    statement: str
    name: str
    name_en: str
    severity: Severity


ALIKE = {
    "basic_by_economic": ("basic_expenditure", "expenditure_by_economic", "appropriation_basic"),
    "expenditure_by_function": ("appropriation_expenditure",),
    "expenditure_summary": ("basic_expenditure", "project_expenditure"),
}
"""Tables that say nearly the same, printed in some places instead: then it is a remark, no error."""

DEMANDS: tuple[Demand, ...] = (
    Demand("①", "department_summary", "部门收支总表", "Department revenue and expenditure summary", "error"),
    Demand("②", "revenue_summary", "部门收入总表", "Department revenue summary", "error"),
    Demand("③", "expenditure_summary", "部门支出总表", "Department expenditure summary", "error"),
    Demand("④", "appropriation_summary", "财政拨款收支总表", "Fiscal appropriation summary", "error"),
    Demand(
        "⑤", "expenditure_by_function", "一般公共预算支出表", "General public budget expenditure", "error"
    ),
    Demand(
        "⑥", "basic_by_economic", "一般公共预算基本支出表", "General public budget basic expenditure", "error"
    ),
    Demand("⑦", "three_public", "一般公共预算“三公”经费支出表", "“Three public” expenses", "error"),
    Demand("⑧", "fund_expenditure", "政府性基金预算支出表", "Government fund expenditure", "error"),
    Demand("⑨", "state_capital_expenditure", "国有资本经营预算支出表", "State capital operations", "info"),
)
"""The tables a department must disclose: 财预〔2016〕143号 by the standard catalogue of open
government at the base (财政预决算), eight by rule; the ninth is usual practice."""


def check_required_tables(book: Book) -> Iterator[Finding]:
    """Yield for each required table whether it is there (domain study 3).

    A document without any of them (a performance table alone, a text) is a part of a disclosure;
    then every table is named as missing all the same, so that it is not taken for the whole.
    """
    for demand in DEMANDS:
        sheets = book.by_statement.get(demand.statement, [])
        if sheets:
            yield _present(demand, sheets)
        else:
            yield _missing(demand, _find_alike(book, demand.statement))


def check_empty_tables(book: Book) -> Iterator[Finding]:
    """Yield tables that print no figure: with a statement (as required), or without.

    Source: the standard catalogue: 没有数据的表格也应列出空表并说明.
    """
    for sheet in book.sheets:
        if any(map(sheet.has_figures, range(len(sheet.rows)))):
            continue
        if sheet.statement in ("other", "performance", "department_performance"):
            continue
        if sheet.table.declared_empty or _said_in_narrative(book, sheet):
            yield _remark(
                sheet,
                outcome_match=True,
                severity="info",
                message=f"{sheet.title}为空表，文件已作说明。",
                message_en=f"{sheet.title_en} is empty, and the document says so.",
            )
        else:
            yield _remark(
                sheet,
                outcome_match=False,
                severity="warning",
                message=f"{sheet.title}没有任何数字，也没有说明为什么是空表。没有数据的表应注明“本表无数据”。",
                message_en=f"{sheet.title_en} prints no figure and no statement why. "
                "A table without data should say so.",
            )


def _present(demand: Demand, sheets: list[Sheet]) -> Finding:
    first = sheets[0]
    return Finding(
        check=REQUIRED,
        outcome="match",
        severity="info",
        message=f"应公开的表{demand.mark}“{demand.name}”已公开：{first.title}。",
        message_en=f"Required table {demand.mark} {demand.name_en} is there: {first.title_en}.",
        places=(first.table.place,),
        tables=(first.index,),
    )


def _find_alike(book: Book, statement: str) -> list[Sheet]:
    return [sheet for other in ALIKE.get(statement, ()) for sheet in book.by_statement.get(other, [])]


def _missing(demand: Demand, alike: list[Sheet]) -> Finding:
    if alike:
        return Finding(
            check=REQUIRED,
            outcome="undetermined",
            severity="info",
            message=f"没有单独的表{demand.mark}“{demand.name}”，内容相近的是{alike[0].title}，请核对是否已含应公开的内容。",
            message_en=f"There is no separate table {demand.mark} {demand.name_en}; {alike[0].title_en} comes near "
            "it. Please see whether it holds what must be disclosed.",
            places=(alike[0].table.place,),
            tables=(alike[0].index,),
        )
    required = demand.severity == "error"
    word = "应公开的表" if required else "通常公开的表"
    word_en = "The required table" if required else "The usual table"
    return Finding(
        check=REQUIRED,
        outcome="undetermined",
        severity=demand.severity,
        message=f"没有找到{word}{demand.mark}“{demand.name}”。没有数据的表也应列出并注明为空表；"
        "如果它在另一份文件里，请一并上传。",
        message_en=f"{word_en} {demand.mark} {demand.name_en} was not found. A table without data must "
        "still be listed as empty; if it stands in another file, please upload that too.",
    )


def _remark(
    sheet: Sheet, *, outcome_match: bool, severity: Severity, message: str, message_en: str
) -> Finding:
    return Finding(
        check=EMPTY,
        outcome="match" if outcome_match else "undetermined",
        severity=severity,
        message=message,
        message_en=message_en,
        places=(sheet.table.place,),
        tables=(sheet.index,),
    )


SUBJECTS = {
    "fund_expenditure": ("政府性基金",),
    "fund_three_public": ("政府性基金",),
    "state_capital_expenditure": ("国有资本经营",),
    "three_public": ("三公",),
}
MAX_SENTENCE = 120
DENIALS = ("没有", "无", "未安排", "不涉及", "为空表", "空表")


_NIL = re.compile(r"[^，。；]{0,24}?(?<![\d.])0(?:\.0+)?(?:万|亿)?元")


def _said_in_narrative(book: Book, sheet: Sheet) -> bool:
    """Say whether a sentence of the text says that there is no such money, or states it as nil."""
    words = SUBJECTS.get(sheet.statement)
    if words is None:
        return False
    return any(
        any(word in sentence.text for word in words)
        and (
            (len(sentence.text) < MAX_SENTENCE and any(denial in sentence.text for denial in DENIALS))
            or any(re.search(word + _NIL.pattern, sentence.text) for word in words)
        )
        for sentence in book.sentences
    )
