"""The nesting of a run of amounts that makes its top amounts add up to a known whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

_MOST_STEPS = 5000
_MOST_ROWS = 150


def find_nesting(amounts: Sequence[Mapping[str, Decimal]], whole: Mapping[str, Decimal]) -> list[int] | None:
    """Return each amount's depth, all 0 where they add up as they stand, None where no nesting adds up.

    A row with parts is followed by them at once. Where several nestings add up, the one with the
    earliest rows left whole is taken; one figure (the first of the whole that is not zero) decides.
    """
    key = next((key for key, value in whole.items() if value), None)
    if key is None or len(amounts) > _MOST_ROWS:
        return None
    values = [row.get(key, Decimal(0)) for row in amounts]
    if sum(values) == whole[key]:
        return [0] * len(values)
    return _Search(values).solve(whole[key])


class _Search:
    """Depth-first search over the nestings of one run, given up after a bounded number of steps."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        self.values = values
        self.steps = 0
        self.failed: set[tuple[int, Decimal, tuple[Decimal, ...]]] = set()

    def solve(self, whole: Decimal) -> list[int] | None:
        depths = [0] * len(self.values)
        return depths if self._fill(0, whole, 0, [], depths) else None

    def _fill(
        self, position: int, rest: Decimal, depth: int, above: list[Decimal], depths: list[int]
    ) -> bool:
        """Place the rows from ``position``: ``rest`` is still missing here, ``above`` in each outer row."""
        self.steps += 1
        state = (position, rest, tuple(above))
        if self.steps > _MOST_STEPS or state in self.failed:
            return False
        if rest == 0 and above and self._fill(position, above[-1], depth - 1, above[:-1], depths):
            return True
        if position == len(self.values):
            return rest == 0 and not above
        value = self.values[position]
        depths[position] = depth
        fits = value <= rest or value < 0 or rest < 0
        if fits and self._fill(position + 1, rest - value, depth, above, depths):
            return True
        has_parts = fits and value != 0 and position + 1 < len(self.values)
        if has_parts and self._fill(position + 1, value, depth + 1, [*above, rest - value], depths):
            depths[position] = depth
            return True
        self.failed.add(state)
        return False
