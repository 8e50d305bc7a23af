"""A column's headings → what its amounts are: measure, year, phase, fund, carried, quantity.

The vocabulary is that of ``contracts.md`` §2, extended where documents asked for it:

- measures ``three_public`` and ``department_budget`` (only beside a wider total), ``revenue``, ``opening_balance``, ``closing_balance``,
  ``carry_over_out``, ``procurement`` with ``procurement_sme`` and ``procurement_micro``, the economic classes
  as columns with their items as ``item_30101``, ``unit_price``, and ``change_…`` for the parts of a table's change block;
- funds ``appropriation`` (财政拨款 beside a wider total), ``unit_funds`` (单位资金), ``surplus``
  (使用非财政拨款结余), ``account_balance`` (上年实户资金余额), and parts that are no summands: ``budget_grant``, ``earmarked``, ``education_fees``,
  ``other_special_account``, ``non_tax``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from intake.parsing.economic_items import find_economic_item

GENERIC = re.compile(
    r"^(?:(?:其中)?:?(?:本年)?(?:收入|支出|预算|决算|资金|项目|财政拨款)?(?:合计|总计|小计|总额|总数|总和)(?:数|金额)?"
    r"|(?:\d{4}年(?:度)?|本年度?|上年度?|当年|年初|调整|全年)*(?:预算|决算|执行|预算安排|支出|收入|完成|预算执行)?(?:数|金额|额)"
    r"|预算|决算|(?:项目|资金|申请|下达)?金额|数额|总额|(?:\d{4}年(?:度)?)?(?:部门)?预算(?:总额)?|本年(?:预算|支出|收入)|预算(?:金额|安排)|数值)(?:\([^)]*\))?$"
)
_MEASURES: tuple[tuple[str, str], ...] = (
    ("unit_price", r"单价"),
    ("opening_balance", r"年初(?:财政拨款)?结转|上年末.*结转|年初结余"),
    ("closing_balance", r"年末(?:财政拨款)?结转|年终结转|年末结余|期末结转"),
    ("carry_over_out", r"结转下年|结转至下年|下年结转"),
    ("procurement_micro", r"小型、?微型|小微"),
    ("procurement_sme", r"中小企业"),
    ("change", r"增减|比上年|较上年|变动|变化|增长"),
    ("official_reception", r"公务接待"),
    (
        "vehicle_total",
        r"(?:用车|车辆|车).{0,4}购置(?:费)?(?:及|和|与|、).{0,6}运行|^公务用车(?:费|经费)?$|公务用车购置运行",
    ),
    ("vehicle_purchase", r"(?:用车|车辆)(?:更新)?购置|^购置(?:费|经费)?(?:用)?$"),
    ("vehicle_operation", r"(?:用车|车辆)运行|^运行(?:维护)?(?:费|经费)?(?:用)?$"),
    ("overseas_travel", r"出国"),
    ("three_public", r"[三\"]?三公"),
    ("meetings", r"会议费"),
    ("training", r"培训费"),
    ("agency_operating", r"机关运行经费|行政经费|机关运转经费"),
    ("department_budget", r"^部门预算$"),
    ("basic", r"人员经费(?:和|及|、)(?:日常)?公用经费|基本支出"),
    ("special_operations", r"专项业务|专项经费|专项支出"),
    ("contingency", r"预留机动|机动经费|预备费"),
    ("project_excluding_construction", r"扣除基建"),
    ("personnel", r"人员(?:经费|支出|类|费)|^人员$"),
    ("operating", r"公用(?:经费|支出|类|费)|日常公用|^公用$|运转类?经费"),
    ("superior_remittance", r"上缴上级|上解上级"),
    ("affiliate_subsidy", r"附属单位(?:的)?补助|补助附属单位|对下级单位补助"),
    ("business", r"经营(?:服务)?支出"),
    ("procurement", r"政府采购"),
    ("goods", r"^(?:采购)?货物(?:类)?"),
    ("works", r"^(?:采购)?工程(?:类)?"),
    ("services", r"^(?:采购)?服务(?:类)?(?!收入)"),
    ("wages_and_benefits", r"工资福利"),
    ("goods_and_services", r"商品和服务支出|商品服务支出"),
    ("transfers_to_households", r"对个人和家庭"),
    ("debt_interest", r"债务利息"),
    ("capital_construction", r"资本性支出\(基本建设\)"),
    ("capital", r"资本性支出"),
    ("enterprise_subsidies", r"对企业补助"),
    ("social_security_funds", r"对社会保障基金"),
    ("project", r"项目(?:支出|经费|预算|类|合计|小计)|专项(?:资金)?$|特定目标类"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _MEASURES)
_FUNDS: tuple[tuple[str, str], ...] = (
    ("earmarked", r"其中:?专项资金|专项资金列入|提前下达"),
    ("budget_grant", r"经费拨款|其中:?.*一般预算"),
    ("education_fees", r"教育收费"),
    ("non_tax", r"非税收入|行政事业性收费|罚没|专项收入|国有资源"),
    ("other_special_account", r"其他专户|其他财政专户"),
    ("account_balance", r"实户(?:资金)?(?:余额|结余)?"),
    ("surplus", r"非财政拨款结余|用事业基金|动用.*(?:基金|结余)|专用结余"),
    ("special_account", r"财政专户|专户(?:管理|核拨|资金|拨款|收入)"),
    ("state_capital", r"国有资本"),
    ("government_fund", r"政府性基金|基金预算|^基金(?:收入|支出)?$"),
    ("general_public", r"一般公共预算|一般公共财政|公共预算|公共财政预算|^一般预算"),
    ("business", r"经营(?:服务)?收入|事业单位经营(?!支出)"),
    ("service", r"事业(?:单位)?(?:预算)?收入|^事业资金"),
    ("superior_subsidy", r"上级补助|上级(?:转移|下达)"),
    ("affiliate", r"附属单位(?:上缴|缴)|下级单位上缴"),
    ("unit_funds", r"单位资金|自有资金|单位自筹|自筹|非财政(?:拨款|资金)(?!结)"),
    ("other", r"其[他它](?:收入|资金|来源)|^其[他它]$"),
    ("appropriation", r"财政(?:拨款|资金|性资金)|预算拨款|预算内"),
)
_COMPILED_FUNDS = tuple((name, re.compile(pattern)) for name, pattern in _FUNDS)
_CARRIED = re.compile(
    r"(?:上年|以前年度|历年)[^收支]{0,8}(?:结转|结余)|^(?:结转|结余)|实户(?:资金)?(?:余额|结余)|上年实户"
)
_CURRENT = re.compile(r"^(?:本年|当年)(?:收入|支出|拨款|财政拨款|预算)")
_REVENUE = re.compile(r"^(?:本年|当年)?(?:财政拨款)?收入(?:合计|数|金额|小计)?$")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!.{0,6}(?:结转|结余|实户|末|底))")
_THIS_YEAR = re.compile(r"本年|当年|今年")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年|年度|$|[-.])")
_BUDGETS = re.compile(
    r"(?:一般公共|公共财政|公共|政府性基金|基金|国有资本经营|国有资本|社会保险基金|部门|单位|综合|财政)预算"
)
_PHASES: tuple[tuple[str, str], ...] = (
    ("revised", r"调整(?:后)?预算|预算调整|全年预算|调整数|变更后"),
    ("executed", r"决算|执行数|实际|完成数|支出数|执行情况|预计执行"),
    ("approved", r"年初预算|预算(?!单位)"),
)
_COMPILED_PHASES = tuple((name, re.compile(pattern)) for name, pattern in _PHASES)
_PERCENT = re.compile(r"%|％|得分率|百分比|比例|比率|幅度|增长率|增减率|执行率|占比|完成率|比重")
_COUNT = re.compile(
    r"^(?:采购)?(?:数量|得分|分值|分数|权重|评分|满分|人数|人次|批次|团组|辆数|台数|编制|保有量|面积|个数|户数)|\((?:人|辆|台|个|批|次|人次|套|平方米|批次)\)$"
)
_NARROW = {"three_public", "department_budget"}
_CHANGE_SHORT = {
    "official_reception": "reception",
    "overseas_travel": "travel",
    "agency_operating": "operating",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column's amounts are; ``year`` is absolute, an offset is resolved with the fiscal year."""

    measure: str = "total"
    year: int | None = None
    year_offset: int = 0
    phase: str | None = None
    fund: str | None = None
    carried: str = "all"
    quantity: str = "money"
    path: tuple[str, ...] = ()

    @property
    def coordinates(self) -> tuple[object, ...]:
        """Return what must be unique in a block."""
        return (self.measure, self.year, self.year_offset, self.phase, self.fund, self.carried, self.quantity)


