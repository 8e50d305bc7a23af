"""Indicators written one after the other inside a single cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from intake.parsing.draft import Indicator
from intake.parsing.performance_builder import build_indicator
from intake.parsing.performance_words import dimension, indicator_type
from intake.parsing.tables import Place

_ITEM = re.compile(r"(?:^|(?<=[。；;]))\s*\d{1,3}[、.．](?=\d?[-—]?\d?[-—]?[^；;。]{0,8}指标)")
_VALUE = re.compile(r"(?P<label>[^：:；;]*(?:指标值|目标值))[：:](?P<value>.*)\Z", re.DOTALL)


def split_embedded(text: str, *, place: Place) -> Iterator[Indicator]:
    """Yield the indicators of ``1、1-产出指标；11-数量指标；名称；年度指标值:≥20场。2、…``."""
    joined = "".join(line.strip() for line in text.split("\n"))
    joined = re.sub(r"(?<=[。；;])\s*(\d{1,3})\s*([、.．])", r"\1\2", joined)
    for item in _ITEM.split(joined):
        parts = [part.strip() for part in re.split(r"[；;]", item.strip().rstrip("。")) if part.strip()]
        indicator = _indicator(parts, item, place)
        if indicator is not None:
            yield indicator


def _indicator(parts: list[str], item: str, place: Place) -> Indicator | None:
    level1 = next((part for part in parts[:2] if dimension(_bare(part))), "")
    rest = [part for part in parts if part != level1]
    level2 = rest[0] if rest and indicator_type(_bare(rest[0])) and len(rest) > 1 else ""
    rest = rest[1:] if level2 else rest
    values = {found["label"]: found["value"] for part in rest if (found := _VALUE.match(part))}
    names = [part for part in rest if not _VALUE.match(part)]
    if not names or not (level1 or level2):
        return None
    label = next((label for label in values if "年度" in label or "当年" in label), next(iter(values), ""))
    return build_indicator(
        {"name": "；".join(names), "target": values.get(label, "")},
        level1=_bare(level1),
        level2=_bare(level2),
        place=place,
        printed=(item.strip(),),
    )


def _bare(text: str) -> str:
    """Return a level's name without the number in front of it (``11-数量指标``)."""
    return re.sub(r"\A\s*\d+\s*[-—.、]\s*", "", text)
