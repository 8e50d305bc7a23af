"""The values a person may enter in place of a printed one."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from intake.parsing.draft import State
from intake.review_paths import Change, find_change
from intake.vocabulary import CHOICES

_DASHES = frozenset("-－—–―") | {"——", "--", "/", "无"}
_AMOUNT = re.compile(r"^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,6})?$")
_CODE = re.compile(r"^\d{3}(\d{2}){0,3}$")


class UnusableValue(ValueError):
    """What was entered cannot stand there; the message says what can."""

    @classmethod
    def nothing_there(cls, path: str) -> UnusableValue:
        """Return the error for a path that leads nowhere."""
        return cls(_("草稿中没有“%(path)s”这一处，无法更正。请刷新页面后重试。") % {"path": path})


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """An amount as a person enters it, in the printed unit of its table; ``value`` as in the JSON."""

    raw: str
    value: str | None
    state: State


def read_figure(text: str) -> EnteredFigure:
    """Read an entered amount: a number, nothing (blank), or a dash.

    Raises: UnusableValue when it is none of these.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    if not plain:
        return EnteredFigure(raw="", value=None, state="blank")
    if plain in _DASHES:
        return EnteredFigure(raw=text.strip(), value=None, state="dash")
    if not _AMOUNT.match(plain):
        raise UnusableValue(
            _("“%(text)s”不是金额。请填写数字（例如 1,234.56），留空表示未填列，填“—”表示原件印的是横线。")
            % {"text": text}
        )
    value = Decimal(plain.replace(",", ""))
    return EnteredFigure(raw=text.strip(), value=f"{value:f}", state="zero" if value == 0 else "amount")


def check_value(draft: dict[str, Any], *, path: str, new: Any) -> Any:
    """Return the entered value as the draft holds it (paths of one field share one form).

    Raises: UnusableValue, with a sentence for the person who entered it.
    """
    change = find_change(path)
    if change is None:
        raise UnusableValue.nothing_there(path)
    return _READERS[change.kind](change, new)


def _read_text(change: Change, new: Any) -> str | None:
    text = str(new or "").strip()
    if not text and change.key in {"name", "title"}:
        raise UnusableValue(_("名称不能为空。请照原件填写。"))
    return text or None


def _read_entered_figure(change: Change, new: Any) -> str:
    return read_figure(str(new or "")).raw


def _read_number(change: Change, new: Any) -> str | None:
    return read_figure(str(new or "")).value


def _read_year(change: Change, new: Any) -> int | None:
    text = str(new or "").strip()
    if not text and change.field == "tables/columns/year":
        return None
    if not text.isdecimal() or not 1990 <= int(text) <= 2100:
        raise UnusableValue(_("“%(text)s”不是年度。请填写四位数字，例如 2024。") % {"text": text})
    return int(text)


def _read_date(change: Change, new: Any) -> str | None:
    text = str(new or "").strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UnusableValue(_("“%(text)s”不是日期。请按 2024-01-31 的格式填写。") % {"text": text}) from error


def _read_choice(change: Change, new: Any) -> str | None:
    text = str(new or "")
    choices = CHOICES[change.field]
    if text not in choices:
        raise UnusableValue(_("“%(text)s”不在可选范围内。请从列表中选择。") % {"text": text})
    return text or None


def _read_flag(change: Change, new: Any) -> bool:
    return new in (True, "true", "on", "1", 1)


def _read_code(change: Change, new: Any) -> str | None:
    text = unicodedata.normalize("NFKC", str(new or "")).replace(" ", "")
    if text and not _CODE.match(text):
        raise UnusableValue(
            _("“%(text)s”不是科目编码。编码由 3、5、7 或 9 位数字组成，例如 2010301；没有编码请留空。")
            % {"text": text}
        )
    return text or None


_READERS = {
    "text": _read_text,
    "figure": _read_entered_figure,
    "number": _read_number,
    "year": _read_year,
    "date": _read_date,
    "choice": _read_choice,
    "flag": _read_flag,
    "code": _read_code,
}


def is_same_value(left: Any, right: Any) -> bool:
    """Return whether two values of one place are the same (amounts as decimals)."""
    if left == right or (left in (None, "") and right in (None, "")):
        return True
    try:
        return Decimal(str(left).replace(",", "")) == Decimal(str(right).replace(",", ""))
    except InvalidOperation:
        return False
