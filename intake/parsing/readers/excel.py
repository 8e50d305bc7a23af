"""Excel and WPS workbooks (.xlsx, .xlsm, .xlsb, .xls, .et, .ods) → one page a sheet."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Callable, Iterator

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from intake.parsing.archives import BROKEN, check_ratio
from intake.parsing.draft import Problem
from intake.parsing.radicals import with_ideographs
from intake.parsing.readers import xls_marks
from intake.parsing.readers.numbers import plain_number, printed_number
from intake.parsing.readers.sheets import Sheet, Slot, Span, find_blocks
from intake.parsing.readers.xlsx_marks import Marks, read_marks
from intake.parsing.refusal import RefusedDocument
from intake.parsing.tables import Document, Page, Place

_MOST_SLOTS = 6_000_000
_MOST_ROWS = 200_000
_MOST_NAMED = 10
_NO_MARKS = Marks()


def read(data: bytes, *, name: str, progress: Callable[[int, int], None] | None = None) -> Document:
    """Return every sheet with content as a page; hidden sheets are read and marked by a remark.

    Raises:
        RefusedDocument: encrypted, damaged, a zip bomb, or a sheet beyond all bounds.
    """
    is_archive = data.startswith(b"PK")
    if is_archive:
        check_ratio(data, name=name)
    marks = _marks(data, name) if is_archive else xls_marks.read_marks(data)
    for sheet_name, sheet_marks in marks.items():
        _check_extent(sheet_name, sheet_marks.last_row + 1, sheet_marks.last_column + 1)
    pages: list[Page] = []
    remarks: list[Problem] = []
    with _open(data, name) as workbook:
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        for index, meta in enumerate(sheets, start=1):
            try:
                values = workbook.get_sheet_by_name(meta.name)
            except (CalamineError, ValueError) as error:
                raise _damaged(name) from error
            found = _sheet(values, meta.name, marks.get(meta.name, _NO_MARKS))
            blocks = find_blocks(found)
            remarks.extend(_remarks(meta.name, meta.visible, marks.get(meta.name, _NO_MARKS), blocks != ()))
            pages.append(Page(number=index, blocks=blocks, sheet=meta.name))
            if progress is not None:
                progress(index, len(sheets))
    digest = hashlib.sha256(data).hexdigest()
    return Document(name=name, sha256=digest, kind="excel", pages=tuple(pages), remarks=tuple(remarks))


def _marks(data: bytes, name: str) -> dict[str, Marks]:
    """Return formats, indents and uncomputed formulas by sheet."""
    try:
        return read_marks(data)
    except (*BROKEN, etree.XMLSyntaxError, RuntimeError) as error:
        raise _damaged(name) from error


def _open(data: bytes, name: str) -> CalamineWorkbook:
    """Return the opened workbook, or refuse it."""
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise RefusedDocument(
            "encrypted",
            f"工作簿“{name}”设有打开密码，无法读取；请上传未加密的版本。",
            f"The workbook “{name}” is locked with a password; please upload it without encryption.",
        ) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _damaged(name) from error


def _damaged(name: str) -> RefusedDocument:
    return RefusedDocument(
        "damaged",
        f"工作簿“{name}”不完整或已损坏，无法打开；请用表格软件打开后另存，再上传。",
        f"The workbook “{name}” is incomplete or damaged; please open it in a spreadsheet program "
        "and save it again.",
    )


def _check_extent(sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet whose values reach so far that reading it would fill the memory."""
    if rows > _MOST_ROWS or rows * columns > _MOST_SLOTS:
        raise RefusedDocument(
            "too-large",
            f"工作表“{sheet}”的内容延伸到第 {rows} 行、第 {columns} 列，超出预决算公开表的规模；"
            "请删除表格以外的行列后另存，再上传。",
            f"The sheet “{sheet}” reaches to row {rows}, column {columns}, far beyond a disclosure; "
            "please delete what lies outside the tables and save it again.",
        )


def _sheet(values: CalamineSheet, name: str, marks: Marks) -> Sheet:
    """Return the filled slots of a sheet as text."""
    _check_extent(name, values.total_height, values.total_width)
    slots: dict[tuple[int, int], Slot] = {}
    for row, column, value in _values(values):
        text = as_printed(value, marks.formats.get((row, column), ""))
        if not text.strip():
            continue
        shift = marks.indents.get((row, column), 0) * 2.0
        slots[row, column] = Slot(text.strip(), shift + _leading(text))
    merges: list[Span] = [(*start, *end) for start, end in values.merged_cell_ranges or []]
    return Sheet(name, slots, merges)


def _values(values: CalamineSheet) -> Iterator[tuple[int, int, object]]:
    """Yield row, column (from 0) and value of each slot that is not empty."""
    if values.start is None:
        return
    top, left = values.start
    for row, line in enumerate(values.to_python(skip_empty_area=True), start=top):
        for column, value in enumerate(line, start=left):
            if value != "" and value is not None:
                yield row, column, value


def as_printed(value: object, code: str) -> str:
    """Return the text a spreadsheet shows for a value; leading blanks are kept."""
    if isinstance(value, str):
        return with_ideographs(value.replace("\r\n", "\n").replace("_x000D_", "").replace("\x00", ""))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return printed_number(float(value), code) if code else plain_number(float(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _leading(text: str) -> float:
    """Return the leading blanks in half-width characters."""
    blanks = text[: len(text) - len(text.lstrip())]
    return float(len(blanks) + blanks.count("\u3000"))


def _remarks(
    sheet: str,
    visible: SheetVisibleEnum,
    marks: Marks,
    has_content: bool,  # noqa: FBT001 - one caller
) -> Iterator[Problem]:
    """Yield what a person should know about a sheet."""
    if visible != SheetVisibleEnum.Visible and has_content:
        yield Problem(
            code="hidden-sheet",
            severity="warning",
            message=f"工作表“{sheet}”是隐藏的，已一并读取；如不应公开，请在发布前删除。",
            message_en=f"The sheet “{sheet}” is hidden and was read too; delete it if it is not "
            "meant to be published.",
            place=Place(sheet=sheet),
        )
    if marks.hidden_rows:
        yield Problem(
            code="hidden-rows",
            severity="warning",
            message=f"工作表“{sheet}”有 {marks.hidden_rows} 行是隐藏的，已一并读取；如不应公开，"
            "请删除后重新上传。",
            message_en=f"The sheet “{sheet}” has {marks.hidden_rows} hidden rows, which were read too; "
            "delete them if they are not meant to be published.",
            place=Place(sheet=sheet),
        )
    for row, column in marks.uncomputed[:_MOST_NAMED]:
        yield Problem(
            code="formula-without-value",
            severity="error",
            message=f"工作表“{sheet}”，第{row + 1}行第{column + 1}列：公式没有计算结果。"
            "请用表格软件打开、保存后重新上传，或在此处填写数值。",
            message_en=f"Sheet “{sheet}”, row {row + 1}, column {column + 1}: the formula has no "
            "computed value. "
            "Open and save the file in a spreadsheet program, or enter the value here.",
            place=Place(sheet=sheet, row=row + 1, column=column + 1),
        )
    if len(marks.uncomputed) > _MOST_NAMED:
        more = len(marks.uncomputed) - _MOST_NAMED
        yield Problem(
            code="formula-without-value",
            severity="error",
            message=f"工作表“{sheet}”还有 {more} 个公式没有计算结果。",
            message_en=f"The sheet “{sheet}” has {more} more formulas without a computed value.",
            place=Place(sheet=sheet),
        )
