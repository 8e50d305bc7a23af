"""Writing one disclosure as a workbook: a cover, one sheet a table, one sheet for the projects."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from budgets.workbook.sheets import (
    Layout,
    get_amount,
    get_indent,
    get_number_format,
    get_sheet_name,
    get_text,
    lay_out,
)

Json = Mapping[str, Any]
CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The creation time written into every workbook, so that equal figures give equal bytes."""
STAGES: Final = {"budget": "预算", "final_accounts": "决算"}
COVER: Final = "封面"
PROJECTS_TITLE: Final = "项目支出绩效目标表"
PROJECT_HEADINGS: Final = (
    "单位名称", "项目名称", "预算执行率权重（%）", "预算数", "绩效目标", "一级指标", "二级指标", "三级指标",
    "绩效指标性质", "本年绩效指标值", "绩效度量单位", "本年权重",
)  # fmt: skip
LEVEL1: Final = {
    "output": "产出指标",
    "benefit": "效益指标",
    "satisfaction": "满意度指标",
    "cost": "成本指标",
}
LEVEL2: Final = {
    "quantity": "数量指标", "quality": "质量指标", "timeliness": "时效指标", "cost": "成本指标",
    "economic": "经济效益指标", "social": "社会效益指标", "ecological": "生态效益指标",
    "sustainability": "可持续影响指标", "service_recipients": "服务对象满意度指标",
}  # fmt: skip
OPERATORS: Final = {"eq": "=", "ge": "≥", "le": "≤", "gt": ">", "lt": "<", "qualitative": "定性"}


def write_workbook(draft: Json, *, notes: Sequence[str] = ()) -> bytes:
    """This will write a draft (full JSON) as .xlsx and return its bytes.

    ``notes`` are lines for the cover (where the figures come from). Amounts are numbers in the unit
    printed, with the decimals printed; a blank stays an empty cell, a zero a zero, a dash a dash.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED, "title": _get_title(draft)})
    writer = _Writer(book)
    writer.write_cover(draft, notes=notes)
    for table in draft["tables"]:
        writer.write_table(table)
    if draft["projects"]:
        writer.write_projects(draft["projects"])
    book.close()
    return stream.getvalue()


def _get_title(draft: Json) -> str:
    head = draft["disclosure"]
    kind = STAGES.get(head["stage"] or "budget", "预算")
    scope = {"department": "部门", "unit": "单位"}.get(head["scope"] or "", "")
    return f"{head['fiscal_year'] or ''}年{head['unit'] if scope == '单位' else head['department'] or ''}{scope}{kind}公开表"


class _Writer:
    """Holds the book and its formats while the sheets are written."""

    def __init__(self, book: Any) -> None:
        self.book, self.taken = book, set[str]()
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **fields: Any) -> Any:
        """This will return the format with these properties, each made once."""
        key = tuple(sorted(fields.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_size": 10, "valign": "vcenter", **fields})
        return self.formats[key]

    def add_sheet(self, title: str) -> Any:
        """This will add a sheet, printed on one page's width, lying."""
        sheet = self.book.add_worksheet(get_sheet_name(title, taken=self.taken))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def write_cover(self, draft: Json, *, notes: Sequence[str]) -> None:
        """This will write who, when, what, and the notes."""
        sheet, head = self.add_sheet(COVER), draft["disclosure"]
        sheet.set_column(0, 0, 100)
        lines = [_get_title(draft), _write_date(head["published_on"]), *notes]
        for row, line in enumerate(line for line in lines if line):
            sheet.write_string(
                row * 2,
                0,
                line,
                self.format(**({"bold": True, "font_size": 16} if row == 0 else {"text_wrap": True})),
            )

    def write_table(self, table: Json) -> None:
        """This will write one table of amounts."""
        layout, sheet = lay_out(table), self.add_sheet(_shorten(table["title"]))
        width = max(len(layout.slots), 2)
        sheet.merge_range(
            0, 0, 0, width - 1, table["title"], self.format(bold=True, font_size=14, align="center")
        )
        if table["unit"]:
            sheet.merge_range(1, 0, 1, width - 1, f"单位：{table['unit']}", self.format(align="right"))
        self._write_headings(sheet, layout, top=2)
        body = 2 + layout.depth
        for number, line in enumerate(layout.lines):
            for column, (slot, block) in enumerate(zip(layout.slots, layout.blocks, strict=True)):
                row = line[block]
                if row is None:
                    sheet.write_blank(body + number, column, None, self.format(border=1))
                elif slot.key is None:
                    self._write_text(sheet, body + number, column, row=row, what=slot.text)
                else:
                    self._write_amount(sheet, body + number, column, row=row, key=slot.key)
        for number, note in enumerate(_list_notes(table)):
            sheet.write_string(body + len(layout.lines) + 1 + number, 0, note, self.format())
        sheet.freeze_panes(
            body, sum(slot.key is None for slot in layout.slots) if len(set(layout.blocks)) == 1 else 0
        )
        for column, slot in enumerate(layout.slots):
            sheet.set_column(column, column, 16 if slot.key or slot.text.startswith("code") else 38)

    def _write_headings(self, sheet: Any, layout: Layout, *, top: int) -> None:
        """This will write the heading rows, equal neighbours merged, short paths reaching down."""
        fmt = self.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2EFE8")
        for depth in range(layout.depth):
            start = 0
            while start < len(layout.slots):
                path = layout.slots[start].heading
                if depth >= len(path):
                    start += 1
                    continue
                end = start
                while end + 1 < len(layout.slots) and _goes_on(layout, end, end + 1, depth):
                    end += 1
                bottom = layout.depth - 1 if depth == len(path) - 1 else depth
                if (bottom, end) == (depth, start):
                    sheet.write_string(top + depth, start, path[depth], fmt)
                else:
                    sheet.merge_range(top + depth, start, top + bottom, end, path[depth], fmt)
                start = end + 1

    def _write_text(self, sheet: Any, line: int, column: int, *, row: Json, what: str) -> None:
        text = get_text(row, what)
        bold = row["kind"] in {"total", "subtotal"}
        indent = get_indent(row) if what == "name" else 0
        sheet.write_string(
            line, column, text, self.format(border=1, bold=bold, indent=indent, text_wrap=True)
        )

    def _write_amount(self, sheet: Any, line: int, column: int, *, row: Json, key: str) -> None:
        amount = get_amount(row, key)
        if isinstance(amount, Decimal):
            shown = get_number_format(row["figures"][key]["raw"], amount)
            sheet.write_number(line, column, amount, self.format(border=1, num_format=shown))
        elif amount is None:
            sheet.write_blank(line, column, None, self.format(border=1))
        else:
            sheet.write_string(line, column, amount, self.format(border=1, align="right"))

    def write_projects(self, projects: Sequence[Json]) -> None:
        """This will write all projects with their indicators on one sheet, a project's cells merged."""
        sheet = self.add_sheet(PROJECTS_TITLE)
        last = len(PROJECT_HEADINGS) - 1
        unit = next((project["unit"] for project in projects if project["unit"]), None)
        sheet.merge_range(0, 0, 0, last, PROJECTS_TITLE, self.format(bold=True, font_size=14, align="center"))
        sheet.merge_range(1, 0, 1, last, f"单位：{unit or '万元'}", self.format(align="right"))
        heading = self.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2EFE8")
        for column, text in enumerate(PROJECT_HEADINGS):
            sheet.write_string(2, column, text, heading)
        line = 3
        for project in projects:
            line = self._write_project(sheet, line, project)
        sheet.freeze_panes(3, 2)
        for column, width in enumerate((16, 30, 10, 12, 48, 12, 16, 28, 10, 14, 12, 10)):
            sheet.set_column(column, column, width)

    def _write_project(self, sheet: Any, top: int, project: Json) -> int:
        """This will write one project and return the line after it."""
        indicators = project["indicators"] or [None]
        bottom = top + len(indicators) - 1
        cells = list_project(project)
        for column, value in enumerate(cells):
            self._write_merged(sheet, top, bottom, column, value)
        for line, indicator in enumerate(indicators, start=top):
            values = list_indicator(indicator) if indicator else ("",) * 7
            for column, value in enumerate(values, start=len(cells)):
                self._write_merged(sheet, line, line, column, value)
        return bottom + 1

    def _write_merged(
        self, sheet: Any, top: int, bottom: int, column: int, value: Decimal | str | None
    ) -> None:
        is_number = isinstance(value, Decimal)
        fmt = self.format(border=1, text_wrap=True, **({"num_format": "#,##0.00"} if is_number else {}))
        shown: Any = value if is_number else value or ""
        if top != bottom:
            sheet.merge_range(top, column, bottom, column, shown, fmt)
        elif is_number:
            sheet.write_number(top, column, shown, fmt)
        else:
            sheet.write_string(top, column, shown, fmt)


