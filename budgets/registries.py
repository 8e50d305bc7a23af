"""What pages, downloads and search are composed of; other apps add to these lists in ``ready()``.

``budgets`` knows no other app. A page shows ``PANELS[kind]`` after its own sections; ``/downloads/``
offers ``EXPORTS``; ``/search/`` asks each of ``SEARCHED``; the masthead lists ``NAVIGATION``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from budgets.exports.export import Export
from budgets.models import Disclosure

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """One section that a page shows: a template with its context; lower ``order`` comes first."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


PanelFunction = Callable[[HttpRequest, Disclosure], Panel | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, what it is called, and one line about it."""

    url: str
    title: str
    note: str = ""
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Searched:
    """One kind of thing that search looks for; ``search(query, limit)`` gives hits, best first."""

    kind: str
    label: Text
    search: Callable[[str, int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """One link of the masthead."""

    url_name: str
    label: Text
    order: int = 50


PANELS: dict[str, list[PanelFunction]] = {"disclosure": [], "department": [], "checks": [], "source": []}
EXPORTS: dict[str, Export] = {}
SEARCHED: list[Searched] = []
PACKED: list[Callable[[Any], Mapping[str, bytes]]] = []
"""Each adds files (name → bytes) to the pack of a revision."""
NAVIGATION: list[NavigationLink] = []


def find_panels(kind: str, request: HttpRequest, disclosure: Disclosure) -> list[Panel]:
    """This will ask each panel function of a page kind and return what they have to show, in order."""
    panels = (build(request, disclosure) for build in PANELS[kind])
    return sorted((panel for panel in panels if panel is not None), key=lambda panel: panel.order)
