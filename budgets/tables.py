"""The site's tables on django-tables2: own template, columns that know how they are set and sorted."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django_tables2.utils import Accessor


def find_wanted(column: type[tables.Column]) -> frozenset[str] | None:
    """This will return what a column's ``render`` asks for; None where it has none of its own."""
    render = column.render
    if render is tables.Column.render:
        return None
    return frozenset(inspect.signature(render).parameters) - {"self"}


class TextColumn(tables.Column):
    """Text, set left; ``css`` adds classes to its cells, ``sort_url`` makes its heading a link."""

    css = "is-text"

    def __init__(
        self,
        *args: Any,
        css: str = "",
        sort_url: str = "",
        sorted_as: str = "",
        above: str | Promise = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, orderable=False, **kwargs)
        self.css = f"{self.css} {css}".strip()
        self.wants = find_wanted(type(self))
        self.sort_url, self.sorted_as, self.above = sort_url, sorted_as, above


class FigureColumn(TextColumn):
    """Figures, set right with their decimal points in line."""

    css = "is-figure"


class BarColumn(TextColumn):
    """A share as a thin bar with its percentage."""

    css = "bar-cell"


class BudgetTable(tables.Table):
    """A table of the site. Records may have ``css``, ``mark`` and ``depth``; the first column heads the row.

    ``caption`` says what the rows are; ``id`` names the table on its page; a ``wide`` one may need to be
    scrolled sideways, which a keyboard must be able to do.
    """

    class Meta:
        template_name = "components/table.html"
        orderable = False
        default = ""

    def __init__(self, data: Any, *, id: str, caption: Any, **kwargs: Any) -> None:  # noqa: A002 - HTML's word
        self.id, self.caption, self.wide = id, caption, False
        super().__init__(data, **kwargs)

    def body(self) -> SafeString:
        """This will write the rows. What each cell says is the columns' affair, as in django-tables2; the
        loop is ours, because a template spends four times as long on it."""
        return mark_safe("".join(self._write_rows()))  # noqa: S308 - escaped cell by cell

    def _write_rows(self) -> Iterator[str]:
        columns = [(bound, bound.column, Accessor(bound.accessor)) for bound in self.columns]
        for row in self.rows:
            record = row.record
            css, mark, depth = (_find(record, name) for name in ("css", "mark", "depth"))
            yield f'<tr class="{css}"' if css else "<tr"
            yield f' id="{self.id}-{mark}" data-mark="{mark}">' if mark else ">"
            for index, (bound, column, accessor) in enumerate(columns):
                cell = conditional_escape(_write_cell(row, bound, column, accessor))
                if index:
                    yield f'<td class="{column.css}">{cell}</td>'
                else:
                    level = f" level-{depth}" if depth else ""
                    yield f'<th scope="row" class="{column.css}{level}">{cell}</th>'
            yield "</tr>\n"


def _find(record: Any, name: str) -> Any:
    return record.get(name, "") if isinstance(record, Mapping) else getattr(record, name, "")


def _write_cell(row: Any, bound: Any, column: TextColumn, accessor: Accessor) -> Any:
    """Write one cell; what a ``render`` with unusual wishes or a plain column needs, django-tables2 gives."""
    wants = column.wants
    if wants is None or not wants <= {"record", "value"}:
        return row.get_cell(bound.name)
    if wants == {"record"}:
        return column.render(record=row.record)
    value = accessor.resolve(row.record, quiet=True)
    if value in column.empty_values:
        return bound.default
    return column.render(value=value, record=row.record) if len(wants) == 2 else column.render(value=value)
