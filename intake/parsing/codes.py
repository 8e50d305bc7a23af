"""Classification codes as printed → joined codes: three columns or one, own level only or repeated.

``2010301`` functional, ``30107`` economic of departments, ``50102`` economic of government
(``domain.md`` §5.1). Two digits stand for the next level of the class above them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from intake.parsing.words import fold, tidy

_CLASSES = re.compile(r"^(?:2(?:0[1-9]|1\d|2[0-4]|27|29|3[0-4])|3(?:0[1-9]|1[0-3]|99)|5(?:0[1-9]|1[0-5]|99))")
_LENGTHS = {3, 5, 7, 9}
_LABELLED = re.compile(
    r"^\[?(?P<code>\d{3}(?:\d{2}){0,3})\]?(?:[-—_.、:]{0,2})(?P<name>[^\d\s\-—.、:].*)$", re.DOTALL
)
_DIGITS = re.compile(r"^\d+(?:\.0+)?$")
_PROJECT = re.compile(r"^(?P<code>\d{8}[A-Z]\d{10,14})[-—_](?P<name>.+)$", re.DOTALL)
LEVELS = {3: "class", 5: "subclass", 7: "item", 9: "item"}


@lru_cache(maxsize=16384)
def is_code(text: str) -> bool:
    """Return whether the digits are a code of one of the three schemes at one of their levels."""
    return len(text) in _LENGTHS and text.isdigit() and _CLASSES.match(text) is not None


def find_scheme(code: str) -> str | None:
    """Return functional, economic_dept or economic_gov, None for any other number."""
    if not is_code(code):
        return None
    return {"2": "functional", "3": "economic_dept", "5": "economic_gov"}[code[0]]


@lru_cache(maxsize=16384)
def split_label(text: str) -> tuple[str | None, str]:
    """Return (code, name) of a label such as ``2010301-行政运行`` or ``[201]名称``; (None, label) otherwise."""
    folded = fold(text)
    found = _LABELLED.match(folded)
    if not found or not is_code(found["code"]):
        project = _PROJECT.match(folded)
        if project:
            return project["code"], _rest(text, project["name"])
        return None, tidy(text)
    return found["code"], _rest(text, found["name"])


def _rest(text: str, folded_name: str) -> str:
    """Return the printed text that ends with the folded name (brackets keep their printed width)."""
    printed = tidy(text)
    for start in range(len(printed)):
        if fold(printed[start:]) == folded_name:
            return printed[start:].lstrip()
    return folded_name


def _digits(text: str) -> str:
    """Return the digits of a printed code, without the ``.0`` that a spreadsheet may add."""
    folded = fold(text).strip("[]")
    return folded.split(".")[0] if _DIGITS.match(folded) else ""


@dataclass(slots=True)
class CodeContext:
    """The class, subclass and item that rows with only their own level belong to."""

    parts: tuple[str, ...] = ()

    def resolve(self, texts: list[str], *, columns: int) -> str | None:
        """Return the row's whole code and remember it, None where none is printed."""
        parts = [_digits(text) for text in texts]
        if not any(parts):
            return None
        code = self._resolve_many(parts) if columns > 1 else self._resolve_one(parts[0])
        if code is not None and is_code(code):
            self.parts = (code[:3], *(code[start : start + 2] for start in range(3, len(code), 2)))
        return code

    def _resolve_one(self, digits: str) -> str | None:
        if len(digits) in {1, 2} and self.parts:
            return self.parts[0] + digits.zfill(2)
        return digits

    def _resolve_many(self, parts: list[str]) -> str | None:
        depth = max(index for index, part in enumerate(parts) if part)
        deepest = parts[depth]
        if is_code(deepest) and (len(deepest) > 3 or depth == 0):
            return deepest
        first = parts[0] or (self.parts[0] if self.parts else "")
        if not first:
            return deepest
        code = first
        for index in range(1, depth + 1):
            part = parts[index]
            if part:
                code += part.zfill(2)[-2:] if len(part) <= 2 else part
            elif index < len(self.parts) and code == "".join(self.parts[:index]):
                code += self.parts[index]
            else:
                return code if is_code(code) else deepest
        return code
