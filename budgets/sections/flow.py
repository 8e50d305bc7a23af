"""Where the money comes from and where it goes: sources, functions, basic and project expenditure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from budgets.formatting import find_share, format_percent
from budgets.sections.opening import find_whole, say_inside, strip_number
from budgets.sections.page import DisclosurePage

MOST: Final = 6
"""Functions drawn by themselves; the rest is collected."""
PART: Final = re.compile(r"^\s*(\d+\s*[.．、]|[（(]|其中)")
"""How the names of parts of a source begin: 1. under 一、."""
SMALL: Final = Decimal("0.001")
"""The share of the whole by which sums may differ and still be called the same (rounding of rows)."""


@dataclass(frozen=True, slots=True)
class Node:
    """One end of a flow: its text, its place in the fixed order of hues, its address, its column from 0."""

    label: str
    hue: str
    column: int
    url: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """Nodes, links between their indices with yuan, and the answer in one line."""

    nodes: Sequence[Node]
    links: Sequence[tuple[int, int, Decimal]]
    answer: str


def make_flow(page: DisclosurePage) -> Flow | None:
    """This will make the flow; None where the document gives too little, or negative amounts.

    With one source it runs source → function → basic or project. With several nobody can tell which
    yuan went where, so it runs sources → whole → function.
    """
    whole = find_whole(page)
    functions = [each for each in page.disclosure.overview.get("functions", []) if _yuan(each["total"])]
    if whole is None or whole.yuan <= 0 or not functions:
        return None
    if any(_yuan(each["total"]) < 0 for each in functions):
        return None
    sources = find_sources(page, whole.yuan)
    functions.sort(key=lambda each: -_yuan(each["total"]))
    nodes: list[Node] = []
    links: list[tuple[int, int, Decimal]] = []
    if len(sources) < 2:
        source = sources[0] if sources else (str(_("全部收入")), whole.yuan)
        _draw_single(page, source, functions, nodes, links)
    else:
        _draw_several(page, sources, functions, whole.yuan, nodes, links)
    return Flow(nodes, links, say_flow(page, sources, functions, whole.yuan))


def find_sources(page: DisclosurePage, whole: Decimal) -> list[tuple[str, Decimal]]:
    """This will return the sources with their yuan, largest first; none where they do not add up."""
    revenue = page.find("revenue")
    total = revenue.yuan if revenue else whole
    found = [
        (strip_number(source["name"]), Decimal(source["yuan"]), bool(PART.match(source["name"])))
        for source in page.disclosure.overview.get("sources", [])
    ]
    for chosen in (found, [each for each in found if not each[2]]):  # all; those that are no part of another
        kept = sorted(((name, yuan) for name, yuan, _part in chosen if yuan > 0), key=lambda each: -each[1])
        if kept and abs(sum(yuan for _name, yuan in kept) - total) <= total * SMALL:
            return kept
    return []


def _yuan(figure: Mapping[str, Any] | None) -> Decimal:
    return Decimal(figure["yuan"]) if figure else Decimal(0)


def _collect(
    page: DisclosurePage, functions: Sequence[Mapping[str, Any]]
) -> list[tuple[Node, Decimal, Decimal, Decimal]]:
    """Return (node, total, basic, project) of the largest functions, the rest as one."""
    shown = functions if len(functions) <= MOST + 1 else functions[:MOST]
    rows = [
        (
            Node(
                page.name(each["code"], strip_number(each["name"])),
                f"c{index}" if index <= MOST else "c0",
                1,
                page.cite(each["total"]).url,  # type: ignore[union-attr]
                each["code"],
            ),
            _yuan(each["total"]),
            _yuan(each.get("basic")),
            _yuan(each.get("project")),
        )
        for index, each in enumerate(shown, start=1)
    ]
    rest = functions[len(shown) :]
    if rest:
        total, basic, project = (
            sum((_yuan(each.get(key)) for each in rest), Decimal(0)) for key in ("total", "basic", "project")
        )
        rows.append((Node(_("其他 %(n)s 项") % {"n": len(rest)}, "c0", 1), total, basic, project))
    return rows


def _draw_single(
    page: DisclosurePage,
    source: tuple[str, Decimal],
    functions: Sequence[Mapping[str, Any]],
    nodes: list[Node],
    links: list[tuple[int, int, Decimal]],
) -> None:
    rows = _collect(page, functions)
    nodes.append(Node(source[0], "accent", 0))
    parts = {"basic": _("基本支出"), "project": _("项目支出")}
    split = all(abs(total - basic - project) <= total * SMALL for _node, total, basic, project in rows)
    ends: dict[str, int] = {}
    for node, total, basic, project in rows:
        nodes.append(node)
        here = len(nodes) - 1
        links.append((0, here, total))
        for key, yuan in (("basic", basic), ("project", project)) if split else ():
            if yuan <= 0:
                continue
            if key not in ends:
                nodes.append(Node(str(parts[key]), "c0", 2))
                ends[key] = len(nodes) - 1
            links.append((here, ends[key], yuan))


def _draw_several(
    page: DisclosurePage,
    sources: Sequence[tuple[str, Decimal]],
    functions: Sequence[Mapping[str, Any]],
    whole: Decimal,
    nodes: list[Node],
    links: list[tuple[int, int, Decimal]],
) -> None:
    nodes.append(Node(_("全部支出") if sum(y for _n, y in sources) == whole else _("全部收支"), "accent", 1))
    for name, yuan in sources:
        nodes.append(Node(name, "c0", 0))
        links.append((len(nodes) - 1, 0, yuan))
    rows = _collect(page, functions)
    for node, total, _basic, _project in rows:
        nodes.append(Node(node.label, node.hue, 2, node.url, node.mark))
        links.append((0, len(nodes) - 1, total))
    spent = sum((total for _node, total, _basic, _project in rows), Decimal(0))
    rest = sum((yuan for _name, yuan in sources), Decimal(0)) - spent
    if rest > whole * SMALL:
        nodes.append(Node(_("其余（结转下年等）"), "c0", 2))
        links.append((0, len(nodes) - 1, rest))


def say_flow(
    page: DisclosurePage,
    sources: Sequence[tuple[str, Decimal]],
    functions: Sequence[Mapping[str, Any]],
    whole: Decimal,
) -> str:
    """This will say in one line where most comes from and what most is for."""
    total = sum((yuan for _name, yuan in sources), Decimal(0))
    first = functions[0]
    name = say_inside(page.name(first["code"], strip_number(first["name"])))
    share = format_percent(find_share(_yuan(first["total"]), whole))
    if not sources:
        return _("%(share)s用于%(what)s。") % {"share": share, "what": name}
    if len(sources) == 1:
        return _("钱全部来自%(source)s；%(share)s用于%(what)s。") % {
            "source": sources[0][0],
            "share": share,
            "what": name,
        }
    return _("%(part)s来自%(source)s；%(share)s用于%(what)s。") % {
        "part": format_percent(find_share(sources[0][1], total)),
        "source": sources[0][0],
        "share": share,
        "what": name,
    }
