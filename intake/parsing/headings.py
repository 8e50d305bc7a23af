"""Which rows of a matrix are its heading, and which headings stand over each column.

A heading may have any depth. Where the file does not know merged cells (tabbed text, CSV) a heading
reaches to the next one in its row, and group headings that stand one slot off are moved to where the
sub-headings begin again (``domain.md`` §1.3, E-01 to E-03).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from intake.parsing.amounts import read_amount
from intake.parsing.matrix import Matrix
from intake.parsing.titles import find_entity, find_title, find_unit, is_table_number
from intake.parsing.words import find_numbering, find_total, fold

MAX_HEADING_ROWS = 9
_CODE = re.compile(r"^(?:\[?[1-5]\d{2}(?:\d{2}){0,3}\]?(?:[-—.、:]?\D.*)?|\d{2})$")
_INDEX_WORDS = {"栏次", "行次", "序号", "栏目", "**", "*", "***", "—", "合计栏"}
_YEAR = re.compile(r"^(?:19|20)\d{2}(?:年(?:度)?)?$")
_LETTERED = re.compile(
    r"^(?:[a-z]|\(?\d{1,2}\)?|[①-⑳]|\d{1,2}=[\d+\-*/()=]+|\d{1,2}[+\-]\d.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a matrix: rows before ``first_row`` are above it (title, unit), data begin at ``end``.

    ``paths[c]`` are the headings over column c from the top; ``spans`` the (first, last) columns of
    its top heading; ``signature`` tells repeated headings; ``index_rows`` are the 栏次 rows.
    """

    first_row: int
    end: int
    paths: tuple[tuple[str, ...], ...]
    signature: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def is_index_row(texts: list[str]) -> bool:
    """Return whether the row only numbers the columns (栏次, ``** 1 2 3``, 甲 乙 1 2)."""
    words = [text for text in texts if text]
    if len(words) < 2:
        return bool(words) and words[0] in {"栏次", "行次"}
    if not all(_LETTERED.match(word) or word in _INDEX_WORDS or word in "甲乙丙丁" for word in words):
        return False
    numbers = [int(word.strip("()")) for word in words if word.strip("()").isdigit()]
    if any(word in _INDEX_WORDS for word in words) and len(numbers) <= 1:
        return bool(numbers) or all(word in _INDEX_WORDS for word in words)
    ascending = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return (len(numbers) >= 2 and ascending) or bool(words[0] in _INDEX_WORDS and numbers)


def _is_title_row(matrix: Matrix, row: int) -> bool:
    """Return whether the row is title, unit or department set inside the ruled area."""
    texts = [cell.text for cell in matrix.anchors[row] if cell is not None and cell.text.strip()]
    if not texts or len(texts) > 3:
        return not texts
    return all(
        find_unit(text) is not None
        or find_entity(text) is not None
        or is_table_number(text)
        or find_title(text) is not None
        or (len(texts) == 1 and re.fullmatch(r"\(?(?:19|20)\d{2}年度?\)?", fold(text)) is not None)
        for text in texts
    )


def _looks_like_data(matrix: Matrix, row: int, *, complete: bool) -> bool:
    """Return whether the row carries data: an amount, a code with a name, or a row label."""
    texts = matrix.folded(row)
    words = [(column, text) for column, text in enumerate(texts) if text]
    if not words:
        return complete
    numbers = [text for _, text in words if not _YEAR.match(text) and _is_value(text)]
    codes = [text for _, text in words if _CODE.match(text)]
    if numbers and (len(numbers) > len(codes) or codes):
        return True
    if codes and len(codes) + 2 >= len(words):
        return True
    first = words[0][1]
    rest = [text for _, text in words[1:]]
    plain = all(read_amount(text) is not None or _is_label(text) for text in rest)
    if find_total(first) is not None and plain and (complete or not rest):
        return True
    if len(words) <= 4 and find_numbering(first)[0] >= 0 and plain and not first.endswith("年预算数"):
        return True
    return complete and len(words) <= 2 and not any(is_heading_word(text) for _, text in words)


_HEADING_WORDS = re.compile(
    r"项目|科目|名称|编码|代码|单位|部门|类别|指标|内容|备注|说明|序号|行次|年度|收入|支出|合计|小计|总计|预算|决算|金额|"
    r"经费|费用?|数量|情况|资金|拨款|^[类款项目]$|结转|结余|采购|日期|时间|目录|报表|一级|二级|三级|人数|比例|增减|得分|分值|权重|指标|[^0-9]率$"
)


def is_heading_word(text: str) -> bool:
    """Return whether the folded text could stand in a heading: short, and of a heading's vocabulary."""
    return len(text) <= 42 and "。" not in text and _HEADING_WORDS.search(text) is not None


def _is_label(text: str) -> bool:
    return find_numbering(text)[0] >= 0 or find_total(text) is not None


def _is_value(text: str) -> bool:
    printed = read_amount(text)
    return printed is not None and printed.state != "blank" and (printed.value is not None or text != "/")


def _is_covered(matrix: Matrix, row: int) -> bool:
    """Return whether a heading above reaches down into the row."""
    for column, cell in enumerate(matrix.covers[row]):
        if cell is not None and cell.row < row and cell.text.strip() and matrix.anchors[row][column] is None:
            return cell.row_span <= MAX_HEADING_ROWS
    return False


