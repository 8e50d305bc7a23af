"""The visible box of a PDF page, and how points of the page come to lie on it upright."""

from __future__ import annotations

from collections.abc import Iterator

from intake.parsing.tables import Box


class Frame:
    """The visible box of a page and the turn that brings it upright."""

    def __init__(self, box: Box, turn: int) -> None:
        """Keep the visible box (left, bottom, right, top in page space) and quarter turns."""
        self.left, self.bottom, self.right, self.top = box
        self.turn = turn % 4
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def boxes(
        self, left: list[float], bottom: list[float], right: list[float], top: list[float]
    ) -> Iterator[Box]:
        """Return the boxes x0, top, x1, bottom on the upright page for boxes in page space."""
        if self.turn == 0:
            edge, origin = self.top, self.left
            x0, x1 = [x - origin for x in left], [x - origin for x in right]
            y0, y1 = [edge - y for y in top], [edge - y for y in bottom]
        elif self.turn == 1:
            edge, origin = self.bottom, self.left
            x0, x1 = [y - edge for y in bottom], [y - edge for y in top]
            y0, y1 = [x - origin for x in left], [x - origin for x in right]
        elif self.turn == 2:
            edge, origin = self.bottom, self.right
            x0, x1 = [origin - x for x in right], [origin - x for x in left]
            y0, y1 = [y - edge for y in bottom], [y - edge for y in top]
        else:
            edge, origin = self.top, self.right
            x0, x1 = [edge - y for y in top], [edge - y for y in bottom]
            y0, y1 = [origin - x for x in right], [origin - x for x in left]
        return zip(x0, y0, x1, y1, strict=True)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return one box on the upright page."""
        return next(self.boxes([left], [bottom], [right], [top]))
