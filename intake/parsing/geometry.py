"""From characters and rules on a page to its blocks: grids of cells, and the text around them.

Used for PDF pages and for HTML made of positioned boxes. The steps are plain functions:

    rules → lattices (``geometry_rules``) → cells (``geometry_cells``)
    characters → words → cells or text lines (``geometry_text``)

Lengths are points from the top left of the page.
"""

from __future__ import annotations

from collections.abc import Callable

from intake.parsing.tables import Box

Char = tuple[float, float, float, float, str, int]
"""x0, top, x1, bottom, text, index in the content (for the text object that prints it)."""

Rule = tuple[bool, float, float, float]
"""horizontal?, its position across (y or x), from, to."""

Segment = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a straight piece of a path."""

Word = tuple[float, float, float, float, str]
"""x0, top, x1, bottom, text of characters printed without a gap."""

THIN = 3.0
"""A drawn shape not thicker than this is a rule."""

ObjectOf = Callable[[int], int]

__all__ = ["THIN", "Box", "Char", "ObjectOf", "Rule", "Segment", "Word"]
