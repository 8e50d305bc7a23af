"""The words of performance tables: headings, keys of forms, names of dimensions and types."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from intake.parsing.radicals import MEANT

_WIDE = str.maketrans(
    {"（": "(", "）": ")", "：": ":", "，": ",", "；": ";", "％": "%", "＝": "=", "　": " "}
)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return the text as it is compared: no blanks, half-width signs, radicals as ideographs."""
    meant = unicodedata.normalize("NFKC", text.translate(MEANT)).translate(_WIDE)
    return re.sub(r"\s+", "", meant)


_WRAP_BLANK = re.compile(r"(?<![\x21-\x7e])\s+|\s+(?![\x21-\x7e])|(?<=[^0-9A-Za-z])\s+|\s+(?=[^0-9A-Za-z])")


def unwrapped(text: str) -> str:
    """Return a name without the blanks and line breaks of wrapping; those between Latin words stay."""
    return _WRAP_BLANK.sub("", re.sub(r"\s+", " ", text.translate(MEANT).strip()))


def paragraphs(text: str) -> str:
    """Return running text with wrapped lines joined: a new line only where a numbered part begins."""
    lines = [line.strip() for line in text.translate(MEANT).split("\n") if line.strip()]
    joined = ""
    for line in lines:
        starts = re.match(
            r"(目标\s*\d|[一二三四五六七八九十]+[、.]|[（(]?\d{1,2}[、.)）](?!\d)|[（(][一二三四五六七八九十]+[)）])",
            line,
        )
        ended = bool(joined) and joined[-1] in "。；;！!？?：:"
        if joined and starts and ended:
            joined += "\n" + line
        else:
            blank = (
                bool(joined)
                and joined[-1].isascii()
                and joined[-1].isalpha()
                and line[0].isascii()
                and line[0].isalpha()
            )
            joined += (" " if blank else "") + line
    return joined


# Headings of indicator tables, first match wins; compared with plain() text.
_HEADINGS: tuple[tuple[str, str], ...] = (
    ("level1", r"(一级(绩效)?指标|指标?\(?一级\)?)(名称)?"),
    ("level2", r"(二级(绩效)?指标|指标?\(?二级\)?)(名称)?"),
    (
        "name",
        r"(三级(绩效)?指标|指标\(?三级\)?)(名称|内容)?|四级指标|(绩效)?指标(内容|名称)|具体指标|明细指标",
    ),
    ("operator", r"(绩效)?指标(性质|符号|方向|值类型|类型)|计算符号|运算符号?|指标值?符号|比较符号?|符号"),
    (
        "result",
        r"(年度)?实际完成(值|情况)?|完成值|实际(指标)?值|全年实际(完成)?值|(年度)?指标完成情况|完成情况|年度实际(完成)?值",
    ),
    ("meaning", r"指标值内容|指标解释|指标说明|指标释义|指标值说明|指标含义|绩效指标描述"),
    ("scoring", r"评\(?扣?\)?分标准|评分(标准|规则|细则|办法|依据)|计分(方法|标准|规则)|赋分规则"),
    (
        "target",
        r"(本年|年度|当年|预期|计划|年初|全年|目标|绩效|年度\(/?项目\))*(绩效)?(指标|目标)值(\(.*\))?|年度指标值|指标目标值|标准值|计划值|预期值|指标值.*目标.*|(指标|目标)值(及|和|/)?(计量|度量)?单位|绩效标准",
    ),
    ("unit", r"(绩效)?(度量|计量|指标|值)?单位(\(.*\))?"),
    (
        "weight",
        r"(本年|指标|分值)?(权重|分值|标准分)(\(?%?\)?)(\(.*\))?|(指标)?分值权重(\(.*\))?|权重\(分值\)|指标权重.*|分值.*",
    ),
    ("score", r"(自评)?得分(\(.*\))?|自评分|评价得分"),
    ("cause", r"偏差原因.*|未完成原因.*|备注与说明|原因分析.*|偏差.*改进.*"),
    ("core", r"是否核心(指标)?"),
    ("note", r"备注(.*)?"),
)
_SHEET_HEADINGS: tuple[tuple[str, str], ...] = (
    ("seq", r"序号|行次"),
    ("unit_code", r"单位(编码|代码)|部门(编码|代码)|预算单位编码"),
    (
        "project",
        r"单位\(项目\)名称|单位名称[、/,及]项目名称|(支出)?项目名称(\(.*\)|[、/].*)?|项目单位\(?项目名称\)?|(一级|二级|子)?项目名称|项目\(政策\)名称|专项(资金)?名称|政策(和|及)?项目名称|支出项目类别\(.*|项目|单位\(?及项目\)?名称",
    ),
    ("project_code", r"项目(编码|代码|编号)"),
    (
        "unit_name",
        r"(一级|二级|三级|基层)?(预算|项目|填报|申报|实施|资金使用)?单位(名称)?|主管部门(名称)?|部门(\(单位\))?(名称)?|部门名称",
    ),
    ("category", r"项目(类别|性质|类型|分类|级次)|支出类型"),
    ("execution_weight", r"预算执行率权重.*|执行率权重.*|执行率分值.*"),
    (
        "objective",
        r"(项目|年度|当年|本年|整体|总体|预算|支出|绩效|年度总体|实施期|部门整体)*(绩效)?(总体)?目标(概述|情况|描述|内容|设定)?(\(.*\))?",
    ),
    (
        "amount",
        r"(项目|资金|预算|年度|当年|本年|预算资金|项目资金|财政资金|申请)*(总额|总计|合计|金额|预算数|预算总额|资金|预算)(\(.*\))?|\d{4}年(预算数?|预算金额|项目预算)(\(.*\))?|当年财政拨款预算金额|.*预算金额(\(.*\))?|.*预算安排.*|项目预算.*|预算安排数?",
    ),
)
_ALL = tuple((role, re.compile(rf"(?:{pattern})\Z")) for role, pattern in (*_HEADINGS, *_SHEET_HEADINGS))
INDICATOR_ROLES = frozenset(role for role, _ in _HEADINGS)


