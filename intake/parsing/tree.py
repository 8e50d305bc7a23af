"""Which row is a part of which: by codes where they are printed, else by numbering, indent and sums.

A parent is set only where the row is a summand: 其中 rows have none, totals have none, and where no
code tells, a parent is kept only if its parts add up to it (or the order leaves no other reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from intake.parsing.codes import LEVELS, is_code
from intake.parsing.draftrow import DraftRow
from intake.parsing.words import find_numbering, find_total, fold, is_of_which

_UNIT_NAME = re.compile(
    r"(?:局|厅|委|办|办公室|委员会|中心|院|所|站|队|支队|总队|大队|馆|校|学校|学院|监狱|政府|部|处|会|社|台|团|厂|公司|基地|街道|"
    r"法院|检察院|戒毒所|医院|园|场|库|本级|机关)(?:\((?:本级|机关|本部|汇总)\)|本级|机关)?$"
)
_CARRIED = re.compile(r"结转|结余|用事业基金|非财政拨款")


def mark_kinds(rows: Sequence[DraftRow]) -> None:
    """Set kind and level of every row of one block."""
    coded = any(row.code is not None for row in rows)
    for row in rows:
        row.rank, rest = find_numbering(row.label)
        total = find_total(row.label) if row.code is None else None
        if total is not None and not (row.unit_code and not row.label):
            row.kind = "total" if total == "total" else "subtotal"
            row.level = "total"
        elif is_of_which(row.label):
            row.kind = "of_which"
        elif row.code is None and _is_unit(row, coded=coded):
            row.kind = "unit"
            row.level = "unit"
        if row.code is not None:
            row.level = LEVELS.get(len(row.code), "item")
    _settle_totals(rows)


def _is_unit(row: DraftRow, *, coded: bool) -> bool:
    """Return whether a row without a classification code is that of a budget unit."""
    if row.unit_code is not None and not row.codes:
        return True
    if row.unit_name is not None and fold(row.unit_name) == fold(row.label):
        return True
    return coded and row.rank < 0 and not row.codes and _UNIT_NAME.search(fold(row.label)) is not None


def _settle_totals(rows: Sequence[DraftRow]) -> None:
    """Keep one total a block: 收入合计 is a subtotal where a 收入总计 stands beside it."""
    totals = [row for row in rows if row.kind == "total"]
    if len(totals) > 1 and any("总计" in fold(row.label) for row in totals):
        for row in totals:
            if "总计" not in fold(row.label):
                row.kind = "subtotal"
    if not any(row.kind == "total" for row in rows):
        subtotals = [row for row in rows if row.kind == "subtotal"]
        units = [row for row in rows if row.kind == "unit"]
        if len(subtotals) == 1 and re.search(r"(?:收入|支出)(?:合计|总计)$", fold(subtotals[0].label)):
            subtotals[0].kind = "total"
        elif not subtotals and len(units) == 1 and any(row.code for row in rows):
            units[0].kind = "total"
            units[0].level = "total"


def link(rows: Sequence[DraftRow]) -> None:
    """Set the parents of one block's rows."""
    mark_kinds(rows)
    if any(row.code is not None for row in rows):
        _link_codes(rows)
        _link_units(rows)
    else:
        link_without_codes(rows)


# By codes


def _scoped(rows: Sequence[DraftRow]) -> Iterable[tuple[DraftRow | None, list[DraftRow]]]:
    """Yield each unit row with the rows under it (None before the first)."""
    unit: DraftRow | None = None
    scope: list[DraftRow] = []
    for row in rows:
        if row.kind == "unit":
            yield unit, scope
            unit, scope = row, []
        else:
            scope.append(row)
    yield unit, scope


def _link_codes(rows: Sequence[DraftRow]) -> None:
    for unit, scope in _scoped(rows):
        seen: dict[tuple[tuple[str, str], ...], DraftRow] = {}
        for row in scope:
            if unit is not None and row.unit_name is None:
                row.unit_name = unit.name
            if row.code is None or row.kind in {"total", "subtotal", "of_which"}:
                continue
            row.parent = _nearest(row, seen)
            key = tuple(sorted(row.codes.items()))
            seen[key] = row
        for row in scope:
            if row.code is not None and row.parent is None and row.kind == "item":
                row.parent = _later_parent(row, scope)
            if row.parent is None and unit is not None and unit.kind == "unit" and row.kind == "item":
                row.parent = unit if row.code is not None else None


