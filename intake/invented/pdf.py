"""Writing a draft as a ruled PDF, as departments print theirs: only so much PDF as that needs.

Text is set in STSong-Light, one of the fonts every PDF reader knows by name (Adobe-GB1), so that no
font file is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from budgets.workbook.filled import PROJECT_HEADINGS, PROJECTS_TITLE, list_indicator, list_project
from budgets.workbook.sheets import Layout, get_amount, get_text, lay_out

Json = Mapping[str, Any]
WIDTH: Final = 842.0
HEIGHT: Final = 595.0
MARGIN: Final = 30.0
ROW: Final = 17.0
SIZE: Final = 7.0
BOTTOM: Final = HEIGHT - 40
FONT: Final = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<< /Type"
    " /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1)"
    " /Supplement 4 >> /DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light"
    " /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93"
    " >> >>] >>"
)


def write_pdf(draft: Json) -> bytes:
    """This will write a draft (full JSON) as a PDF: a cover, its tables, its projects."""
    paper = _Paper()
    head = draft["disclosure"]
    paper.text(MARGIN, 80, f"{head['fiscal_year']}年{head['department']}部门预算公开表", size=16)
    for table in draft["tables"]:
        _draw_table(paper, table)
    if draft["projects"]:
        _draw_projects(paper, draft["projects"])
    return _assemble(paper.pages)


class _Paper:
    """Pages as they are drawn, measured from the top left."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]

    def new_page(self) -> None:
        """This will begin another page."""
        self.pages.append([])

    def text(self, x: float, top: float, text: str, *, size: float = SIZE) -> None:
        """This will set a line of text with its baseline a little below ``top`` + size."""
        code = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F1 {size:g} Tf {x:.2f} {HEIGHT - top - size:.2f} Td <{code}> Tj ET")

    def cell(
        self, x: float, top: float, width: float, height: float, text: str, *, right: bool = False
    ) -> None:
        """This will draw a box with its text, wrapped to its width."""
        self.pages[-1].append(f"{x:.2f} {HEIGHT - top - height:.2f} {width:.2f} {height:.2f} re S")
        for number, line in enumerate(_wrap(text, width - 4)):
            at = x + width - 3 - _measure(line) if right else x + 3
            self.text(at, top + 3 + number * (SIZE + 1), line)


def _measure(text: str) -> float:
    return sum(SIZE * (0.5 if mark.isascii() else 1) for mark in text)


def _wrap(text: str, width: float) -> Iterator[str]:
    line = ""
    for mark in text.replace("\n", ""):
        if _measure(line + mark) > width and line:
            yield line
            line = ""
        line += mark
    if line:
        yield line


def _draw_table(paper: _Paper, table: Json) -> None:
    layout = lay_out(table)
    widths = _share_width(layout)
    top = _begin(paper, table["title"], table["unit"])
    top = _draw_headings(paper, layout, widths, top)
    for line in layout.lines:
        cells = [
            (
                "" if row is None else get_text(row, slot.text) if slot.key is None else _show(row, slot.key),
                slot.key,
            )
            for slot, row in zip(layout.slots, (line[block] for block in layout.blocks), strict=True)
        ]
        height = max(
            ROW,
            *(
                len(list(_wrap(text, width - 4))) * (SIZE + 1) + 8
                for (text, _), width in zip(cells, widths, strict=True)
            ),
        )
        if top + height > BOTTOM:
            top = _begin(paper, table["title"], table["unit"])
            top = _draw_headings(paper, layout, widths, top)
        x = MARGIN
        for (text, key), width in zip(cells, widths, strict=True):
            paper.cell(x, top, width, height, text, right=key is not None)
            x += width
        top += height
    for number, note in enumerate(table["notes"]):
        paper.text(MARGIN, top + 6 + number * 12, note)


def _begin(paper: _Paper, title: str, unit: str | None) -> float:
    """Begin a page with title and unit; return where the table starts."""
    paper.new_page()
    paper.text(WIDTH / 2 - len(title) * 6, 24, title, size=12)
    paper.text(WIDTH - MARGIN - 60, 44, f"单位：{unit or '万元'}")
    return 56


def _share_width(layout: Layout) -> list[float]:
    weights = [1.0 if slot.key else 0.9 if slot.text.startswith("code") else 2.4 for slot in layout.slots]
    return [(WIDTH - 2 * MARGIN) * weight / sum(weights) for weight in weights]


def _draw_headings(paper: _Paper, layout: Layout, widths: Sequence[float], top: float) -> float:
    for depth in range(layout.depth):
        column = 0
        while column < len(layout.slots):
            path = layout.slots[column].heading
            end = column
            while depth < len(path) - 1 and _shares_heading(layout, column, end + 1, depth):
                end += 1
            if depth < len(path):
                rows = layout.depth - depth if depth == len(path) - 1 else 1
                x, width = MARGIN + sum(widths[:column]), sum(widths[column : end + 1])
                paper.cell(x, top + depth * ROW, width, rows * ROW, path[depth])
            column = end + 1
    return top + layout.depth * ROW


def _shares_heading(layout: Layout, first: int, other: int, depth: int) -> bool:
    if other >= len(layout.slots) or layout.blocks[first] != layout.blocks[other]:
        return False
    one, two = layout.slots[first].heading, layout.slots[other].heading
    return one[: depth + 1] == two[: depth + 1] and len(two) > depth + 1


def _show(row: Json, key: str) -> str:
    amount = get_amount(row, key)
    return "" if amount is None else str(row["figures"][key]["raw"])


PROJECT_WIDTHS: Final = (56, 120, 40, 52, 150, 56, 64, 82, 40, 46, 40, 36)


def _draw_projects(paper: _Paper, projects: Sequence[Json]) -> None:
    """Draw all projects as one table, each with its cells reaching over its indicators."""
    top = BOTTOM
    for project in projects:
        indicators = [list_indicator(one) for one in project["indicators"]] or [("",) * 7]
        height = ROW * len(indicators)
        if top + height > BOTTOM:
            top = _begin(paper, PROJECTS_TITLE, project["unit"])
            _draw_line(paper, PROJECT_HEADINGS, 0, top, 2 * ROW)
            top += 2 * ROW
        own = [str(value or "") for value in list_project(project)]
        _draw_line(paper, own, 0, top, height)
        for number, cells in enumerate(indicators):
            _draw_line(paper, cells, len(own), top + number * ROW, ROW)
        top += height


def _draw_line(paper: _Paper, cells: Sequence[str], first: int, top: float, height: float) -> None:
    for column, text in enumerate(cells, start=first):
        x = MARGIN + sum(PROJECT_WIDTHS[:column])
        paper.cell(x, top, PROJECT_WIDTHS[column], height, text)


def _assemble(pages: Sequence[Sequence[str]]) -> bytes:
    """Return the file: catalogue, page tree, font, and each page with its drawing."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT.encode(),
    ]
    for number, page in enumerate(pages):
        drawing = "\n".join(["0.5 w", *page]).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
