"""Lines around a grid: its title, its unit of money, whose it is, and notes that it is empty."""

from __future__ import annotations

import re
from functools import lru_cache

from intake.parsing.words import fold, tidy

UNITS = ("万元", "亿元", "千元", "百万元", "元")
_UNIT = re.compile(r"(?:金额|货币|计量)?单位(?:为)?[:：]?(?:人民币)?\(?(?P<unit>百万元|万元|亿元|千元|元)")
_UNIT_ALONE = re.compile(r"^\(?(?:人民币)?(?P<unit>百万元|万元|亿元|千元|元)\)?$")
_UNIT_BEHIND = re.compile(r"[(（]?(?:金额|货币)?单位[:：]?\s*(?:百万元|万元|亿元|千元|元)[)）]?$")
_UNIT_INSIDE = re.compile(r"\((?:单位:?)?(?P<unit>百万元|万元|亿元|千元|元)\)")
_ENTITY = re.compile(
    r"^(?:编制|填报|公开|预算|主管|报送)?(?P<role>部门|单位|部门\(单位\)|单位\(部门\)|部门/单位)(?:名称|全称)?(?:\(公章\))?:"
    r"(?P<name>\(?\[?[^:]*?)(?:\(?(?:公开|金额|计量|货币)?单位:.*|金额单位.*|编制日期.*|\d{4}年\d+月.*)?$"
)
_TABLE_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+部分[:、]?|[一二三四五六七八九十]+[、.:]|\d{1,2}[、:]|\d{1,2}\.(?!\d)|"
    r"\([一二三四五六七八九十\d]+\)|"
    r"(?:部门|单位|预算|公开|决算|附|财决公开|财公开)*表(?:[一二三四五六七八九十]+|\d{1,2})(?:[-—.]\d+)?[:、.\-—]*|"
    r"(?:部门|单位|预算|公开|决算|附|财决公开|财公开)+(?:[一二三四五六七八九十]+|\d{1,2})(?:[-—.]\d+)?表[:、.\-—]*|"
    r"(?:附件|附表|附)(?:\d{1,2}|[一二三四五六七八九十]+)?[:、.\-—]+|(?:附件|附表)(?:\d{1,2})?|\d{1,2}(?:\.\d+)+)"
)
_ONLY_NUMBER = re.compile(
    r"^(?:(?:部门|单位|预算|公开|决算|附|附件|部门公开|预算公开|财决公开|财公开)*(?:表|附表|附件)?(?:[一二三四五六七八九十]+|\d{1,3})"
    r"(?:[-—.]\d+)?表?|附表|附件|表格部分)[:、.]?$"
)
_TABLE_WORDS = re.compile(r"(?:表|情况|明细|总体|汇总)(?:\([^)]*\))*$")
_TABLE_TITLE = re.compile(r"表(?:\([^)]*\)|[-—]\S{2,20}|\d{1,2}|续|之[一二三])*$")
_SUBJECT = re.compile(
    r"预算|决算|收支|收入|支出|三公|拨款|基金|国有资本|采购|购买服务|绩效|项目|机关运行|经费|资产|转移支付|资金"
)
_SENTENCE = re.compile(r"[。;；]|…|\.{4,}|·{4,}|，|(?:万元|元).*\d|详见|如下|反映")
_EMPTY = re.compile(
    r"空表|无数据|无发生额|没有数据|此表无|本表无|表无|(?:没有|无|未安排|不涉及|未发生|未使用).{0,24}(?:收入|支出|预算|拨款|资金|安排|经费|情况|项目|采购|数据|内容)"
)


@lru_cache(maxsize=16384)
def find_unit(text: str) -> str | None:
    """Return the unit of money that the line names, None where it names none."""
    folded = fold(text)
    found = _UNIT.search(folded) or _UNIT_INSIDE.search(folded) or _UNIT_ALONE.match(folded)
    return found["unit"] if found else None


def find_heading_unit(text: str) -> str | None:
    """Return the unit of money a column's heading names in brackets, ``金额（万元）``."""
    found = _UNIT_INSIDE.search(fold(text))
    return found["unit"] if found else None


@lru_cache(maxsize=16384)
def find_entity(text: str) -> tuple[str, str] | None:
    """Return (role, name) of a header line ``部门名称：…``; role is 部门 or 单位, the name as printed."""
    folded = fold(text)
    if len(folded) > 90 or (folded.startswith("单位:") and find_unit(text)):
        return None
    found = _ENTITY.match(folded)
    if not found or len(found["name"]) < 2 or find_unit(found["name"] + " "):
        return None
    role = "单位" if found["role"] == "单位" else "部门"
    return role, found["name"].strip("_-")


@lru_cache(maxsize=16384)
def find_title(text: str) -> str | None:
    """Return the line as a table's title, None where it is a sentence, a unit or nothing of the kind."""
    folded = fold(text)
    if not 3 <= len(folded) <= 70 or _SENTENCE.search(folded) or folded.isdigit():
        return None
    bare = _UNIT_BEHIND.sub("", folded)
    if not _TABLE_TITLE.search(bare) or not _SUBJECT.search(bare):
        return None
    if _ONLY_NUMBER.match(bare) or find_entity(text):
        return None
    return strip_number(tidy(text))


@lru_cache(maxsize=16384)
def strip_number(title: str) -> str:
    """Return the title without the table's number before it (表1：, 公开01表, 附件2, （一））."""
    cut = title
    for _ in range(2):
        folded = fold(cut)
        found = _TABLE_NUMBER.match(folded)
        if not found or found.end() >= len(folded) or re.match(r"\d{4}年?", folded):
            break
        cut = _drop_folded(cut, found.end())
    return _UNIT_BEHIND.sub("", cut).strip() or title


def _drop_folded(text: str, count: int) -> str:
    """Return the text without its first ``count`` folded characters (blanks do not count)."""
    for index, character in enumerate(text):
        if count <= 0:
            return text[index:].lstrip()
        count -= len(fold(character))
    return text if count > 0 else ""


def is_table_caption(text: str) -> bool:
    """Return whether the words above a table can be its title: …表, or a caption such as 收支总体情况."""
    return find_title(text) is not None or (
        len(fold(text)) <= 40
        and _SENTENCE.search(fold(text)) is None
        and _TABLE_WORDS.search(fold(text)) is not None
    )


def is_table_number(text: str) -> bool:
    """Return whether the line is only a table's number (公开01表, 表3, 附表一)."""
    return bool(_ONLY_NUMBER.match(fold(text)))


def has_table_number(text: str) -> bool:
    """Return whether the line begins with a table's number (公开09表：…, 表7 …)."""
    found = _TABLE_NUMBER.match(fold(text))
    return found is not None and "表" in found.group(0)


def is_empty_note(text: str) -> bool:
    """Return whether the line says that the table has nothing to show."""
    folded = fold(text)
    return len(folded) <= 160 and bool(_EMPTY.search(folded))
