"""Names by code and year, and codes by the name a document prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from budgets.classification.loading import read_nodes
from budgets.models import ClassificationNode


def find_name(scheme: str, code: str, *, year: int) -> str | None:
    """This will find the name of a code in a year; None where the lists do not have it."""
    node = (
        ClassificationNode.objects.filter(scheme=scheme, code=code, year_from__lte=year, year_to__gte=year)
        .order_by("-year_from")
        .first()
    )
    return node.name if node else None


def find_code(name: str, *, scheme: str, year: int, length: int = 3) -> str | None:
    """This will find the code of a printed name (一、一般公共服务支出); None where it is not one code's.

    Names repeat below the classes, so that with ``length`` above 3 few are found. Older and newer
    names of a code are tried too: documents lag behind the lists.
    """
    wanted = bare(name)
    nodes = ClassificationNode.objects.filter(scheme=scheme).extra(
        where=["length(code) = %s"], params=[length]
    )
    same = [node for node in nodes if bare(node.name) == wanted]
    in_year = {node.code for node in same if node.year_from <= year <= node.year_to}
    codes = in_year or {node.code for node in same}
    return codes.pop() if len(codes) == 1 else None


@cache
def _read_class_names() -> dict[str, str]:
    """Return the functional class of each name a class has or had, from the lists as they were delivered."""
    names = [
        (bare(node["name"]), node["code"])
        for node in read_nodes()
        if node["scheme"] == "functional" and len(node["code"]) == 3
    ]
    return dict(names)


def with_class_codes(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """This will return the table with the functional codes of classes that it prints by name only.

    For sums and big figures; the stored rows keep what is printed. Tables with codes stay as they are.
    """
    if any(row["codes"] for row in table["rows"] if row["side"] != "revenue"):
        return table
    names = _read_class_names()
    rows = [
        {**row, "codes": {"functional": names[bare(row["name"])]}}
        if row["side"] != "revenue" and row["kind"] == "item" and bare(row["name"]) in names
        else row
        for row in table["rows"]
    ]
    return {**table, "rows": _without_nested(rows)}


def _without_nested(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Take the code off rows below a coded one: 其他支出 of a class is not the class 其他支出."""
    found = []
    for row in rows:
        above = row.get("parent_index")
        while above is not None and not rows[above]["codes"]:
            above = rows[above].get("parent_index")
        found.append({**row, "codes": {}} if row["codes"] and above is not None else row)
    return found


def bare(name: str) -> str:
    """This will write a name without its serial, blanks and the closing 支出, so that equal ones are equal."""
    text = re.sub(r"\s|^(?:[一二三四五六七八九十\d]+[、.．]|[（(][一二三四五六七八九十\d]+[)）])", "", name)
    return text.removesuffix("支出")
