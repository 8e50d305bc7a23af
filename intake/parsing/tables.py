"""What every reader makes of a document: pages of text lines and grids of cells.

A reader (``readers/<kind>.py``) turns bytes into a :class:`Document`; everything after it
(titles, headings, rows, amounts) works on this alone, whatever the file was. Lengths are in
points from the top left of the page as a rendered page shows it (CropBox, rotation applied).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the document: whichever of these its kind of file has.

    ``page``, ``line``, ``row`` and ``column`` count from 1. ``row`` and ``column`` are those of
    the sheet in a workbook and those of the grid on its page elsewhere.
    """

    page: int | None = None
    sheet: str | None = None
    line: int | None = None
    row: int | None = None
    column: int | None = None
    box: Box | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields that exist, as ``contracts.md`` §2 names them."""
        fields: dict[str, Any] = {
            "page": self.page,
            "sheet": self.sheet,
            "line": self.line,
            "row": self.row,
            "column": self.column,
        }
        found = {key: value for key, value in fields.items() if value is not None}
        if self.box is not None:
            found["box"] = [round(edge, 1) for edge in self.box]
        return found

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Place:
        """Return the place that :meth:`to_json` wrote."""
        box = fields.get("box")
        return cls(
            page=fields.get("page"),
            sheet=fields.get("sheet"),
            line=fields.get("line"),
            row=fields.get("row"),
            column=fields.get("column"),
            box=None if box is None else (box[0], box[1], box[2], box[3]),
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; a merged cell stands once, at its top left slot, with its spans.

    ``text`` is raw, lines inside the cell parted by ``\\n``. ``indent`` is the depth of the text
    inside its cell in half-width character widths (leading blanks, workbook indent, or the gap
    between rule and text), for tables whose levels are only indented.
    """

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    column_span: int = 1
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled (or otherwise certain) table area on one page: cells on rows × columns, from 0.

    Slots without a Cell are covered by a merged one, or do not exist; an empty ruled slot is a
    Cell with text ``""``. ``spans_known`` is False where the file cannot tell a merged slot from
    an empty one (tabbed text, CSV).
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place
    spans_known: bool = True


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text outside grids."""

    text: str
    place: Place


Block = TextLine | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """One page or sheet: its blocks in reading order.

    ``number`` counts from 1; ``width`` and ``height`` are points, 0 where there are no pages.
    ``scanned`` marks a page whose text came from OCR or is missing.
    """

    number: int
    blocks: tuple[Block, ...]
    sheet: str | None = None
    width: float = 0.0
    height: float = 0.0
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader saw it.

    ``kind`` is one of pdf, text, excel, word, html, delimited. ``remarks`` are problems the
    reader met on the way (:class:`intake.parsing.draft.Problem`), in order.
    """

    name: str
    sha256: str
    kind: str
    pages: tuple[Page, ...]
    remarks: tuple[Any, ...] = field(default=())
