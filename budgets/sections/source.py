"""One figure (or row, or page) in its document: where it stands, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.urls import reverse

from budgets.models import Amount, Correction, LineItem, SourceDocument, Statement
from budgets.page_images import NoSuchPage, get_page_size
from budgets.sections.page import DisclosurePage

AROUND: Final = 14
"""Lines of a text, or rows of a table, shown before and after the place."""
ENCODINGS: Final = ("utf-8-sig", "gb18030")
Box = Sequence[float]


@dataclass(slots=True)
class Sheet:
    """A page of a PDF with marks: the address of its image, its size in points, boxes of row and cell."""

    image: str
    width: float
    height: float
    number: int
    boxes: list[tuple[float, float, float, float, bool]] = field(default_factory=list)


@dataclass(slots=True)
class TextLine:
    """One line of a text document, cut around the figure on the line that is meant."""

    number: int
    before: str
    marked: str
    after: str
    here: bool


@dataclass(slots=True)
class CellRow:
    """One row of a table as its raw cells."""

    number: int | None
    cells: list[tuple[str, bool]]
    here: bool


@dataclass(slots=True)
class Source:
    """What the source page shows; exactly one of sheet, lines and rows is filled (none: no context)."""

    document: SourceDocument | None
    statement: Statement | None = None
    line: LineItem | None = None
    amount: Amount | None = None
    sheet: Sheet | None = None
    lines: list[TextLine] = field(default_factory=list)
    rows: list[CellRow] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    is_open: bool = True


def read_source(page: DisclosurePage) -> Source:
    """This will find what the address asks for: ``table``, ``row``, ``column``; or ``page``, ``box``, ``line``.

    Raises:
        Http404: the address names a table or row that does not exist.
    """
    params = page.request.GET
    statement = _find_statement(page, params.get("table", ""))
    source = Source(_find_document(page, statement, params.get("document", "")), statement)
    if statement is not None and params.get("row", "").isdecimal():
        source.line, source.amount = _find_figure(statement, int(params["row"]) - 1, params.get("column", ""))
    if source.amount is not None and source.amount.corrected and source.line is not None:
        path = f"tables/{statement.position}/rows/{source.line.position}/figures/{source.amount.column_key}"  # type: ignore[union-attr]
        source.corrections = list(Correction.objects.filter(revision=page.revision, path=path))
    source.is_open = source.document is not None and is_open(source.document)
    _show_context(page, source)
    return source


def is_open(document: SourceDocument) -> bool:
    """Whether the original may be shown: published as such and not taken down."""
    return document.is_public and document.taken_down_at is None


def _find_statement(page: DisclosurePage, slug: str) -> Statement | None:
    if not slug:
        return None
    found = Statement.objects.select_related("document").filter(disclosure=page.disclosure, slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _find_document(page: DisclosurePage, statement: Statement | None, sha: str) -> SourceDocument | None:
    if statement is not None and statement.document is not None:
        return statement.document
    documents = page.revision.documents.all()
    if sha:
        documents = documents.filter(sha256__startswith=sha)
    return documents.first()


def _find_figure(statement: Statement, position: int, key: str) -> tuple[LineItem, Amount | None]:
    year = statement.disclosure.fiscal_year if "disclosure" in statement.__dict__ else None
    lines = LineItem.objects.filter(statement=statement, position=position)
    line = lines.filter(fiscal_year=year).first() if year else lines.first()
    if line is None:
        raise Http404(f"row {position + 1}")
    amounts = Amount.objects.filter(line_item_id=line.pk, fiscal_year=line.fiscal_year)
    return line, amounts.filter(column_key=key).first() if key else None


def _show_context(page: DisclosurePage, source: Source) -> None:
    document = source.document
    if document is not None and source.is_open:
        if document.kind == "pdf":
            source.sheet = _find_sheet(page, source, document)
        elif document.kind in {"text", "delimited"}:
            source.lines = _read_lines(page.request, source, document)
    if source.sheet is None and not source.lines and source.line is not None:
        source.rows = _read_rows(source.line, source.amount)


def _find_place(source: Source, name: str, params: Any) -> int | None:
    for held in (source.amount, source.line):
        value = getattr(held, name, None)
        if isinstance(value, int):
            return value
    text = params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _find_sheet(page: DisclosurePage, source: Source, document: SourceDocument) -> Sheet | None:
    pages = source.statement.pages if source.statement else []
    number = _find_place(source, "page", page.request.GET) or (pages[0] if pages else 1)
    try:
        width, height = get_page_size(document, page=number)
    except (NoSuchPage, OSError, ValueError):
        return None
    disclosure = page.disclosure
    stage = disclosure.stage.replace("_", "-")
    image = reverse(
        "pages:source_page",
        args=[disclosure.department.slug, disclosure.fiscal_year, stage, document.sha256[:16], number],
    )
    sheet = Sheet(image, width, height, number)
    asked = page.request.GET.get("box", "").split(",")
    boxes: list[tuple[Box | None, bool]] = [
        (source.line.box if source.line else None, True),
        (source.amount.box if source.amount else None, False),
        ([float(edge) for edge in asked] if len(asked) == 4 and all(map(_is_number, asked)) else None, False),
    ]
    for box, is_row in boxes:
        if box:
            x0, top, x1, bottom = box
            sheet.boxes.append((x0 - 1.5, top - 1.5, x1 - x0 + 3, bottom - top + 3, is_row))
    return sheet


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()


def _read_lines(request: HttpRequest, source: Source, document: SourceDocument) -> list[TextLine]:
    here = _find_place(source, "line", request.GET)
    with document.file.open("rb") as stored:
        lines = decode(stored.read()).splitlines()
    first = max((here or 1) - AROUND, 1)
    shown = lines[first - 1 : (here or 1) + AROUND]
    printed = source.amount.printed if source.amount else ""
    skip = source.amount.column if source.amount else None
    return [
        cut_line(text, number, number == here, printed, skip)
        for number, text in enumerate(shown, start=first)
    ]


def decode(data: bytes) -> str:
    """This will decode a text document: with a mark as UTF-8, else UTF-8, else GB18030."""
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", errors="replace")


def cut_line(text: str, number: int, here: bool, printed: str, column: int | None) -> TextLine:  # noqa: FBT001
    """This will cut a line around the printed figure; the cell of its column counts before any other."""
    if not here or not printed:
        return TextLine(number, text, "", "", here)
    cells, start = text.split("\t"), 0
    for index, cell in enumerate(cells, start=1):
        if cell.strip() == printed.strip() and (column is None or index == column):
            at = start + cell.find(printed.strip())
            return TextLine(number, text[:at], printed.strip(), text[at + len(printed.strip()) :], here)
        start += len(cell) + 1
    at = text.find(printed.strip())
    if at < 0:
        return TextLine(number, text, "", "", here)
    return TextLine(number, text[:at], printed.strip(), text[at + len(printed.strip()) :], here)


def _read_rows(line: LineItem, amount: Amount | None) -> list[CellRow]:
    """Return the rows around a line of a workbook, a Word file or HTML, as the importer read their cells."""
    around = LineItem.objects.filter(
        statement_id=line.statement_id,
        fiscal_year=line.fiscal_year,
        position__range=(max(line.position - 6, 0), line.position + 6),
    ).order_by("position")
    rows = []
    for each in around:
        here = each.pk == line.pk
        printed = amount.printed.strip() if amount and here else ""
        marked = _find_cell(each.cells, printed, amount.column if amount else None) if printed else None
        cells = [(str(cell), index == marked) for index, cell in enumerate(each.cells)]
        rows.append(CellRow(each.row or each.line, cells, here))
    return rows


def _find_cell(cells: Sequence[Any], printed: str, column: int | None) -> int | None:
    """Return which cell holds the printed figure: that of its column, else the first alike."""
    alike = [index for index, cell in enumerate(cells) if str(cell).strip() == printed]
    if column is not None and column - 1 in alike:
        return column - 1
    return alike[0] if alike else None