@lru_cache(maxsize=20_000)
def heading_role(text: str) -> str | None:
    """Return what a heading cell says of its column, None where it is none that we know."""
    words = plain(text)
    if not words or len(words) > 40:
        return None
    for role, pattern in _ALL:
        if pattern.match(words):
            return role
    return None


DIMENSIONS = (
    ("成本指标", "cost"),
    ("产出指标", "output"),
    ("效益指标", "benefit"),
    ("效果指标", "benefit"),
    ("满意度指标", "satisfaction"),
)


@lru_cache(maxsize=20_000)
def dimension(text: str) -> str | None:
    """Return the glossary key of a printed level-1 name, None where it is none."""
    words = plain(text)
    if re.fullmatch(r"(\d*[-.、])?(项目|年度)?(产出)(类)?(指标)?", words):
        return "output"
    if re.fullmatch(r"(\d*[-.、])?(项目|年度)?(效益|效果|社会效益)(类)?(指标)?", words):
        return "benefit"
    if re.fullmatch(r"(\d*[-.、])?(服务对象|社会|公众|群众|受益对象)?满意度?(类)?(指标)?(\(.*\))?", words):
        return "satisfaction"
    if re.fullmatch(r"(\d*[-.、])?(项目)?成本(类)?(指标)?", words):
        return "cost"
    return None


_TYPES: tuple[tuple[str, str, str], ...] = (
    ("满意", "service_recipients", "satisfaction"),
    ("经济成本", "economic", "cost"),
    ("社会成本", "social", "cost"),
    ("生态环境成本|生态成本|环境成本", "ecological", "cost"),
    ("可持续", "sustainability", "benefit"),
    ("社会效益|社会效果|社会影响", "social", "benefit"),
    ("经济效益|经济效果", "economic", "benefit"),
    ("生态效益|环境效益|生态环境效益|生态效果", "ecological", "benefit"),
    ("数量", "quantity", "output"),
    ("质量", "quality", "output"),
    ("时效|进度", "timeliness", "output"),
    ("成本", "cost", "output"),
)


@lru_cache(maxsize=20_000)
def indicator_type(text: str) -> tuple[str, str] | None:
    """Return (type, the dimension it belongs to) of a printed level-2 name, None where unknown.

    成本指标 on level 2 belongs to 产出 (older forms); a printed level 1 成本指标 comes first.
    """
    words = plain(text)
    if not words or len(words) > 24:
        return None
    for pattern, kind, belongs in _TYPES:
        if re.search(pattern, words):
            return kind, belongs
    return None


