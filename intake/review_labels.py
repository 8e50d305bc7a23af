"""Places of a draft in words: what a correction list, an event and a public correction call them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from intake.review_paths import Change, find_change
from intake.vocabulary import CHOICES, FIELD_LABELS, MEASURES, SCHEMES

Json = dict[str, Any]


def describe_path(draft: Json, *, path: str) -> str:
    """Return the place in words: table, row and column as printed, e.g. ``支出总表 · 行政运行 · 合计``."""
    change = find_change(path)
    if change is None:
        return path
    parts = [_describe_holder(draft, change), _describe_key(draft, change)]
    return " · ".join(part for part in parts if part)[:300]


def describe_value(path: str, value: Any) -> str:
    """Return a value in words: the label of a choice, 是/否 of a flag, else the value itself."""
    change = find_change(path)
    if value is None or value == "":
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if change is not None and change.kind == "choice":
        return str(CHOICES[change.field].get(str(value), value))
    return str(value)


def describe_column(column: Json) -> str:
    """Return a column in the words of its printed heading, or of its meaning where it has none."""
    heading = " / ".join(part for part in column["heading"] if part)
    return heading or str(MEASURES.get(column["measure"], column["key"]))


def _describe_holder(draft: Json, change: Change) -> str:
    kind, *_rest = change.field.split("/")
    try:
        if kind == "tables":
            return _describe_in_table(draft["tables"][change.numbers[0]], change)
        if kind == "projects":
            return _describe_in_project(draft["projects"][change.numbers[0]], change)
        if kind == "problems":
            return str(draft["problems"][change.numbers[0]]["message"])
    except IndexError:
        return ""
    return ""


def _describe_in_table(table: Json, change: Change) -> str:
    if "rows" in change.steps:
        row = table["rows"][change.numbers[1]]
        return f"{table['title']} · {row['code'] or ''} {row['name']}".replace("·  ", "· ")
    if "columns" in change.steps:
        return f"{table['title']} · {describe_column(table['columns'][change.numbers[1]])}"
    return str(table["title"])


def _describe_in_project(project: Json, change: Change) -> str:
    if "indicators" in change.steps:
        return f"{project['name']} · {project['indicators'][change.numbers[1]]['name']}"
    return str(project["name"])


def _describe_key(draft: Json, change: Change) -> str:
    if change.is_figure:
        columns = draft["tables"][change.numbers[0]]["columns"]
        return next(
            (describe_column(column) for column in columns if column["key"] == change.key), change.key
        )
    if change.in_codes:
        return str(SCHEMES.get(change.key, change.key))
    return str(FIELD_LABELS[change.field])
