"""The blank workbook: every statement a department must disclose, ready to fill in and upload.

Its tables are those of 财预〔2016〕143号 as the 目录 quotes it (``domain.md`` §3), laid out as the
importer reads any workbook. Amount cells accept numbers only; instructions stand on the cover.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import xlsxwriter

from budgets.workbook.filled import CREATED, LEVEL1, LEVEL2, OPERATORS, PROJECT_HEADINGS, PROJECTS_TITLE

ROWS: Final = 40
"""Empty rows of a table to be filled in."""
PROJECT_ROWS: Final = 120
UNIT: Final = "万元"
INSTRUCTIONS: Final = (
    "填写说明",
    "1. 把第一行的“0000年”改成年度，“（部门名称）”改成部门全称；决算请把“预算”改成“决算”。",
    "2. 每张表的金额单位写在表的右上角，默认为万元；如用元，请把“单位：万元”改成“单位：元”。",
    "3. 金额只填数字。没有金额的格子留空；确实为零时填 0；不要用空格、“无”代替。",
    "4. 科目编码填到“项”（如 2010301）；“类”“款”“项”各占一行，合计行在最前。",
    "5. 没有内容的表请保留，并在表下注明“本部门无××安排，故本表为空表”。",
    "6. 项目绩效目标：每个指标一行；项目名称写成“项目代码-项目名称”；同一项目的项目名称、预算数、绩效目标只填第一行。",
    "7. 填完后在“上传”页上传本工作簿，系统会自动核对各表之间的关系。",
)
CLASSES: Final = (
    "一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出", "文化旅游体育与传媒支出",
    "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出", "农林水支出", "交通运输支出",
    "资源勘探工业信息等支出", "商业服务业等支出", "金融支出", "援助其他地区支出", "自然资源海洋气象等支出", "住房保障支出",
    "粮油物资储备支出", "国有资本经营预算支出", "灾害防治及应急管理支出", "其他支出",
)  # fmt: skip
SOURCES: Final = (
    "一、一般公共预算拨款收入", "二、政府性基金预算拨款收入", "三、国有资本经营预算拨款收入", "四、财政专户管理资金收入",
    "五、事业收入", "六、上级补助收入", "七、附属单位上缴收入", "八、事业单位经营收入", "九、其他收入",
)  # fmt: skip
NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Form:
    """One blank table: its title, its heading paths, its first labels (columns of texts come first)."""

    title: str
    headings: tuple[tuple[str, ...], ...]
    texts: int
    labels: tuple[tuple[str, ...], ...] = (("", "合计"),)
    rows: int = ROWS


def _number(count: int) -> str:
    """Return a serial number as it is printed: 一, 十一, 二十一."""
    tens, ones = divmod(count, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens - 1] + "十") + (
        NUMERALS[ones - 1] if ones else ""
    )


def _summary_labels(sources: Sequence[str], *, this_year: str) -> tuple[tuple[str, ...], ...]:
    """Return the label pairs (revenue, expenditure) of a summary, its totals at the foot."""
    classes = [f"{_number(n)}、{name}" for n, name in enumerate(CLASSES, start=1)]
    height = max(len(sources), len(classes))
    left = [*sources, *[""] * (height - len(sources))]
    pairs = list(zip(left, classes, strict=True))
    return (
        *pairs,
        (f"{this_year}收入合计", f"{this_year}支出合计"),
        ("上年结转", "结转下年"),
        ("收入总计", "支出总计"),
    )


CODE: Final = (("科目编码",), ("科目名称",))
YEAR: Final = "预算数"
SPENDING: Final = ((YEAR, "合计"), (YEAR, "基本支出"), (YEAR, "项目支出"))
THREE_PUBLIC: Final = tuple(
    (year, *path)
    for year in ("上年预算数", "本年预算数")
    for path in (
        ("合计",),
        ("因公出国（境）费用",),
        ("公务用车购置及运行费", "小计"),
        ("公务用车购置及运行费", "公务用车购置费"),
        ("公务用车购置及运行费", "公务用车运行费"),
        ("公务接待费",),
    )
)
FORMS: Final = (
    Form(
        "部门收支总表",
        (("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "预算数")),
        0,
        _summary_labels(SOURCES, this_year="本年"),
        0,
    ),
    Form(
        "部门收入总表",
        (
            *CODE, ("合计",), ("上年结转",), ("一般公共预算拨款收入",), ("政府性基金预算拨款收入",),
            ("国有资本经营预算拨款收入",), ("财政专户管理资金收入",), ("事业收入",), ("上级补助收入",),
            ("附属单位上缴收入",), ("事业单位经营收入",), ("其他收入",),
        ),
        2,
    ),
    Form(
        "部门支出总表",
        (*CODE, ("合计",), ("基本支出",), ("项目支出",), ("上缴上级支出",), ("事业单位经营支出",), ("对附属单位补助支出",)),
        2,
    ),
    Form(
        "财政拨款收支总表",
        (
            ("收入", "项目"), ("收入", "预算数"), ("支出", "项目"), ("支出", "合计"), ("支出", "一般公共预算"),
            ("支出", "政府性基金预算"), ("支出", "国有资本经营预算"),
        ),
        0,
        _summary_labels(SOURCES[:3], this_year="本年"),
        0,
    ),
    Form("一般公共预算支出表", (*CODE, *SPENDING), 2),
    Form("一般公共预算基本支出表", (*CODE, (YEAR, "合计"), (YEAR, "人员经费"), (YEAR, "公用经费")), 2),
    Form("一般公共预算“三公”经费支出表", THREE_PUBLIC, 0, (), 1),
    Form("政府性基金预算支出表", (*CODE, *SPENDING), 2),
    Form("国有资本经营预算支出表", (*CODE, *SPENDING), 2),
)  # fmt: skip


def write_blank_workbook() -> bytes:
    """This will write the blank workbook (.xlsx) and return its bytes, the same at each call."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": CREATED, "title": "部门预算公开表（空白）"})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "right": book.add_format({"align": "right"}),
        "heading": book.add_format(
            {
                "bold": True,
                "border": 1,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "bg_color": "#F2EFE8",
            }
        ),
        "text": book.add_format({"border": 1, "num_format": "@"}),
        "amount": book.add_format({"border": 1, "num_format": "#,##0.00", "bg_color": "#FFFDF5"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _write_cover(book, formats)
    for form in FORMS:
        _write_form(book, form, formats)
    _write_projects(book, formats)
    book.close()
    return stream.getvalue()


def _write_cover(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("封面")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, "0000年（部门名称）部门预算公开表", formats["title"])
    for row, line in enumerate(INSTRUCTIONS, start=3):
        sheet.write_string(row, 0, line, formats["wrap"])


def _write_form(book: Any, form: Form, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(form.title[:31])
    width, depth = len(form.headings), max(len(path) for path in form.headings)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, width - 1, form.title, formats["title"])
    sheet.merge_range(1, 0, 1, width - 1, f"单位：{UNIT}", formats["right"])
    _write_headings(sheet, form, top=2, depth=depth, fmt=formats["heading"])
    body = 2 + depth
    texts = [n for n, path in enumerate(form.headings) if n < form.texts or path[-1] == "项目"]
    for line in range(max(form.rows, len(form.labels))):
        labels = dict(zip(texts, form.labels[line], strict=True)) if line < len(form.labels) else {}
        for column in range(width):
            is_text = column in texts
            sheet.write(
                body + line, column, labels.get(column) or None, formats["text" if is_text else "amount"]
            )
    last = body + max(form.rows, len(form.labels), 1) - 1
    for column in range(width):
        sheet.set_column(
            column,
            column,
            30 if column in texts and (column or not form.texts) else 15,
        )
        if column not in texts:
            _allow_numbers(sheet, body, column, last)
    sheet.freeze_panes(body, form.texts)


def _write_headings(sheet: Any, form: Form, *, top: int, depth: int, fmt: Any) -> None:
    paths = form.headings
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            if level >= len(path):
                start += 1
                continue
            end = start
            is_leaf = level == len(path) - 1
            while not is_leaf and end + 1 < len(paths) and paths[end + 1][: level + 1] == path[: level + 1]:
                end += 1
            bottom = top + (depth - 1 if is_leaf else level)
            if (bottom, end) == (top + level, start):
                sheet.write_string(top + level, start, path[level], fmt)
            else:
                sheet.merge_range(top + level, start, bottom, end, path[level], fmt)
            start = end + 1


def _allow_numbers(sheet: Any, top: int, column: int, bottom: int) -> None:
    sheet.data_validation(
        top,
        column,
        bottom,
        column,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -10_000_000_000_000,
            "maximum": 10_000_000_000_000,
            "ignore_blank": True,
            "error_title": "这不是金额",
            "error_message": "这里只能填数字。没有金额请留空，确实为零请填 0。",
        },
    )


def _write_projects(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(PROJECTS_TITLE)
    last = len(PROJECT_HEADINGS) - 1
    sheet.hide_gridlines(2)
    sheet.merge_range(0, 0, 0, last, PROJECTS_TITLE, formats["title"])
    sheet.merge_range(1, 0, 1, last, f"单位：{UNIT}", formats["right"])
    for column, text in enumerate(PROJECT_HEADINGS):
        sheet.write_string(2, column, text, formats["heading"])
        sheet.set_column(column, column, 30 if column in {1, 4, 7} else 13)
    for row in range(3, 3 + PROJECT_ROWS):
        for column in range(last + 1):
            sheet.write_blank(row, column, None, formats["amount" if column in {2, 3, 11} else "text"])
    bottom = 2 + PROJECT_ROWS
    for column, words in ((5, LEVEL1), (6, LEVEL2), (8, OPERATORS)):
        sheet.data_validation(
            3, column, bottom, column, {"validate": "list", "source": list(dict.fromkeys(words.values()))}
        )
    for column in (2, 3, 11):
        _allow_numbers(sheet, 3, column, bottom)
    sheet.freeze_panes(3, 2)