def _nearest(row: DraftRow, seen: dict[tuple[tuple[str, str], ...], DraftRow]) -> DraftRow | None:
    """Return the row above whose codes are the longest proper beginning of this row's codes."""
    best: DraftRow | None = None
    best_length = (-1, -1)
    for key, other in seen.items():
        codes = dict(key)
        if not all(scheme in row.codes and row.codes[scheme].startswith(code) for scheme, code in codes.items()):
            continue
        if codes == row.codes:
            continue
        main = codes.get(_scheme(row), "")
        if not main:
            continue
        length = (len(main), sum(len(code) for code in codes.values()))
        if length >= best_length:
            best, best_length = other, length
    return best


def _scheme(row: DraftRow) -> str:
    return next(scheme for scheme, code in row.codes.items() if code == row.code)


def _later_parent(row: DraftRow, scope: Sequence[DraftRow]) -> DraftRow | None:
    """Return a parent printed after its parts, where the class row stands last."""
    code = row.code or ""
    for length in (5, 3):
        if length < len(code):
            for other in scope:
                if other.code == code[:length] and other.codes.keys() == row.codes.keys() and other is not row:
                    return other if _scheme(other) == _scheme(row) and len(other.codes) == 1 else None
    return None


def _link_units(rows: Sequence[DraftRow]) -> None:
    """Give units their department's row as parent, by unit codes (125 ⊃ 125001)."""
    units = [row for row in rows if row.kind == "unit"]
    for row in units:
        if row.unit_name is None:
            row.unit_name = row.name
        for other in units:
            code, above = row.unit_code or "", other.unit_code or ""
            if above and other is not row and code.startswith(above) and len(above) < len(code):
                row.parent = other


# Without codes


def link_without_codes(rows: Sequence[DraftRow]) -> None:
    """Set levels and parents by groups, numbering, indent and sums."""
    if _link_groups(rows):
        return
    section: list[DraftRow] = []
    for row in rows:
        if row.kind == "total" or (row.kind == "subtotal" and row.rank < 0):
            _link_section(section)
            _attach_to_subtotal(section, row)
            section = []
        else:
            section.append(row)
    _link_section(section)
    for row in rows:
        if row.kind not in {"total", "subtotal"} or row.rank >= 0:
            row.level = f"depth-{row.depth + 1}"
        if row.kind == "unit" and row.unit_name is None:
            row.unit_name = row.name


def _link_groups(rows: Sequence[DraftRow]) -> bool:
    """Link rows under the 小计 of the merged cell beside them; return whether the table is made that way."""
    heads: dict[str, DraftRow] = {}
    for row in rows:
        if row.group and row.kind == "subtotal" and len(fold(row.label)) <= 2:
            heads[row.group] = row
    if not heads:
        return False
    for row in rows:
        head = heads.get(row.group)
        if head is row:
            row.name = f"{row.group}{row.name}"
            row.level = "depth-1"
        elif head is not None and row.kind in {"item", "unit"}:
            row.parent = head
            row.level = "depth-2"
        elif row.kind not in {"total", "subtotal"}:
            row.level = "depth-2" if head is not None else "depth-1"
    return True


def _attach_to_subtotal(section: list[DraftRow], subtotal: DraftRow) -> None:
    if subtotal.kind != "subtotal":
        return
    tops = [row for row in section if row.parent is None and row.kind in {"item", "unit"}]
    if tops and not any(_CARRIED.search(fold(row.label)) for row in tops):
        for row in tops:
            row.parent = subtotal


def _link_section(rows: list[DraftRow]) -> None:
    if not rows:
        return
    for row in rows:
        row.depth = 0
        row.parent = None
    by_order = _depths_by_order(rows)
    candidates = [by_order]
    indented = _depths_by_indent(rows)
    if indented is not None:
        candidates.insert(0, indented)
    summed = _depths_by_sums(rows, by_order)
    if summed is not None:
        candidates.append(summed)
    best = max(candidates, key=lambda depths: _score(rows, depths))
    _apply(rows, best)


