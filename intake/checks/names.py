"""Names as documents print them, brought to one form: classes, sources of money, roles of rows."""

from __future__ import annotations

import re
from functools import lru_cache

_BLANKS = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:其中[:：]?)?[(（]?(?:[一二三四五六七八九十百]+|\d{1,2})(?:[)）][、.．]?|[、.．](?!\d))"
)
_OF_WHICH = re.compile(r"^其中[:：]?")
_FULL_WIDTH = str.maketrans("（）：，．“”‘’", "():,.\"\"''")

FUNCTION_CLASSES: dict[str, tuple[str, ...]] = {
    "201": ("一般公共服务",),
    "202": ("外交",),
    "203": ("国防",),
    "204": ("公共安全",),
    "205": ("教育",),
    "206": ("科学技术",),
    "207": ("文化旅游体育与传媒", "文化体育与传媒"),
    "208": ("社会保障和就业",),
    "209": ("社会保险基金",),
    "210": ("卫生健康", "医疗卫生与计划生育", "医疗卫生"),
    "211": ("节能环保", "环境保护"),
    "212": ("城乡社区", "城乡社区事务"),
    "213": ("农林水", "农林水事务"),
    "214": ("交通运输",),
    "215": ("资源勘探工业信息等", "资源勘探信息等", "资源勘探电力信息等事务", "资源勘探电力信息等"),
    "216": ("商业服务业等", "商业服务业等事务"),
    "217": ("金融", "金融监管等事务"),
    "218": ("地震灾后恢复重建",),
    "219": ("援助其他地区",),
    "220": ("自然资源海洋气象等", "国土海洋气象等", "国土资源气象等事务", "国土资源气象等"),
    "221": ("住房保障",),
    "222": ("粮油物资储备", "粮油物资储备事务"),
    "223": ("国有资本经营预算",),
    "224": ("灾害防治及应急管理",),
    "227": ("预备费",),
    "229": ("其他",),
    "230": ("转移性",),
    "231": ("债务还本",),
    "232": ("债务付息",),
    "233": ("债务发行费用",),
    "234": ("抗疫特别国债安排的",),
}
"""The classes of the functional classification with their older names (domain study 5.2, 5.3)."""

_CLASS_BY_NAME = {name: code for code, names in FUNCTION_CLASSES.items() for name in names}

_FUNDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("carried_over", ("结转", "结余")),
    ("state_capital", ("国有资本经营", "国有资本")),
    ("government_fund", ("政府性基金", "基金预算", "基金收入")),
    ("general_public", ("一般公共预算", "一般公共财政", "公共财政预算", "公共预算", "公共财政")),
    ("special_account", ("财政专户", "专户管理")),
    ("business", ("事业单位经营", "经营收入", "经营服务")),
    ("service", ("事业收入", "事业预算", "事业单位收入")),
    ("superior_subsidy", ("上级补助",)),
    ("affiliate", ("附属单位",)),
    ("appropriation", ("财政拨款", "财政性资金")),
    ("other", ("其他收入", "其他资金", "其他")),
)
"""What a revenue row says of where its money comes from; the first that fits decides."""


@lru_cache(maxsize=8192)
def clean(name: str) -> str:
    """Return a name without blanks, numbering and “其中”, brackets and quotes in one width."""
    text = _OF_WHICH.sub("", _BLANKS.sub("", name)).translate(_FULL_WIDTH)
    while True:
        shorter = _NUMBERING.sub("", text)
        if shorter in (text, ""):
            return text
        text = shorter


@lru_cache(maxsize=8192)
def find_function_class(name: str) -> str | None:
    """Return the three-digit class a name stands for, in any year's wording."""
    text = clean(name)
    if text in _CLASS_BY_NAME:
        return _CLASS_BY_NAME[text]
    return _CLASS_BY_NAME.get(text.removesuffix("支出").removesuffix("类"))


@lru_cache(maxsize=4096)
def find_fund(name: str) -> str | None:
    """Return the fund (contract vocabulary, and ``appropriation`` for 财政拨款) of a revenue row."""
    text = clean(name)
    for fund, words in _FUNDS:
        if any(word in text for word in words):
            return fund
    return None


@lru_cache(maxsize=4096)
def find_role(name: str) -> str:
    """Return what a row of a summary is by its name.

    One of ``grand`` 总计, ``year`` 本年合计, ``carry_in`` 上年结转, ``carry_out`` 结转下年,
    ``surplus_use`` 使用非财政拨款结余, ``surplus_out`` 结余分配, ``subtotal`` and ``source``.
    """
    text = clean(name)
    if "总计" in text:
        return "grand"
    if re.match("(?:本年|当年)(?:收入|支出)(?:预算|决算)?(?:合计|小计|总计)", text):
        return "year"
    if ("本年" in text or "当年" in text) and len(text) <= 9 and "结转" not in text:
        return "year" if any(word in text for word in ("收入", "支出", "合计", "小计")) else "source"
    if "结余分配" in text:
        return "surplus_out"
    if any(word in text for word in ("非财政拨款结余", "非财政拨款结转", "事业基金", "专用结余")):
        return "surplus_use"
    if "结转" in text or "结余" in text:
        late = any(word in text for word in ("下年", "年末", "年终", "期末", "次年"))
        return "carry_out" if late else "carry_in"
    if text in {"合计", "收入合计", "支出合计", "收支合计", "收入预算合计", "支出预算合计"}:
        return "total"
    return "subtotal" if text.endswith(("合计", "小计")) else "source"
