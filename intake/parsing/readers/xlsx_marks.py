"""What a workbook says beside its values: number formats, indents, formulas never computed.

The fast reader of values drops these. The XML is read only where a quick look at the styles and
the sheets says that something is to be found.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00", 40: "#,##0.00"}
_ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
BUILT_IN |= {43: _ACCOUNTING, 44: _ACCOUNTING, 41: '0;-0;"-"', 42: '0;-0;"-"'}
_MOST_CELLS = 2_000_000


@dataclass(slots=True)
class Marks:
    """Per slot (row, column, from 0) of one sheet: number format, indent, uncomputed formulas.

    ``last_row`` and ``last_column`` bound the slots that hold a value.
    """

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    last_row: int = 0
    last_column: int = 0


def read_marks(data: bytes) -> dict[str, Marks]:
    """Return the marks by sheet name; empty where the file is no .xlsx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            return {}
        styles = _read_styles(archive, names)
        found: dict[str, Marks] = {}
        for sheet, path in _sheet_paths(archive, names).items():
            if path in names:
                with archive.open(path) as stream:
                    found[sheet] = _read_sheet(stream, styles)
        return found


def _tree(archive: zipfile.ZipFile, path: str) -> etree._Element:
    """Return the root of one part, whatever dialect of the namespace it is written in."""
    content = archive.read(path).replace(_STRICT, _SPREADSHEET.strip("{}").encode())
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _read_styles(archive: zipfile.ZipFile, names: set[str]) -> list[tuple[str, int]]:
    """Return number format and indent of each cell style."""
    if "xl/styles.xml" not in names:
        return []
    root = _tree(archive, "xl/styles.xml")
    codes = dict(BUILT_IN)
    for node in root.iter(f"{_SPREADSHEET}numFmt"):
        if (identity := node.get("numFmtId", "")).isdigit():
            codes[int(identity)] = node.get("formatCode", "")
    styles = []
    for node in root.iterfind(f"{_SPREADSHEET}cellXfs/{_SPREADSHEET}xf"):
        alignment = node.find(f"{_SPREADSHEET}alignment")
        indent = "0" if alignment is None else alignment.get("indent", "0")
        identity = node.get("numFmtId", "0")
        code = codes.get(int(identity), "") if identity.isdigit() else ""
        styles.append((code, int(indent) if indent.isdigit() else 0))
    return styles


def _sheet_paths(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Return the part of the archive that holds each sheet."""
    links = "xl/_rels/workbook.xml.rels"
    if links not in names:
        return {}
    targets = {}
    for node in _tree(archive, links):
        target = node.get("Target", "")
        targets[node.get("Id", "")] = posixpath.normpath(
            target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        )
    paths = {}
    for node in _tree(archive, "xl/workbook.xml").iter(f"{_SPREADSHEET}sheet"):
        identity = next((value for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        if identity in targets:
            paths[node.get("name", "")] = targets[identity]
    return paths


def _read_sheet(stream: IO[bytes], styles: list[tuple[str, int]]) -> Marks:
    """Return the marks of one sheet, cell by cell, without keeping the tree."""
    marks = Marks()
    telling = [bool(code and code != "General") or indent > 0 for code, indent in styles]
    events = etree.iterparse(
        stream, events=("end",), tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True
    )
    for seen, (_, node) in enumerate(events):
        if seen > _MOST_CELLS:
            break
        if str(node.tag).endswith("}row"):
            marks.hidden_rows += node.get("hidden") in {"1", "true"} and _has_value(node)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
            continue
        match = _REFERENCE.match(node.get("r", ""))
        if match is None or len(node) == 0:
            continue
        slot = int(match[2]) - 1, column_number(match[1])
        _note_cell(node, slot, marks)
        style = node.get("s", "")
        if style.isdigit() and int(style) < len(styles) and telling[int(style)]:
            code, indent = styles[int(style)]
            if code:
                marks.formats[slot] = code
            if indent:
                marks.indents[slot] = indent
    return marks


def _has_value(row: etree._Element) -> bool:
    """Return whether a cell of a row holds something."""
    return any(len(cell) and (cell[-1].text or len(cell[-1])) for cell in row)


def _note_cell(node: etree._Element, slot: tuple[int, int], marks: Marks) -> None:
    """Note how far values reach, and a formula whose value was never computed."""
    texts = {str(child.tag).rpartition("}")[2]: child for child in node}
    value = texts.get("v")
    if "is" in texts or (value is not None and value.text):
        marks.last_row = max(marks.last_row, slot[0])
        marks.last_column = max(marks.last_column, slot[1])
    elif "f" in texts and node.get("t") != "str":
        marks.uncomputed.append(slot)


def column_number(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
