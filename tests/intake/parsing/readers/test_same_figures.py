"""The tables of real disclosures, written out as workbook, Word document and web page, give the "
"same figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from intake.parsing.draft import Draft
from intake.parsing.pipeline import read_document
from intake.parsing.readers import pdf
from intake.parsing.tables import Document
from tests.intake.parsing.readers import conversions

pytestmark = pytest.mark.shared

LAYOUTS = [
    "jiangsu_province/江苏省政协办公厅（公开表）__2019_部门预算.pdf",  # one column of codes, two halves
    "yantai/烟台市审计局__2026_部门预算.pdf",  # three columns as a staircase, blank rows
    "shanghai_city/上海市信访办公室__2026_单位预算.pdf",  # three columns repeated, 元 and 万元
    "guangzhou/广州市信访局__2026_部门预算.pdf",  # codes in brackets inside names
    "shenzhen/深圳市信访局__2026_部门预算.pdf",  # units as rows, three 三公 years
    "xian/中共西安市委宣传部__2021_部门预算.pdf",  # both economic schemes, wide tables
]
KINDS: dict[str, Callable[[Document], bytes]] = {
    "xlsx": conversions.as_xlsx,
    "xls": conversions.as_xls,
    "docx": conversions.as_docx,
    "html": conversions.as_html,
}


def figures(draft: Draft) -> Counter[tuple[str, str | None, str, str, Decimal]]:
    """Return every figure with its statement, code, name and column."""
    return Counter(
        (table.statement, row.code, row.name, key, figure.value)
        for table in draft.tables
        for row in table.rows
        for key, figure in row.figures.items()
        if figure.value is not None
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_of_file_gives_the_figures_of_the_pdf(shared: Path, layout: str) -> None:
    path = shared / "documents" / layout
    data = path.read_bytes()
    expected = figures(read_document(data, name=path.name))
    assert expected.total() > 100
    document = pdf.read(data, name=path.name)
    for suffix, convert in KINDS.items():
        draft = read_document(convert(document), name=f"{path.stem}.{suffix}")
        assert figures(draft) == expected, suffix
