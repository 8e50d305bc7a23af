"""Paging by cursor: a text that continues after the last key of the page before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet

from budgets.exports.export import BadFilter

CURSOR_PATTERN: Final = "^k[0-9]{1,18}$"


def write_cursor(key: int) -> str:
    """Return the cursor that continues after ``key``."""
    return f"k{key}"


def read_cursor(text: str | None) -> int:
    """Return the key a cursor continues after, 0 for none. Raises: BadFilter."""
    if not text:
        return 0
    if not re.fullmatch(CURSOR_PATTERN, text, re.ASCII):
        raise BadFilter(
            "参数 cursor 无效；请使用上一页返回的 next。",
            "The cursor is not valid; use the value of next of the page before.",
        )
    return int(text[1:])


def take_page(rows: Sequence[Any], keys: Sequence[int], limit: int) -> tuple[list[Any], str | None]:
    """Return the first ``limit`` rows and the cursor of the next page (None at the end)."""
    more = len(rows) > limit
    return list(rows[:limit]), write_cursor(keys[limit - 1]) if more else None


def page_queryset(queryset: QuerySet[Any], *, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """Return one page of a queryset by ascending id, and the cursor of the next."""
    rows = list(queryset.filter(pk__gt=read_cursor(cursor)).order_by("pk")[: limit + 1])
    return take_page(rows, [row.pk for row in rows], limit)