def _goes_on(layout: Layout, one: int, other: int, depth: int) -> bool:
    """Return whether two neighbours share the heading down to this depth (a leaf is never shared)."""
    first, second = layout.slots[one].heading, layout.slots[other].heading
    return (
        layout.blocks[one] == layout.blocks[other]
        and first[: depth + 1] == second[: depth + 1]
        and len(first) > depth + 1
        and len(second) > depth + 1
    )


def _list_notes(table: Json) -> list[str]:
    notes = list(table.get("notes", ()))
    if table["declared_empty"] and not any("空表" in note or "无" in note for note in notes):
        notes.append("本表无数据，为空表。")
    return notes


def list_project(project: Json) -> tuple[Decimal | str | None, ...]:
    """This will return the five cells of a project: unit, code and name, weight, amount, objective."""
    unit_name = "-".join(filter(None, (project["unit_code"], project["unit_name"])))
    name = "-".join(filter(None, (project["code"], project["name"])))
    weight, amount = _number(project["execution_weight"]), _number(project["amount"])
    return unit_name, name, weight, amount, project["objective"]


def list_indicator(indicator: Json) -> tuple[str, ...]:
    """This will return the seven cells of an indicator, in the words of the glossary."""
    weight = _number(indicator["weight"])
    return (
        LEVEL1.get(indicator["dimension"], ""),
        LEVEL2.get(indicator["type"], ""),
        indicator["name"],
        OPERATORS.get(indicator["operator"] or "", ""),
        indicator["target"] or "",
        indicator["unit"] or "",
        f"{weight.normalize():f}" if weight is not None else "",
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _shorten(title: str) -> str:
    """Return a title without year and department, for a sheet's name."""
    return re.sub(r"^.*?(?:\d{4}年度?)(?:.*(?:局|厅|委|办|中心|院))?", "", title) or title


def _write_date(day: str | None) -> str:
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", day or "")
    return f"{match[1]}年{match[2]}月{match[3]}日" if match else ""
