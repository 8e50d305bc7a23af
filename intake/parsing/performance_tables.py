"""Grid after grid, row after row: forms and sheets of projects with their indicators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.parsing import performance_problems as problems
from intake.parsing.draft import Problem
from intake.parsing.performance_builder import Making, build_indicator
from intake.parsing.performance_embedded import split_embedded
from intake.parsing.performance_forms import FormHead, starts_form
from intake.parsing.performance_grid import Span, View, best_role, place_of, span
from intake.parsing.performance_headings import Heading, find_heading
from intake.parsing.performance_values import number
from intake.parsing.performance_words import DEPARTMENT_TITLE, TITLE, money_unit, plain, unwrapped
from intake.parsing.tables import Cell

_TOTAL = re.compile(r"(总分|总得分|合计|总计|小计|得分合计|金额合计|自评总分)(\(.*\))?\Z")
_UNIT = re.compile(
    r"(局|办|委|部|厅|院|馆|所|队|会|处|站|校|学校|中心|大学|学院|医院|本级|机关|公司|室|社)(\(.*\))?\Z"
)


@dataclass
class Machine:
    """What is remembered from row to row and from page to page."""

    done: list[Making] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)
    sheets: list[list[tuple[Making, str]]] = field(default_factory=list)
    """The rows of amounts of each sheet: (row, item | unit | total)."""
    heading: Heading | None = None
    current: Making | None = None
    form: FormHead = field(default_factory=FormHead)
    level1: str = ""
    level2: str = ""
    title: str = ""
    unit: str | None = None
    owner: tuple[str | None, str | None] = (None, None)
    edges: Span | None = None
    """How far the table at hand reaches across the page."""

    def read(self, view: View, *, continued: bool, title: str, unit: str | None) -> None:
        """Read one grid; ``continued`` where it goes on with the table of the page before."""
        if not continued:
            self.close()
            self.heading, self.title, self.owner, self.edges = None, "", (None, None), None
        spans = [span(cell) for cell in view.grid.cells] + ([self.edges] if self.edges else [])
        self.edges = (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else None
        self.title = title or self.title
        self.unit = unit or (self.unit if continued else None)
        row = 0
        while row < view.grid.rows:
            heading = find_heading(view, row)
            if heading is not None:
                self._take_heading(heading, view, row)
                row += heading.rows
                continue
            self._row(view, row, continued=continued and row == 0)
            row += 1
        self._count_numbers(view)

    def close(self) -> None:
        """Finish the project at hand; a form left blank is none."""
        if self.current is not None and not self.current.empty():
            if not self.current.name:
                self.current.name = self.title or self.current.unit_name or "未命名项目"
            self.done.append(self.current)
        self.current = None
        self.form = FormHead()
        self.level1 = self.level2 = ""

    def _take_heading(self, heading: Heading, view: View, row: int) -> None:
        if heading.kind == "sheet" and (self.heading is None or self.heading.roles != heading.roles):
            self.sheets.append([])
        self.heading = heading
        cells = [cell for at in range(row, min(row + heading.rows, view.grid.rows)) for cell in view.rows[at]]
        view.use(*cells)
        self.unit = next((unit for cell in cells if (unit := money_unit(cell.text))), self.unit)
        if self.current is None and heading.kind == "indicators":
            self.current = self._new(cells)

    def _new(self, cells: list[Cell]) -> Making:
        kind = "department" if DEPARTMENT_TITLE.search(plain(self.title)) else "project"
        making = Making(place_of(cells), kind=kind, unit=self.unit)
        making.unit_code, making.unit_name = self.owner
        return making

    def _row(self, view: View, row: int, *, continued: bool) -> None:
        cells = view.own(row)
        if not cells:
            return
        lone = len(cells) == 1
        if lone and len(plain(cells[0].text)) < 24 and (unit := money_unit(cells[0].text)) and row < 4:
            self.unit = unit
            return
        if lone and len(plain(cells[0].text)) < 50 and re.search(r"绩效.{0,12}表", plain(cells[0].text)):
            self.close()
            self.heading, self.title = None, unwrapped(cells[0].text)
            return
        if self.heading is not None and self.heading.kind != "indicators":
            self._sheet_row(view, row, cells)
        elif starts_form(view, row):
            self.close()
            self.heading = None
            self.current = self._new(cells)
            self._key_row(view, row, cells, continued=False)
        elif self.heading is None:
            self._key_row(view, row, cells, continued=continued)
        else:
            self._indicator_row(view, row, cells)

    def _key_row(self, view: View, row: int, cells: list[Cell], *, continued: bool) -> None:
        if self.current is None:
            self.current = self._new(cells)
        self.form.read(view, row, self.current, continued=continued)

    def _fields(self, view: View, row: int) -> tuple[dict[str, str], dict[str, Cell]]:
        """Return role → text and role → cell for the cells that begin in this row."""
        columns = self.heading.columns if self.heading else ()
        texts: dict[str, str] = {}
        found: dict[str, Cell] = {}
        for cell in view.rows[row]:
            role = best_role(cell, columns)
            if role is None or (cell.row != row and role not in {"level1", "level2"}):
                continue
            if role in texts and cell.text.strip():
                texts[role] = f"{texts[role]}\n{cell.text}".strip()
            else:
                texts.setdefault(role, cell.text)
                found.setdefault(role, cell)
        return _of_the_year(texts, found)

    def _levels(self, texts: dict[str, str]) -> None:
        """Carry the names of levels 1 and 2 down to the rows below them."""
        first, second = texts.get("level1", "").strip(), texts.get("level2", "").strip()
        if first and plain(first) != plain(self.level1):
            self.level1, self.level2 = first, ""
        if second:
            self.level2 = second

    def _forget_levels(self, found: dict[str, Cell], row: int) -> None:
        """Forget a level where a merged cell begins that prints nothing: its name is not known."""
        for role in ("level1", "level2"):
            cell = found.get(role)
            if (
                cell is not None
                and row > 0
                and cell.row == row
                and cell.row_span > 1
                and not cell.text.strip()
            ):
                setattr(self, role, "")

    def _indicator_row(self, view: View, row: int, cells: list[Cell]) -> None:
        texts, found = self._fields(view, row)
        making = self.current
        if making is None:
            making = self.current = self._new(cells)
        first = plain(cells[0].text)
        if _TOTAL.match(first):
            making.score = number(texts.get("score", "")) or making.score
            view.use(*cells)
            return
        if first in {"备注", "说明", "其他需要说明的问题", "其他说明"} and "name" not in found:
            view.use(*cells)
            return
        self._add_indicator(view, texts, found, making, cells)

    def _add_indicator(
        self, view: View, texts: dict[str, str], found: dict[str, Cell], making: Making, cells: list[Cell]
    ) -> None:
        _part_levels(texts)
        self._forget_levels(found, max(cell.row for cell in cells))
        self._levels(texts)
        filled = {
            role for role in ("name", "target", "weight", "result", "operator") if texts.get(role, "").strip()
        }
        if not filled or filled in ({"weight"}, {"operator"}):
            return
        if filled <= {"name", "weight"} and _TEMPLATE.match(plain(texts["name"])):
            return
        if "name" not in filled and making.indicators and filled == {"result"}:
            return
        own = [cell for role, cell in found.items() if cell.text.strip() and role not in {"level1", "level2"}]
        if self.heading is not None and self.heading.kind == "sheet":
            own = [cell for cell in own if best_role(cell, self.heading.columns) not in _OF_PROJECT]
        indicator = build_indicator(
            texts,
            level1=self.level1,
            level2=self.level2,
            place=place_of(own or cells),
            printed=tuple(cell.text for cell in view.rows[own[0].row if own else cells[0].row]),
        )
        making.indicators.append(indicator)
        making.notes.append(number(texts.get("note", "")))
        view.use(*own)

    def _sheet_row(self, view: View, row: int, cells: list[Cell]) -> None:
        texts, found = self._fields(view, row)
        promise = any(texts.get(role, "").strip() for role in ("name", "target", "embedded", "objective"))
        if not promise and self._is_total(texts, found, view, cells):
            return
        if self._starts_project(texts, found):
            self._start_project(texts, found, view, cells)
        elif texts.get("project", "").strip() or "project" not in (
            self.heading.roles if self.heading else ()
        ):
            view.use(
                *(cell for role, cell in found.items() if role in _OF_PROJECT or role.startswith("part:"))
            )
        if self.current is None:
            if promise:
                self.found.append(problems.row_without_project(place_of(cells), cells))
            return
        if texts.get("embedded", "").strip():
            for indicator in split_embedded(texts["embedded"], place=found["embedded"].place):
                self.current.indicators.append(indicator)
                self.current.notes.append(None)
            view.use(found["embedded"])
        elif "name" in (self.heading.roles if self.heading else ()):
            self._add_indicator(view, texts, found, self.current, cells)

    def _is_total(self, texts: dict[str, str], found: dict[str, Cell], view: View, cells: list[Cell]) -> bool:
        """Keep a row that only sums: the whole table or a unit; return whether it was one."""
        if number(texts.get("amount", "")) is None:
            return False
        words = [
            plain(text)
            for role, text in texts.items()
            if role in {"project", "unit_name", "unit_code", "seq"}
        ]
        total = any(_TOTAL.match(word) for word in words)
        unit = not total and (
            bool(texts.get("unit_code", "").strip()) or any(_UNIT.search(word) for word in words)
        )
        if not total and not unit:
            return False
        making = self._filled(texts, found, view, cells)
        making.name = making.name or making.unit_name or unwrapped(texts.get("unit_code", ""))
        if unit:
            self.owner = (texts.get("unit_code", "").strip() or None, making.name)
        self._keep_amounts(making, "total" if total else "unit")
        return True

    def _keep_amounts(self, making: Making, kind: str) -> None:
        if self.heading is not None and self.heading.kind == "sheet" and making.kind == "project":
            self.sheets[-1].append((making, kind))

    def _starts_project(self, texts: dict[str, str], found: dict[str, Cell]) -> bool:
        roles = self.heading.roles if self.heading else frozenset()
        name = unwrapped(
            texts.get("project", "") or (texts.get("unit_name", "") if "project" not in roles else "")
        )
        amount = number(texts.get("amount", ""))
        if name:
            if self.current is not None and self.current.kind == "department" and "project" not in roles:
                own = self.current.unit_name == name and self.current.amount == amount
                return not (own and self.current.objective.split() == texts.get("objective", "").split())
            probe = Making(found.get("project", next(iter(found.values()))).place)
            probe.named(name)
            current = self.current
            same = current is not None and current.name in {probe.name, name} and current.amount == amount
            repeated = (
                same
                and current is not None
                and current.objective.split() == texts.get("objective", "").split()
            )
            return not repeated
        return amount is not None and bool(texts.get("objective", "").strip()) and self.current is not None

    def _start_project(
        self, texts: dict[str, str], found: dict[str, Cell], view: View, cells: list[Cell]
    ) -> None:
        before = self.current
        self.close()
        self.current = self._filled(texts, found, view, cells)
        if not self.current.name and before is not None:
            self.current.name, self.current.code = before.name, before.code
        self._keep_amounts(self.current, "item")

    def _filled(self, texts: dict[str, str], found: dict[str, Cell], view: View, cells: list[Cell]) -> Making:
        """Return a project with what its first row says."""
        own = [cell for role, cell in found.items() if role in _OF_PROJECT or role.startswith("part:")]
        making = self._new([cell for cell in own if cell.text.strip()] or cells)
        roles = self.heading.roles if self.heading else frozenset()
        if texts.get("project", "").strip():
            making.named(texts["project"])
        elif "project" not in roles and self.heading is not None:
            making.kind = "department"
            making.name = self.title
        if texts.get("unit_name", "").strip():
            making.owned(texts["unit_name"])
        making.unit_code = texts.get("unit_code", "").strip() or making.unit_code
        making.code = making.code or "".join(texts.get("project_code", "").split()) or None
        making.amount = number(texts.get("amount", ""))
        making.execution_weight = number(texts.get("execution_weight", ""))
        if texts.get("objective", "").strip():
            making.objective = texts["objective"].strip()
            making.objective_place = found["objective"].place
        making.figures = {
            role[5:] if role.startswith("part:") else "amount": (cell.text, cell.place)
            for role, cell in found.items()
            if role == "amount" or role.startswith("part:")
        }
        for role, text in texts.items():
            if role.startswith("part:") and (value := number(text)) is not None:
                making.parts.append((role[5:], value))
        view.use(*own)
        return making

    def _count_numbers(self, view: View) -> None:
        """List every number that stands in the grid and found no home."""
        for cell in view.numbers():
            if (cell.row, cell.column) not in view.used:
                self.found.append(problems.number_not_attributed(cell))


def _of_the_year(texts: dict[str, str], found: dict[str, Cell]) -> tuple[dict[str, str], dict[str, Cell]]:
    """Take the right half of a form that prints the whole term on the left and the year on the right."""
    if texts.get("name#2", "").strip() or texts.get("target#2", "").strip():
        for role in [role for role in texts if role.endswith("#2")]:
            texts[role[:-2]] = texts[role]
            found[role[:-2]] = found[role]
    return texts, found


def _part_levels(texts: dict[str, str]) -> None:
    """Part a name printed together with its levels: 产出指标数量指标举办招聘会."""
    found = _LEVELS_IN_NAME.match(unwrapped(texts.get("name", "")))
    if found and not texts.get("level2"):
        texts["level1"], texts["level2"], texts["name"] = found.groups()


_TEMPLATE = re.compile(r"(指标\d+[:：]?|[.…]+)?\Z")
"""A name that a blank form prints to be filled in: 指标1：, ……"""
_LEVELS_IN_NAME = re.compile(r"((?:产出|效益|成本|满意度)指标)(.{2,8}?指标)(?=.{2})(.+)\Z", re.DOTALL)
_OF_PROJECT = frozenset(
    {
        "seq",
        "unit_code",
        "unit_name",
        "project",
        "project_code",
        "category",
        "amount",
        "execution_weight",
        "objective",
    }
)


def is_title(text: str) -> bool:
    """Return whether a line of text is the title of a performance table."""
    words = plain(text)
    return len(words) < 60 and bool(TITLE.search(words))
