"""Sankey: sources, functions, basic and project expenditure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from budgets.charts.scale import cut_label, to_unit, write_text
from budgets.formatting import find_share, format_percent
from budgets.sections.flow import make_flow
from budgets.sections.opening import find_whole
from budgets.sections.page import DisclosurePage


def build_flow(page: DisclosurePage) -> dict[str, Any] | None:
    """This will build the flow of a disclosure's money; None where the page has none."""
    flow, whole = make_flow(page), find_whole(page)
    if flow is None or whole is None:
        return None
    columns = max(node.column for node in flow.nodes) or 1
    inflow = [
        sum((yuan for _s, target, yuan in flow.links if target == index), start=whole.yuan * 0)
        or sum((yuan for source, _t, yuan in flow.links if source == index), start=whole.yuan * 0)
        for index in range(len(flow.nodes))
    ]
    columns_yuan = {
        column: sum(
            (yuan for node, yuan in zip(flow.nodes, inflow, strict=True) if node.column == column),
            whole.yuan * 0,
        )
        for column in range(columns + 1)
    }
    labels = [
        f"{cut_label(node.label)}<br>{write_text(yuan, page.unit)}  {format_percent(find_share(yuan, columns_yuan[node.column]))}"
        for node, yuan in zip(flow.nodes, inflow, strict=True)
    ]
    # the hue of a flow is that of the function it runs through
    hues = [
        flow.nodes[target].hue
        if flow.nodes[target].mark or flow.nodes[source].column == 0
        else flow.nodes[source].hue
        for source, target, _yuan in flow.links
    ]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": labels,
            "x": [0.001 + 0.998 * node.column / columns for node in flow.nodes],
            "y": place_nodes(flow.nodes, [float(yuan) for yuan in inflow]),
            "pad": 22,
            "thickness": 12,
            "line": {"width": 0},
            "customdata": [node.mark for node in flow.nodes],
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [source for source, _t, _y in flow.links],
            "target": [target for _s, target, _y in flow.links],
            "value": [to_unit(yuan, page.unit) for _s, _t, yuan in flow.links],
            "customdata": [
                f"{flow.nodes[s].label} → {flow.nodes[t].label}<br>{write_text(yuan, page.unit)}"
                for s, t, yuan in flow.links
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "meta": {
            "roles": {
                "node.color": [node.hue for node in flow.nodes],
                "link.color": [f"{hue}/34" for hue in hues],
            }
        },
    }
    layout = {
        "margin": {"l": 4, "r": 4, "t": 24, "b": 16},
        "height": 460,
        "meta": {"answer": flow.answer, "unit": str(_("单位"))},
    }
    return {"data": [trace], "layout": layout}


def place_nodes(nodes: Any, sizes: list[float]) -> list[float]:
    """This will set the nodes of each column below each other in their order, as tall as they are large."""
    places = [0.5] * len(nodes)
    for column in {node.column for node in nodes}:
        indices = [index for index, node in enumerate(nodes) if node.column == column]
        total = sum(sizes[index] for index in indices) or 1.0
        gap = 0.08 if len(indices) > 1 else 0.0
        room = max(1.0 - gap * (len(indices) - 1), 0.4)
        top = 0.0
        for index in indices:
            height = room * sizes[index] / total
            places[index] = min(max(top + height / 2, 0.001), 0.999)
            top += height + gap
    return places
