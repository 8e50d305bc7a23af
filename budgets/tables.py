"""The site's tables on django-tables2: own template, columns that know how they are set and sorted."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.functional import Promise


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
        self.sort_url, self.sorted_as, self.above = sort_url, sorted_as, above


class FigureColumn(TextColumn):
    """Figures, set right with their decimal points in line."""

    css = "is-figure"


class BarColumn(TextColumn):
    """A share as a thin bar with its percentage."""

    css = "bar-cell"


class BudgetTable(tables.Table):
    """A table of the site. Records may have ``css``, ``mark`` and ``depth``; the first column heads the row.

    ``caption`` says what the rows are; ``id`` names the table on its page.
    """

    class Meta:
        template_name = "components/table.html"
        orderable = False
        empty_text = "—"

    def __init__(self, data: Any, *, id: str, caption: Any, **kwargs: Any) -> None:  # noqa: A002 - HTML's word
        self.id, self.caption = id, caption
        super().__init__(data, **kwargs)
