"""The real PDFs beside the project, with pdfplumber as the witness cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from intake.parsing.radicals import with_ideographs
from intake.parsing.readers import html, pdf
from tests.intake.parsing.readers.makers import grids, texts

AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}")
PAGES_EACH = 2

pytestmark = pytest.mark.shared


def squeezed(text: str | None) -> str:
    """Return a text without any blanks, radicals as the ideographs they stand for."""
    return with_ideographs(re.sub(r"\s+", "", text or ""))


@pytest.mark.slow
def test_cells_agree_with_pdfplumber(shared: Path) -> None:
    """Two pages with tables of every document: amounts ≥ 99.9 %, all cells ≥ 98 % the same.

    The rest were looked at: names that pdfplumber cuts at a rule they overflow, rows of double-ruled
    tables that it splits, and titles above a table that it takes for a cell.
    """
    amounts = amounts_missing = cells = cells_missing = 0
    for path in sorted(shared.glob("documents/[!n]*/*.pdf")):
        document = pdf.read(path.read_bytes(), name=path.name)
        chosen = [page for page in document.pages if any(grid.rows > 4 for grid in grids(page))][:PAGES_EACH]
        with pdfplumber.open(path) as witness:
            for page in chosen:
                theirs = Counter(
                    squeezed(cell)
                    for table in witness.pages[page.number - 1].extract_tables()
                    for row in table
                    for cell in row
                    if squeezed(cell)
                )
                ours = Counter(
                    squeezed(cell.text) for grid in grids(page) for cell in grid.cells if cell.text
                )
                missing = theirs - ours
                cells += theirs.total()
                cells_missing += missing.total()
                amounts += sum(count for text, count in theirs.items() if AMOUNT.fullmatch(text))
                amounts_missing += sum(count for text, count in missing.items() if AMOUNT.fullmatch(text))
    assert amounts > 1_000
    assert amounts_missing <= amounts * 0.001
    assert cells_missing <= cells * 0.02


def test_a_row_open_at_a_page_break_is_read_where_pdfplumber_loses_it(shared: Path) -> None:
    path = shared / "documents/jiangsu_province/江苏省高级人民法院__2018_部门预算.pdf"
    page = pdf.read(path.read_bytes(), name=path.name).pages[11]
    assert texts(grids(page)[0])[0] == ["30108", "机关事业单位基本养老保险缴费", "1,326.81"]


def test_tables_that_lie_partly_off_the_page_are_cut_at_its_edge(shared: Path) -> None:
    path = shared / "documents/jiangsu_province/江苏省人大办公厅__2017_部门预算.pdf"
    page = pdf.read(path.read_bytes(), name=path.name).pages[10]
    (grid,) = grids(page)
    assert (grid.rows, grid.columns) == (20, 3)
    assert texts(grid)[1] == ["", "合计", "13,649.07"]


def test_the_disclosure_made_of_positioned_boxes_is_read(shared: Path) -> None:
    (path,) = shared.glob("documents/html/*.html")
    document = html.read(path.read_bytes(), name=path.name)
    assert len(document.pages) == 53
    rows = texts(grids(document.pages[7])[0])
    assert rows[2][3:6] == ["合 计", "35,874.49", "28,685.65"]
    assert ["", "28", "", "退役军人管理事务", "4,526.48"] in [row[:5] for row in rows]