# Keys of the head of a form (one form per project).
_KEYS: tuple[tuple[str, str], ...] = (
    ("department_name", r"部门(\(单位\))?名称|单位\(部门\)名称|预算部门(\(单位\))?(名称)?|填报单位(名称)?"),
    (
        "name",
        r"(项目|专项|专项资金|政策|政策和项目|项目\(政策\)|政策\(项目\)|转移支付|一级项目|二级项目|专项\(项目\))名称(\(.*\))?|项目",
    ),
    ("code", r"项目(编码|代码|编号)"),
    ("unit_name", r"(项目)?(实施|使用|承担|用款|执行)单位(\(.*\))?"),
    ("department", r"(项目)?(主管部门|主管单位)(及代码|名称|\(.*\))?|中央主管部门|省级主管部门|资金主管部门"),
    (
        "ignored",
        r"项目(性质|类别|类型|属性|级次|负责人|联系人|概况|周期|期限|起止.*|分类|期)|实施期限?|计划(开始|完成)日期|联系电话|联系人|填报人|是否.*|资金用途|立项(依据|必要性)|项目实施(期|期限|周期)?|年度|属性",
    ),
    ("objective_term", r"实施期总?(体)?目标|中长期目标|项目总目标|项目总体目标|中期目标|长期目标"),
    ("objective_result", r"(全年|年度)?(总体)?(目标)?实际完成情况|目标完成情况|年度总体目标完成情况"),
    (
        "objective",
        r"(当年|年度|项目|总|总体|整体|预期|年度总体|绩效|当年整体|年度绩效|当年绩效|本年|部门整体|项目绩效|整体绩效|总体绩效)*目标(概述|描述|内容)?",
    ),
)
_COMPILED_KEYS = tuple((role, re.compile(rf"(?:{pattern}):?\Z")) for role, pattern in _KEYS)
_AMOUNT_KEY = re.compile(
    r"(项目|年度|预算|当年|本年|全年|实施期|专项|年度预算|年度资金|项目资金|专项资金|财政|本次|总)*"
    r"(资金|预算)?(总额|总计|总金额|合计|申请总额|申请金额|预算数|预算|预算金额|资金\(万元\)|资金\(元\)|资金额)(\(.*\))?:?\Z"
)
_PART_KEY = re.compile(
    r"(其中:?)?(\d[.、])?(基本|项目|当年|本年|本级|中央|省级|市级|区级|县级|一般公共预算|政府性基金|上年|财政|其他|其它|自筹|单位|社会|事业|非财政|地方|补助|专户|市县)*"
    r"(财政)?(拨款|资金|结转(资金|结余)?|结转结余(资金)?|补助|支出|区县|收入|预算)+(\(.*\))?:?\Z"
)


@lru_cache(maxsize=20_000)
def form_key(text: str) -> str | None:
    """Return what a cell names in the head of a form: a key role, ``amount``, ``part``, or None."""
    words = plain(text)
    if not words or len(words) > 24:
        return None
    for role, pattern in _COMPILED_KEYS:
        if pattern.match(words):
            return role
    if _AMOUNT_KEY.match(words):
        return "amount"
    if _PART_KEY.match(words):
        return "part"
    return None


_PHASES = (
    ("approved", r"年初预算数?"),
    ("revised", r"(全年|调整)预算数?(\(A\))?"),
    ("executed", r"(全年|年度|实际)?执行数(\(B\))?|实际(支出|使用)数?"),
)


def phase(text: str) -> str | None:
    """Return approved, revised or executed for the money headings of a self-evaluation."""
    words = plain(text)
    for key, pattern in _PHASES:
        if re.fullmatch(pattern, words):
            return key
    return None


def money_unit(text: str) -> str | None:
    """Return 万元, 亿元 or 元 where the text names the unit of its amounts, None where it does not."""
    found = re.search(
        r"单位[:：]?\s*(?:人民币)?\s*[（(]?(万元|亿元|千元|元)|[（(](万元|亿元|千元|元)[)）]",
        text.translate(MEANT).replace("\n", ""),
    )
    return None if found is None else found.group(1) or found.group(2)


TITLE = re.compile(r"绩效.{0,12}(表|情况)|绩效自评|绩效信息")
DEPARTMENT_TITLE = re.compile(r"部门整体|整体(支出)?绩效|单位整体")
