"""The document's side of the review screen: one page of it, with what was understood outlined.

A PDF page is shown as its image with an SVG of the same size above it; of any other document its
lines and cells are shown as the reader saw them. Both ways every understood cell is a link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from budgets.models import SourceDocument
from budgets.page_images import NoSuchPage, get_page_size
from intake.parsing.tables import Cell, Grid, Page, Place, TextLine
from intake.review_tables import place_key

Json = dict[str, Any]
MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Outline:
    """One outlined cell in points from the page's top left."""

    path: str
    title: str
    x: float
    y: float
    width: float
    height: float
    current: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of a document without pages of its own."""

    text: str
    path: str
    current: bool
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A line of text (one cell) or a grid of rows of cells; ``number`` is the line, where known."""

    number: int | None
    rows: tuple[tuple[ShownCell, ...], ...]
    is_grid: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """One page of the document, ready to show; either an image with outlines, or blocks."""

    page: int
    pages: int
    width: float = 0.0
    height: float = 0.0
    outlines: tuple[Outline, ...] = ()
    blocks: tuple[ShownBlock, ...] = ()
    sheet: str = ""

    @property
    def is_image(self) -> bool:
        """Whether the page is shown as an image."""
        return self.width > 0


def build_pane(document: SourceDocument, draft: Json, *, page: int, current: Json | None = None) -> Pane:
    """Return the page with every understood cell outlined, ``current`` (a place) set apart.

    ``page`` 0 asks for the page (or sheet) that ``current`` stands on.
    """
    page = page or int((current or {}).get("page") or 0)
    pages = max(int(draft.get("pages") or 0), document.pages, 1)
    if document.kind == "pdf":
        page = min(max(page, 1), pages)
        try:
            width, height = get_page_size(document, page=page)
        except NoSuchPage:
            return Pane(page=1, pages=pages)
        return Pane(page, pages, width, height, outlines=tuple(_find_outlines(draft, page, current)))
    shown = read_pages(document)
    if not shown:
        return Pane(page=1, pages=1)
    page = min(page or _find_sheet(shown, current), len(shown))
    paths = {place_key(place): path for path, _title, place in find_places(draft)}
    key = place_key(current) if current else None
    blocks = tuple(_show_block(block, paths, key) for block in shown[page - 1].blocks)
    return Pane(page, len(shown), blocks=blocks, sheet=shown[page - 1].sheet or "")


def find_places(draft: Json) -> Iterator[tuple[str, str, Json]]:
    """Give path, name and place of everything understood that has a place."""
    for number, table in enumerate(draft["tables"]):
        for index, row in enumerate(table["rows"]):
            path = f"tables/{number}/rows/{index}"
            yield f"{path}/name", row["name"], row["place"]
            for key, figure in row["figures"].items():
                yield f"{path}/figures/{key}", f"{row['name']} {figure['raw']}", figure["place"]
    for number, project in enumerate(draft["projects"]):
        yield f"projects/{number}/name", project["name"], project["place"]
        for index, indicator in enumerate(project["indicators"]):
            yield f"projects/{number}/indicators/{index}/name", indicator["name"], indicator["place"]


def _find_outlines(draft: Json, page: int, current: Json | None) -> Iterator[Outline]:
    chosen = current.get("box") if current and current.get("page") == page else None
    seen_current = False
    for path, title, place in find_places(draft):
        box = place.get("box")
        if box is None or place.get("page") != page or path.endswith("/name"):
            continue
        is_current = chosen is not None and list(box) == list(chosen)
        seen_current |= is_current
        yield _outline(path, title, box, current=is_current)
    if chosen is not None and not seen_current:
        yield _outline("", "", chosen, current=True)


def _outline(path: str, title: str, box: list[float], *, current: bool) -> Outline:
    x0, top, x1, bottom = box
    return Outline(
        path=path,
        title=title,
        x=round(x0 - MARGIN, 1),
        y=round(top - MARGIN, 1),
        width=round(max(x1 - x0, 1) + 2 * MARGIN, 1),
        height=round(max(bottom - top, 1) + 2 * MARGIN, 1),
        current=current,
    )


def read_pages(document: SourceDocument) -> tuple[Page, ...]:
    """Return the pages as the document's reader sees them (the last few documents are remembered)."""
    return _read_stored_pages(document.sha256, document.kind, document.filename)


@lru_cache(maxsize=4)
def _read_stored_pages(sha256: str, kind: str, name: str) -> tuple[Page, ...]:
    from intake.parsing.readers import READERS  # here: most pages of the desk need no reader

    reader = READERS.get(kind)
    if reader is None:
        return ()
    document = SourceDocument.objects.get(sha256=sha256)
    with document.file.open("rb") as stored:
        return reader(stored.read(), name=name, progress=None).pages


def _find_sheet(shown: tuple[Page, ...], current: Json | None) -> int:
    """Return the number of the sheet a place stands on, 1 where it names none."""
    sheet = (current or {}).get("sheet")
    return (
        next((number for number, page in enumerate(shown, start=1) if page.sheet == sheet), 1) if sheet else 1
    )


def _show_block(
    block: TextLine | Grid, paths: dict[tuple[Any, ...], str], current: tuple[Any, ...] | None
) -> ShownBlock:
    if isinstance(block, TextLine):
        cell = ShownCell(block.text, "", current is not None and _key(block.place) == current)
        return ShownBlock(block.place.line, ((cell,),), is_grid=False)
    rows: dict[int, list[ShownCell]] = {}
    for printed in sorted(block.cells, key=lambda one: (one.row, one.column)):
        rows.setdefault(printed.row, []).append(_show_cell(printed, paths, current))
    first = block.cells[0].place.line if block.cells else None
    return ShownBlock(first, tuple(tuple(row) for _row, row in sorted(rows.items())), is_grid=True)


def _show_cell(cell: Cell, paths: dict[tuple[Any, ...], str], current: tuple[Any, ...] | None) -> ShownCell:
    key = _key(cell.place)
    return ShownCell(cell.text, paths.get(key, ""), key == current, cell.row_span, cell.column_span)


def _key(place: Place) -> tuple[Any, ...]:
    return place_key(place.to_json())