def _is_complete(matrix: Matrix, first: int, row: int) -> bool:
    """Return whether the heading rows before ``row`` name every column that is not empty."""
    named = [False] * matrix.width
    for above in range(first, row):
        texts = matrix.covers[above]
        for column in range(matrix.width):
            cell = texts[column]
            if cell is not None and cell.text.strip():
                named[column] = True
    return sum(named) >= max(1, matrix.width - 1)


def find_heading(matrix: Matrix) -> Heading | None:
    """Return the heading at the top of the matrix, None where its first row is data already."""
    first = 0
    while first < matrix.height and _is_title_row(matrix, first):
        first += 1
    if first >= matrix.height:
        return None
    row = first
    while row < matrix.height and row - first < MAX_HEADING_ROWS:
        texts = matrix.folded(row)
        if row > first and is_index_row(texts):
            row += 1
            continue
        covered = matrix.spans_known and row > first and _is_covered(matrix, row)
        if not covered and _looks_like_data(matrix, row, complete=_is_complete(matrix, first, row)):
            break
        if covered and _holds_money(texts):
            break
        row += 1
    while row < matrix.height and is_index_row(matrix.folded(row)) and row > first:
        row += 1
    if row == first or not _is_named(matrix, first, row):
        return None
    return _heading(matrix, first, row)


def _is_named(matrix: Matrix, first: int, end: int) -> bool:
    """Return whether the rows speak a heading's language, and are not the rest of a row broken by the page."""
    words = [text for row in range(first, end) for text in matrix.folded(row) if text]
    named = sum(
        any(_covering_text(matrix, row, column) for row in range(first, end))
        for column in range(matrix.width)
    )
    if matrix.width > 2 and 2 * named < matrix.width:
        return False
    return 3 * sum(is_heading_word(text) for text in words) >= len(words) > 0


def _holds_money(texts: list[str]) -> bool:
    """Return whether the row prints amounts with decimals (a merged label beside data, not a heading)."""
    return any("." in text and _is_value(text) for text in texts)


def _heading(matrix: Matrix, first: int, end: int) -> Heading:
    rows = [
        row for row in range(first, end) if not is_index_row(matrix.folded(row)) and not matrix.is_blank(row)
    ]
    table = [_spread(matrix, row) for row in rows]
    if not matrix.spans_known:
        table = _snap_groups(table, [matrix.folded(row) for row in rows])
    paths = tuple(_path([line[column] for line in table]) for column in range(matrix.width))
    words = tuple(tuple(text for text in matrix.folded(row) if text) for row in rows)
    signature = tuple(text for line in words for text in line)
    return Heading(first, end, paths, signature, words)


def _covering_text(matrix: Matrix, row: int, column: int) -> str:
    cell = matrix.covers[row][column]
    return "" if cell is None else cell.text.strip()


_NAMES = re.compile(r"编码|代码|名称|科目$|^[类款项目]$|^项目$")


def _path(texts: list[str]) -> tuple[str, ...]:
    """Return the headings of one column; a 合计 under a column of names is a row set inside the heading."""
    path: list[str] = []
    for text in texts:
        if text and (not path or path[-1] != text):
            path.append(text)
    if len(path) > 1 and find_total(path[-1]) and _NAMES.search(path[-2]):
        path.pop()
    return tuple(path)


def _spread(matrix: Matrix, row: int) -> list[str]:
    """Return each slot's heading in the row: of the cell that covers it, or of the one to its left."""
    if matrix.spans_known:
        return [fold(cell.text) if cell is not None else "" for cell in matrix.covers[row]]
    texts = matrix.folded(row)
    spread: list[str] = []
    current = ""
    for text in texts:
        current = text or current
        spread.append(current)
    return spread


def _snap_groups(spread: list[list[str]], printed: list[list[str]]) -> list[list[str]]:
    """Return the rows with group headings moved to where the headings under them begin again.

    Two years side by side repeat their sub-headings (合计 … 公务接待费 | 合计 …); a year printed
    one slot too far left or right would take a column of its neighbour.
    """
    for upper in range(len(printed) - 1):
        starts = [column for column, text in enumerate(printed[upper]) if text]
        if len(starts) < 2 or not printed[upper + 1]:
            continue
        lead = printed[upper + 1][starts[0]]
        again = [column for column, text in enumerate(printed[upper + 1]) if text and text == lead]
        if len(again) != len(starts) or again == starts:
            continue
        if any(abs(old - new) > 2 for old, new in zip(starts, again, strict=True)):
            continue
        words = [printed[upper][start] for start in starts]
        for index, start in enumerate(again):
            stop = again[index + 1] if index + 1 < len(again) else len(spread[upper])
            spread[upper][start:stop] = [words[index]] * (stop - start)
    for line_index in range(1, len(spread)):
        _cut_at_groups(spread, printed, line_index)
    return spread


def _cut_at_groups(spread: list[list[str]], printed: list[list[str]], line_index: int) -> None:
    """Stop a heading from reaching under the next group of the row above."""
    above, line, words = spread[line_index - 1], spread[line_index], printed[line_index]
    for column in range(1, len(line)):
        if not words[column] and above[column] != above[column - 1]:
            stop = column
            while stop < len(line) and not words[stop]:
                line[stop] = ""
                stop += 1
