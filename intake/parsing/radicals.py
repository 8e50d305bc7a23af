"""Characters that PDF fonts print in place of the ideographs that are meant.

Some fonts map 门 to the radical ⻔ (U+2ED4). The look is the same, the text is not, and NFKC
leaves the CJK Radicals Supplement as it is. The table follows Unicode's
EquivalentUnifiedIdeograph; Kangxi radicals and compatibility ideographs follow NFKC.
"""

from __future__ import annotations

import unicodedata

_FIRST_SUPPLEMENT = 0x2E81
# In the order of the block from U+2E81; a blank stands for an unassigned slot.
_SUPPLEMENT = (
    "厂乛乚乙亻冂八刀刂卜㔾小小兀尣尢兀巳幺彑彐忄㣺扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王疋罒示礻竹糹纟"
    "罓罒㓁网网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食食飠饣首"
    "马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_HYPHENS = (0x02, 0xFFFE)
"""What PDFium gives for a hyphen at the end of a line."""


def _build_table() -> dict[int, str]:
    """Return code point → text meant, for every character that is not to be taken literally."""
    table = {
        _FIRST_SUPPLEMENT + offset: character
        for offset, character in enumerate(_SUPPLEMENT)
        if character != " "
    }
    for start, end in ((0x2F00, 0x2FD6), (0xF900, 0xFB00)):
        for code in range(start, end):
            meant = unicodedata.normalize("NFKC", chr(code))
            if meant != chr(code):
                table[code] = meant
    for code in _HYPHENS:
        table[code] = "-"
    return table


MEANT = _build_table()
"""Code point → text, ready for ``str.translate``."""


def with_ideographs(text: str) -> str:
    """Return the text with radicals replaced by the ideographs they stand for."""
    return text.translate(MEANT)