@lru_cache(maxsize=8192)
def find_measure(text: str) -> str | None:
    """Return the measure that one heading names, None where it names none (合计, a year, a fund)."""
    for name, pattern in _COMPILED:
        if pattern.search(text):
            return name
    return None


@lru_cache(maxsize=8192)
def find_fund(text: str) -> str | None:
    """Return where the money comes from, as one heading says it."""
    for name, pattern in _COMPILED_FUNDS:
        if pattern.search(text):
            return name
    return None


@lru_cache(maxsize=8192)
def find_year(text: str) -> tuple[int | None, int]:
    """Return (year, 0) of a printed year, (None, -1) of 上年, (None, 0) of neither."""
    found = _YEAR.search(text)
    if found:
        return int(found[1]), 0
    return None, (-1 if _LAST_YEAR.search(text) else 0)


@lru_cache(maxsize=8192)
def find_phase(text: str) -> str | None:
    """Return approved, revised or executed where the heading says it."""
    rest = _BUDGETS.sub("", text)
    for name, pattern in _COMPILED_PHASES:
        if pattern.search(rest):
            return name
    return None


def is_count(path: tuple[str, ...]) -> bool:
    """Return whether the heading counts things (数量, 人数), so that no amounts stand under it."""
    return bool(path) and _COUNT.search(path[-1]) is not None


