"""The head of a form: keys and values above (or between) the indicators of one project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.parsing.performance_builder import Making
from intake.parsing.performance_grid import Span, View, overlap, span
from intake.parsing.performance_values import number
from intake.parsing.performance_words import form_key, heading_role, money_unit, phase, plain
from intake.parsing.tables import Cell

_MONEY_KEYS = frozenset({"amount", "part"})
_TEXT_KEYS = frozenset({"objective", "objective_term", "objective_result"})
_OWN_AMOUNT = re.compile(r"年度|当年|本年|全年")
_TERM_AMOUNT = re.compile(r"实施期|项目资金总额|项目总")
_EXECUTION_WEIGHT = re.compile(r"执行率(分值|权重).*?(\d+(?:\.\d+)?)分")


@dataclass
class FormHead:
    """Reads the rows above the indicators into a project, row by row."""

    pending: list[tuple[str, Span]] = field(default_factory=list)
    """Keys whose value stands below them."""
    phases: list[tuple[str, Span]] = field(default_factory=list)
    tasks: list[tuple[str, Span]] = field(default_factory=list)
    labels: list[tuple[str, Span]] = field(default_factory=list)
    """Headings of money in rows of their own, from the top down."""
    last: str | None = None
    rank: int = 0
    term_objective: str = ""

    def read(self, view: View, row: int, making: Making, *, continued: bool) -> None:
        """Take what one row says into the project."""
        cells = view.own(row)
        keys = [form_key(cell.text) for cell in cells]
        for cell in cells:
            self._remark(cell, making, view)
        if self._is_phase_row(cells):
            return
        if self._is_task_row(view, row, cells, keys, making):
            return
        if self._take_pending(cells, keys, making, view):
            return
        if self._is_money_columns(view, row, cells, keys, making):
            return
        if cells and not any(keys):
            self._append(cells, making, view, continued=continued)
            return
        self._pairs(view, cells, keys, making)

    def _remark(self, cell: Cell, making: Making, view: View) -> None:
        """Take what a key says beside its name: the unit of money, the weight of execution."""
        words = plain(cell.text)
        if len(words) <= 24 and (unit := money_unit(words)):
            making.unit = unit
        if found := _EXECUTION_WEIGHT.search(words):
            making.execution_weight = number(found.group(2))
            view.use(cell)

    def _is_phase_row(self, cells: list[Cell]) -> bool:
        """Remember the columns 年初预算数 / 全年预算数 / 全年执行数 of a self-evaluation."""
        found = [(key, span(cell)) for cell in cells if (key := phase(cell.text))]
        if len(found) < 2:
            return False
        extra = {"分值": "weight", "得分": "score", "执行率": "rate"}
        found += [(extra[words], span(cell)) for cell in cells if (words := plain(cell.text)) in extra]
        self.phases = found
        return True

    def _is_task_row(
        self, view: View, row: int, cells: list[Cell], keys: list[str | None], making: Making
    ) -> bool:
        """Take the tasks of a whole department with their amounts (年度主要任务)."""
        if any(plain(cell.text) in {"任务名称", "主要任务", "重点任务"} for cell in cells):
            below = view.own(row + 1) if row + 1 < view.grid.rows else []
            leaves = [cell for cell in below if cell.row == row + 1 and number(cell.text) is None]
            named = [cell for cell in cells if plain(cell.text) != "年度主要任务"]
            self.tasks = [
                (plain(cell.text), span(cell)) for cell in [*leaves, *named] if len(plain(cell.text)) < 12
            ]
            return True
        if not self.tasks:
            return False
        money = [(cell, value) for cell in cells if (value := number(cell.text)) is not None]
        name = next((cell for cell in cells if number(cell.text) is None), None)
        if not money or name is None or any(key in _TEXT_KEYS for key in keys):
            if any(key in _TEXT_KEYS for key in keys):
                self.tasks = []
                return False
            return not any(keys)
        total = plain(name.text).endswith("合计")
        for cell, value in money:
            label = next((words for words, there in self.tasks if overlap(span(cell), there) > 0.5), "")
            view.use(cell)
            if total and label in {"总额", "合计", "小计", ""} and making.amount is None:
                making.amount = value
            making.parts.append((f"{plain(name.text)[:60]}·{label}".rstrip("·"), value))
        return True

    def _is_money_columns(
        self, view: View, row: int, cells: list[Cell], keys: list[str | None], making: Making
    ) -> bool:
        """Take amounts that stand below their labels instead of beside them."""
        money = [(cell, number(cell.text)) for cell in cells if number(cell.text) is not None]
        if money and len(money) == len(cells) and self.labels:
            for cell, value in money:
                path = [words for words, there in self.labels if overlap(span(cell), there) > 0.6]
                view.use(cell)
                if value is not None and making.amount is None and not making.parts:
                    making.amount = value
                elif value is not None:
                    making.parts.append(("·".join(path), value))
            return True
        beside = [cell for cell in cells if not (cell.row_span > 1 and cell.column == 0)]
        labels = [(plain(cell.text), span(cell)) for cell in beside if form_key(cell.text) in _MONEY_KEYS]
        if money or len(labels) < 2 or len(labels) < len(beside):
            self.labels = [] if keys and keys[0] in _TEXT_KEYS else self.labels
            return False
        self.labels += labels
        return True

    def _take_pending(self, cells: list[Cell], keys: list[str | None], making: Making, view: View) -> bool:
        waiting, self.pending = self.pending, []
        taken = False
        for cell, key in zip(cells, keys, strict=True):
            role = next((role for role, there in waiting if overlap(span(cell), there) > 0.5), None)
            if role is not None and (key is None or len(plain(cell.text)) > 12):
                self._set(role, cell, making, view)
                taken = True
        return taken

    def _append(self, cells: list[Cell], making: Making, view: View, *, continued: bool) -> None:
        """Add a row without a key to the value before it: text broken over a page or in parts."""
        texts = "\n".join(cell.text for cell in cells)
        if self.last == "objective" and (continued or len(cells) == 1):
            making.objective = f"{making.objective}\n{texts}".strip()
            view.use(*cells)
        elif self.last == "name" and continued and len(cells) == 1:
            making.named(making.name + cells[0].text)
            view.use(*cells)

    def _pairs(self, view: View, cells: list[Cell], keys: list[str | None], making: Making) -> None:
        for index, (cell, key) in enumerate(zip(cells, keys, strict=True)):
            if key is None:
                continue
            following = cells[index + 1] if index + 1 < len(cells) else None
            next_key = keys[index + 1] if following is not None else None
            if key in _MONEY_KEYS:
                self._money(view, cells[index:], making, key)
            elif following is not None and (next_key is None or next_key in _MONEY_KEYS):
                self._set(key, following, making, view)
            elif (
                (key in _TEXT_KEYS and next_key not in _TEXT_KEYS and following is None)
                or (key in _TEXT_KEYS and index > 0 and keys[index - 1] in _TEXT_KEYS)
                or (key in _TEXT_KEYS and next_key in _TEXT_KEYS and cell.row_span == 1)
            ):
                self.pending.append((key, span(cell)))

    def _set(self, role: str, cell: Cell, making: Making, view: View) -> None:
        text = cell.text
        view.use(cell)
        self.last = role
        if role == "name":
            making.named(text)
            making.kind = "project"
        elif role == "code":
            making.code = "".join(text.split()) or None
        elif role in {"unit_name", "department_name"} or (role == "department" and making.unit_name is None):
            making.owned(text)
        elif role == "objective" or (role == "objective_term" and not making.objective):
            making.objective = text.strip()
            making.objective_place = cell.place
        elif role == "objective_result":
            making.result = text.strip()

    def _money(self, view: View, cells: list[Cell], making: Making, key: str) -> None:
        """Take the amounts behind a label: one, or one per phase."""
        label = plain(cells[0].text).rstrip(":")
        if self.phases:
            self._phased(view, cells[1:], making, label, key)
            return
        if len(cells) < 2 or (value := number(cells[1].text)) is None or form_key(cells[1].text):
            return
        view.use(cells[1])
        rank = 3 if _OWN_AMOUNT.search(label) else 1 if _TERM_AMOUNT.search(label) else 2
        if key == "amount" and rank > self.rank:
            if making.amount is not None:
                making.parts.append(("项目资金总额", making.amount))
            self.rank, making.amount = rank, value
        else:
            making.parts.append((label, value))

    def _phased(self, view: View, cells: list[Cell], making: Making, label: str, key: str) -> None:
        for cell in cells:
            role = next((role for role, there in self.phases if overlap(span(cell), there) > 0.5), None)
            value = number(cell.text)
            if role is None or value is None:
                continue
            view.use(cell)
            if key == "amount" and role == "approved":
                making.amount = value
            elif key == "amount" and role == "executed":
                making.executed = value
            elif key == "amount" and role == "weight":
                making.execution_weight = value
            else:
                making.parts.append((f"{label}·{_PHASE_WORDS[role]}", value))


_PHASE_WORDS = {
    "approved": "年初预算数",
    "revised": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
    "score": "得分",
    "weight": "分值",
}


def starts_form(view: View, row: int) -> bool:
    """Return whether a form begins in this row: its leftmost words name a project or a department."""
    cells = view.own(row)
    return (
        bool(cells)
        and cells[0].column <= 1
        and form_key(cells[0].text) in {"name", "department_name"}
        and not (heading_role(cells[0].text) == "project" and len(cells) > 4)
    )
