"""Pair the segments of two strips of one page, by their level-1 sequences."""

from __future__ import annotations

from collections.abc import Sequence

Levels = Sequence[str]


def align(left: Sequence[Levels], right: Sequence[Levels]) -> list[tuple[int, int]] | None:
    """Return pairs (left index, right index) in order; None where several ways are equally good.

    As many segments on both sides are paired one by one. Otherwise segments are left out at the
    cost of their length, and the cheapest pairing counts only if it is the only cheapest one.
    """
    if len(left) == len(right):
        return [(index, index) for index in range(len(left))]
    best: list[list[tuple[int, int, tuple[tuple[int, int], ...]]]] = [
        [(0, 1, ())] * (len(right) + 1) for _ in range(len(left) + 1)
    ]
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            if i == 0 and j == 0:
                continue
            options = []
            if i:
                cost, ways, pairs = best[i - 1][j]
                options.append((cost + len(left[i - 1]), ways, pairs))
            if j:
                cost, ways, pairs = best[i][j - 1]
                options.append((cost + len(right[j - 1]), ways, pairs))
            if i and j:
                cost, ways, pairs = best[i - 1][j - 1]
                options.append((cost + distance(left[i - 1], right[j - 1]), ways, (*pairs, (i - 1, j - 1))))
            low = min(cost for cost, _, _ in options)
            cheapest = [option for option in options if option[0] == low]
            distinct = {pairs for _, _, pairs in cheapest}
            ways = (
                max(ways for _, ways, _ in cheapest)
                if len(distinct) == 1
                else sum(ways for _, ways, _ in cheapest)
            )
            best[i][j] = (low, ways, cheapest[-1][2])
    _, ways, pairs = best[-1][-1]
    return list(pairs) if ways == 1 else None


def distance(left: Levels, right: Levels) -> int:
    """Return the edit distance of two sequences."""
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (one != other))
    return row[-1]