def _element_measure(text: str) -> str | None:
    measure = find_measure(text)
    if measure is None or (measure not in _NARROW and GENERIC.match(text)):
        return None
    return measure


@lru_cache(maxsize=8192)
def read_meaning(path: tuple[str, ...], common: int) -> Meaning | None:
    """Return what a heading path means, None where no part of it says anything.

    ``common`` headings at the top stand over every amount of the block and so do not tell its
    measure (基本支出 over 合计, 人员经费, 公用经费).
    """
    measure = fund = phase = None
    year: int | None = None
    offset = 0
    carried = "all"
    quantity = "money"
    change = False
    known = False
    for depth in range(len(path) - 1, -1, -1):
        text = path[depth]
        shared = depth < common
        own = _element_measure(text)
        known = known or bool(own or measure or GENERIC.match(text) or find_fund(text))
        change = change or own == "change"
        if own != "change" and measure is None and not shared:
            measure = find_economic_item(text, path[:depth]) or _unless_fund(text, own)
        if _CARRIED.search(text) and own not in {"opening_balance", "closing_balance"}:
            carried = carried if find_fund(text) == "surplus" else "carried_over"
            known = True
        elif _CURRENT.match(text) and carried == "all" and not shared:
            carried = "current"
        if (
            fund is None
            and not _is_measure_text(text)
            and not (_CARRIED.search(text) and not find_fund(text))
        ):
            fund = find_fund(text)
        phase = phase or find_phase(text)
        if year is None and not offset and not _CARRIED.search(text):
            year, offset = find_year(text)
            if own == "change":
                year, offset = None, 0
        if quantity == "money" and (depth == len(path) - 1 or change):
            quantity = "percent" if _PERCENT.search(text) else "count" if _COUNT.search(text) else quantity
    if carried == "carried_over" and fund is None:
        fund = "carried_over"
    if not known and fund is None and quantity == "money" and year is None and phase is None:
        return None
    if change:
        measure = f"change_{_CHANGE_SHORT.get(measure, measure)}"[:24] if measure else "change"
    return Meaning(
        measure=measure or "total",
        year=year,
        year_offset=offset,
        phase=phase,
        fund=fund,
        carried=carried,
        quantity=quantity,
        path=path,
    )


def _unless_fund(text: str, measure: str | None) -> str | None:
    """Return the measure unless the heading that holds its word names revenue (事业单位经营收入)."""
    return None if measure == "business" and "收入" in text else measure


def _is_measure_text(text: str) -> bool:
    """Return whether a heading names expenditure whose words also stand in a fund's name."""
    return find_measure(text) in {
        "business",
        "affiliate_subsidy",
        "superior_remittance",
        "carry_over_out",
    } and ("支出" in text or "补助" in text or "结转下年" in text)


def settle(meanings: list[Meaning | None]) -> list[Meaning | None]:
    """Return the block's meanings with what only their neighbours tell.

    三公经费合计 is the table's total unless a wider one stands beside it; 财政拨款 is a source of
    its own only beside others; 本年收入 is ``current`` only beside carried-over money.
    """
    known = [meaning for meaning in meanings if meaning is not None]
    spends = any(meaning.path and "支出" in "".join(meaning.path) for meaning in known)
    has_carried = any(meaning.carried == "carried_over" for meaning in known)
    settled = [
        None if meaning is None else _beside(meaning, spends=spends, has_carried=has_carried)
        for meaning in meanings
    ]
    totals = {
        _apart_from_fund(meaning)
        for meaning in settled
        if meaning is not None and meaning.measure not in _NARROW
    }
    for index, meaning in enumerate(settled):
        if meaning is not None and meaning.measure.removeprefix("change_") in _NARROW:
            plain = replace(meaning, measure="change" if meaning.measure.startswith("change_") else "total")
            if _apart_from_fund(plain) not in totals:
                settled[index] = plain
    return settled


def _beside(meaning: Meaning, *, spends: bool, has_carried: bool) -> Meaning:
    """Return the meaning beside columns of expenditure, or of carried-over money."""
    if spends and meaning.measure == "total" and meaning.path and _REVENUE.match(meaning.path[-1]):
        return replace(meaning, measure="revenue", carried="all")
    if meaning.carried == "current" and not has_carried:
        return replace(meaning, carried="all")
    return meaning


def _apart_from_fund(meaning: Meaning) -> tuple[object, ...]:
    return (meaning.measure, meaning.year, meaning.year_offset, meaning.carried, meaning.quantity)
