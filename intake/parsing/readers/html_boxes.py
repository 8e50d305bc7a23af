"""Web pages made of positioned boxes (PDF converters write them) → pages by the PDF geometry.

Every text box gives characters, every thin box a rule, at the place its style says.
"""

from __future__ import annotations

import re
import unicodedata

from lxml import html

from intake.parsing.geometry import THIN, Char, Rule
from intake.parsing.geometry_page import find_blocks
from intake.parsing.radicals import with_ideographs
from intake.parsing.tables import Page

_FEWEST_BOXES = 30
_LENGTH = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*(-?\d+(?:\.\d+)?)\s*(pt|px|in|cm|mm)?", re.IGNORECASE)
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "": 0.75}
_BORDERED = re.compile(r"border|background", re.IGNORECASE)
_FARTHEST = 20_000.0
_LINE_SPACING = 1.15


def find_positioned_pages(root: html.HtmlElement) -> list[Page]:
    """Return the pages of a document made of positioned boxes; empty where it is an ordinary page."""
    sheets: dict[html.HtmlElement, list[tuple[html.HtmlElement, dict[str, float]]]] = {}
    total = 0
    for node in root.iter("div", "span", "p"):
        style = node.get("style") or ""
        if "left" not in style or "top" not in style:
            continue
        lengths = _lengths(style)
        parent = node.getparent()
        if "left" in lengths and "top" in lengths and parent is not None:
            sheets.setdefault(parent, []).append((node, lengths))
            total += 1
    if total < _FEWEST_BOXES:
        return []
    kept = {parent: boxes for parent, boxes in sheets.items() if len(boxes) > 1 or "width" in _style(parent)}
    return [_page(number, parent, boxes) for number, (parent, boxes) in enumerate(kept.items(), start=1)]


def _style(node: html.HtmlElement) -> dict[str, float]:
    return _lengths(node.get("style") or "")


def _lengths(style: str) -> dict[str, float]:
    """Return the lengths of a style in points."""
    found = {}
    for name, amount, unit in _LENGTH.findall(style):
        value = float(amount[:12]) * _POINTS[unit.lower()]
        if abs(value) < _FARTHEST:
            found[name.lower()] = value
    return found


def _page(
    number: int, parent: html.HtmlElement, boxes: list[tuple[html.HtmlElement, dict[str, float]]]
) -> Page:
    """Return one page from its boxes."""
    size = _style(parent)
    chars: list[Char] = []
    rules: list[Rule] = []
    for node, lengths in boxes:
        text = with_ideographs(node.text_content().replace("\u200b", ""))
        if text.strip():
            chars.extend(_chars(text, lengths, len(chars)))
        elif "width" in lengths and "height" in lengths and _BORDERED.search(node.get("style") or ""):
            rules.extend(_rules(lengths))
    return Page(
        number=number,
        blocks=find_blocks(chars, rules, page=number),
        width=size.get("width", 0.0),
        height=size.get("height", 0.0),
    )


def _chars(text: str, lengths: dict[str, float], index: int) -> list[Char]:
    """Return the characters of a box set one after the other: wide ones an em, others half of it."""
    size = lengths.get("font-size") or lengths.get("height") or lengths.get("line-height") or 9.0
    top = lengths["top"]
    bottom = top + max(lengths.get("line-height", 0.0), lengths.get("height", 0.0), size * _LINE_SPACING)
    middle = (top + bottom) / 2
    top, bottom = middle - size / 2, middle + size / 2
    x = lengths["left"]
    spacing = lengths.get("letter-spacing", 0.0)
    found: list[Char] = []
    for offset, mark in enumerate(text):
        wide = size if unicodedata.east_asian_width(mark) in {"W", "F"} else size / 2
        found.append((x, top, x + wide, bottom, " " if mark.isspace() else mark, index + offset))
        x += wide + spacing
    return found


def _rules(lengths: dict[str, float]) -> list[Rule]:
    """Return the rule that a thin box is."""
    left, top = lengths["left"], lengths["top"]
    wide, high = lengths["width"], lengths["height"]
    if high <= THIN and wide > high:
        return [(True, top + high / 2, left, left + wide)]
    if wide <= THIN and high > wide:
        return [(False, left + wide / 2, top, top + high)]
    return []