def _score(rows: Sequence[DraftRow], depths: Sequence[int]) -> tuple[int, int]:
    """Return how well the depths add up: fewer wrong sums first, then more right ones."""
    right = wrong = 0
    for index, parts in _parts(rows, depths).items():
        summands = [rows[part] for part in parts if rows[part].kind != "of_which"]
        if not summands:
            continue
        outcome = adds_up(rows[index], summands)
        right += outcome is True
        wrong += outcome is False
    return right - 2 * wrong, right


def _parts(rows: Sequence[DraftRow], depths: Sequence[int]) -> dict[int, list[int]]:
    parts: dict[int, list[int]] = {}
    stack: list[int] = []
    for index, depth in enumerate(depths):
        while stack and depths[stack[-1]] >= depth:
            stack.pop()
        if stack:
            parts.setdefault(stack[-1], []).append(index)
        stack.append(index)
    return parts


def adds_up(parent: DraftRow, parts: Sequence[DraftRow]) -> bool | None:
    """Return whether the parts are the parent in every figure, None where nothing can be compared.

    Each rounded part may be off by half of the last place (``domain.md`` §4.4).
    """
    compared = False
    for key, figure in parent.figures.items():
        values = [part.figures[key].value for part in parts if key in part.figures]
        printed = [value for value in values if value is not None]
        if figure.value is None or not printed:
            if figure.value or any(printed):
                if figure.value is not None and figure.value != 0 and not printed:
                    return False
                if figure.value is None and any(printed):
                    return False
            continue
        compared = True
        step = Decimal(1).scaleb(min(_exponent(value) for value in (*printed, figure.value)))
        if abs(sum(printed) - figure.value) > step * max(1, (len(printed) + 2) // 2):
            return False
    return True if compared else None


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 0


def _depths_by_order(rows: Sequence[DraftRow]) -> list[int]:
    """Return depths by numbering; a row without numbering is a part of the numbered one above it."""
    ranks = sorted({row.rank for row in rows if row.rank >= 0})
    depths: list[int] = []
    last = -1
    for row in rows:
        if row.rank >= 0:
            depth = ranks.index(row.rank)
            last = depth
        elif not ranks or last < 0:
            depth = 0
        else:
            depth = last + 1
        if row.kind == "of_which" and depths:
            depth = max(depth, min(depths[-1] + 1, last + 1)) if row.rank < 0 else depth
        depths.append(depth)
    return depths


def _depths_by_indent(rows: Sequence[DraftRow]) -> list[int] | None:
    """Return depths by indent or by the label column in use, None where all rows stand alike."""
    columns = sorted({row.step for row in rows})
    if len(columns) > 1:
        return [columns.index(row.step) for row in rows]
    steps: list[float] = []
    for indent in sorted({round(row.indent, 1) for row in rows}):
        if not steps or indent - steps[-1] > 0.8:
            steps.append(indent)
    if len(steps) < 2:
        return None
    return [max(index for index, step in enumerate(steps) if row.indent >= step - 0.4) for row in rows]


def _depths_by_sums(rows: Sequence[DraftRow], by_order: Sequence[int]) -> list[int] | None:
    """Return depths at which unnumbered runs close by their sums, None where there is no such run."""
    depths = list(by_order)
    start = 0
    changed = False
    while start < len(rows):
        stop = start + 1
        while stop < len(rows) and rows[stop].rank < 0 and (rows[start].rank >= 0 or stop > start):
            stop += 1
        if rows[start].rank >= 0:
            depth = depths[start]
        else:
            depth = -1
            start -= 1
        run = list(range(start + 1, stop))
        if len(run) > 1:
            _nest(rows, run, depth + 1, depths)
            changed = True
        start = stop
    return depths if changed else None


def _nest(rows: Sequence[DraftRow], run: list[int], depth: int, depths: list[int]) -> None:
    """Set depths of the run: a row takes as parts the shortest following rows that add up to it."""
    position = 0
    while position < len(run):
        index = run[position]
        depths[index] = depth
        parts = _closing(rows, run, position)
        if parts:
            _nest(rows, run[position + 1 : position + 1 + parts], depth + 1, depths)
        position += 1 + parts


def _closing(rows: Sequence[DraftRow], run: list[int], position: int) -> int:
    """Return how many rows after the position add up to its row, 0 where none do."""
    row = rows[run[position]]
    key = next((key for key, figure in row.figures.items() if figure.value), None)
    if key is None:
        return 0
    target = row.figures[key].value or Decimal(0)
    rest = Decimal(0)
    for count, index in enumerate(run[position + 1 :], start=1):
        part = rows[index].figures.get(key)
        rest += part.value if part is not None and part.value is not None else Decimal(0)
        if rest == target and _others_agree(rows, run, position, count, key):
            return count
        if rest > target > 0:
            return 0
    return 0


def _others_agree(rows: Sequence[DraftRow], run: list[int], position: int, count: int, first: str) -> bool:
    row = rows[run[position]]
    for key, figure in row.figures.items():
        if key == first:
            continue
        parts = [rows[index].figures[key].value for index in run[position + 1 : position + 1 + count]]
        known = [value for value in parts if value is not None]
        if sum(known) != (figure.value or 0):
            return False
    return True


def _apply(rows: Sequence[DraftRow], depths: Sequence[int]) -> None:
    for row, depth in zip(rows, depths, strict=True):
        row.depth = depth
    for index, parts in _parts(rows, depths).items():
        parent = rows[index]
        if not any(figure.value is not None for figure in parent.figures.values()):
            continue
        summands = [rows[part] for part in parts if rows[part].kind != "of_which"]
        marked = [rows[part] for part in parts if rows[part].kind == "of_which"]
        if marked:
            _settle_of_which(parent, summands, marked)
        elif summands and (len(summands) > 1 or adds_up(parent, summands) is not False):
            for row in summands:
                row.parent = parent


def _settle_of_which(parent: DraftRow, summands: list[DraftRow], marked: list[DraftRow]) -> None:
    """Take 其中 rows as summands where they and their neighbours make up the whole, else as mere parts.

    “其中：（1）购置费” followed by “（2）运行费” prints the word once for both.
    """
    rows = sorted([*summands, *marked], key=lambda row: row.place.row or row.place.line or 0)
    whole = len(rows) > 1 and adds_up(parent, rows) is True
    for row in rows:
        if whole:
            row.kind = "item"
            row.parent = parent
        elif row in marked or row.rank == marked[0].rank:
            row.kind = "of_which"
        else:
            row.parent = parent


def repair_levels(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """Return the rows whose code was moved one level up because the order of codes asks for it.

    In a staircase of own levels a subclass printed in the item's column shows itself twice: its code
    would be printed a second time or fall back, and the row after it falls back too (02 · 01 · 03 · 01).
    """
    moved: list[DraftRow] = []
    taken = {row.code for row in rows if row.code}
    for index, row in enumerate(rows[:-1]):
        code = row.code or ""
        following = rows[index + 1]
        later = following.code or ""
        if len(code) != 7 or len(later) != 7 or code[:5] != later[:5] or code[5:] <= later[5:]:
            continue
        if any(row.own_digits[:2]) or any(following.own_digits[:2]):
            continue
        subclass = code[:3] + code[5:]
        if subclass in taken or subclass <= code[:5] or not is_code(subclass):
            continue
        _move_up(rows, index, subclass)
        moved.append(row)
    return moved


def _move_up(rows: Sequence[DraftRow], index: int, subclass: str) -> None:
    row = rows[index]
    old = (row.code or "")[:5]
    scheme = _scheme(row)
    row.code = subclass
    row.codes[scheme] = subclass
    for later in rows[index + 1 :]:
        code = later.code or ""
        if len(code) != 7 or not code.startswith(old) or any(later.own_digits[:2]):
            break
        later.code = subclass + code[5:]
        later.codes[scheme] = later.code
