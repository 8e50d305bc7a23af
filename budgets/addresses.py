"""Addresses of a disclosure's pages, built once per page instead of once per figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from budgets.models import Disclosure


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses under one disclosure; ``base`` ends in a slash."""

    base: str

    def statement(self, slug: str) -> str:
        """This will return the page of a statement."""
        return f"{self.base}{slug}/"

    def cell(self, slug: str, position: int, column: str = "") -> str:
        """This will return where a figure (or a row) of a statement stands in the document."""
        query = {"table": slug, "row": position + 1} | ({"column": column} if column else {})
        return f"{self.base}source/?{urlencode(query)}"

    def chart(self, name: str, *, query: str = "") -> str:
        """This will return the address of a chart's figure."""
        return f"{self.base}charts/{name}.json" + (f"?{query}" if query else "")


def get_addresses(disclosure: Disclosure) -> Addresses:
    """This will return the addresses of a disclosure's pages in the current language."""
    return Addresses(
        reverse(
            "pages:disclosure",
            args=[disclosure.department.slug, disclosure.fiscal_year, disclosure.stage.replace("_", "-")],
        )
    )


def with_query(request: HttpRequest, **changes: str | int | None) -> str:
    """This will return the query string of the address with some of its words changed (None: removed)."""
    query = {key: value for key, value in request.GET.items() if key not in changes}
    query |= {key: str(value) for key, value in changes.items() if value is not None}
    return f"?{urlencode(query)}" if query else request.path


def join_marks(marks: Iterable[str]) -> str:
    """This will write the opened rows as the address names them."""
    return ",".join(marks)
