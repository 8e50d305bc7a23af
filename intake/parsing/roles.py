"""What each column of a table is for (code, label, unit, note, amount), and which columns belong together.

Headings speak first, the column's content may overrule them: a label column full of amounts is an
amount column. A label or code column after an amount column opens the next block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from intake.parsing.amounts import read_amount
from intake.parsing.headings import Heading
from intake.parsing.matrix import Matrix
from intake.parsing.measures import GENERIC, Meaning, find_fund, find_measure, is_count, read_meaning, settle
from intake.parsing.words import find_total, fold

Role = Literal["code", "label", "unit", "unit_code", "note", "number", "period", "amount", "blank"]

_CODE_LEAF = re.compile(r"^(?:类|款|项|目|节)$|(?:编码|代码|编号|科目号|码)(?:\([^)]*\))?$")
_NUMBER_LEAF = re.compile(r"^(?:行次|序号|栏次|编号序|排序|no\.?)$", re.IGNORECASE)
_UNIT_LEAF = re.compile(
    r"^(?:\(?[一二三]?级?\)?)?(?:预算|主管|二级预算|一级预算|基层|填报|所属|实施|采购|公开)?(?:单位|部门|主管部门|机构)(?:\([^)]*\))?(?:名称|全称)?(?:\([^)]*\))?$"
)
_UNIT_CODE = re.compile(r"(?:单位|部门)(?:编码|代码|编号)")
_NOTE_LEAF = re.compile(
    r"备注|说明|形式|计量单位|简介|理由|依据|绩效目标|规格|型号|时间|日期|方式|文号|目标|是否|内容|用途|政策|起止|性质|属性|级次|备选|方向|要求|来源说明|实施|责任|联系|标准"
)
_LABEL_LEAF = re.compile(
    r"名称|项目|科目|类别|摘要|品目|采购|分类|目录|一级|二级|三级|事项|单位|部门|内容|^类$|经费$|资金类型|资金来源"
)
_PROJECT_LEAF = re.compile(r"项目\)?名称|采购项目|支出项目$")
_PERIOD_LEAF = re.compile(r"^(?:年度|年份|预算年度)$")
_CODE_TEXT = re.compile(r"^(?:[1-5]\d{2}(?:\d{2}){0,3}|\d{1,2}|\d{3}(?:\d{3}){1,2})$")
_CODED_LABEL = re.compile(r"^\[?[1-5]\d{2}(?:\d{2}){0,3}\]?[-—.、:]?\D")
_PERIOD_TEXT = re.compile(r"^(?:19|20)\d{2}年(?:度)?(?:预算|决算|执行)?(?:数)?$|^(?:上年|本年|增减)")


@dataclass(slots=True)
class CodeGroup:
    """Code columns that together print one code (类 款 项, or one column), and the label beside them."""

    columns: list[int]
    hint: str | None = None
    label: int | None = None


@dataclass(slots=True)
class Block:
    """Columns from the first label to the last amount of one half of a table, counted from 1."""

    number: int
    groups: list[CodeGroup] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    unit_codes: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    periods: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    meanings: dict[int, Meaning | None] = field(default_factory=dict)
    side: str | None = None
    names: list[int] = field(default_factory=list)

    @property
    def columns(self) -> list[int]:
        """Return all columns of the block in order."""
        codes = [column for group in self.groups for column in group.columns]
        return sorted(
            {*codes, *self.labels, *self.units, *self.unit_codes, *self.notes, *self.periods, *self.amounts}
        )


@dataclass(slots=True)
class Content:
    """How often a column holds what, over the data rows."""

    numbers: int = 0
    decimals: int = 0
    codes: int = 0
    coded: int = 0
    words: int = 0
    blanks: int = 0
    periods: int = 0
    longest: int = 0

    @property
    def filled(self) -> int:
        """Return how many slots are not blank."""
        return self.numbers + self.words


def count_content(matrices: list[tuple[Matrix, int]], width: int) -> list[Content]:
    """Return what the columns hold in the rows from each matrix's first data row on."""
    contents = [Content() for _ in range(width)]
    for matrix, start in matrices:
        for row in range(start, matrix.height):
            for column, text in enumerate(matrix.folded(row)[:width]):
                _count(contents[column], text)
    return contents


def _count(content: Content, text: str) -> None:
    if not text:
        content.blanks += 1
        return
    printed = read_amount(text)
    if printed is not None:
        if printed.value is not None:
            content.numbers += 1
            whole = text.removesuffix(".0")
            content.decimals += "." in whole
            content.codes += bool(_CODE_TEXT.match(whole))
        else:
            content.blanks += 1
        return
    content.words += 1
    content.coded += bool(_CODED_LABEL.match(text))
    content.periods += bool(_PERIOD_TEXT.match(text))
    content.longest = max(content.longest, len(text))


def find_roles(heading: Heading | None, contents: list[Content]) -> list[Role]:
    """Return the role of each column."""
    roles: list[Role] = []
    for column, content in enumerate(contents):
        path = heading.paths[column] if heading is not None else ()
        roles.append(_role(path, content, roles))
    return roles


def _role(path: tuple[str, ...], content: Content, before: list[Role]) -> Role:
    leaf = path[-1] if path else ""
    by_heading = _role_by_heading(leaf, path)
    if by_heading in {"code", "unit_code", "number", "period"}:
        if content.words > content.numbers + 1 and not content.coded and by_heading != "period":
            return "label" if "amount" not in before or content.longest < 40 else "note"
        if content.coded > content.filled // 2:
            return "label"
        if content.decimals > max(1, content.filled // 2):
            return "amount"
        return by_heading
    if not content.filled:
        return by_heading or ("blank" if not path else "amount" if "amount" in before else "label")
    if by_heading in {"label", "unit", "note"}:
        return _checked_label(by_heading, content, before)
    if by_heading == "amount" and content.words > content.numbers:
        if content.periods:
            return "period"
        return "note" if "amount" in before else "label"
    if by_heading == "amount":
        return "amount"
    return _role_by_content(content, before)


def _checked_label(role: Role, content: Content, before: list[Role]) -> Role:
    """Return a label's role unless its content is plainly numbers."""
    if content.decimals and content.numbers > content.words * 3:
        return "amount"
    if content.numbers > content.words and content.codes == content.numbers and "label" not in before:
        return "code"
    if role == "note" and not before.count("label") and not before.count("amount") and content.words:
        return "label"
    return role


def _role_by_heading(leaf: str, path: tuple[str, ...]) -> Role | None:
    if not leaf:
        return None
    if _NUMBER_LEAF.match(leaf):
        return "number"
    if _PERIOD_LEAF.match(leaf):
        return "period"
    if _UNIT_CODE.search(leaf):
        return "unit_code"
    if _CODE_LEAF.search(leaf):
        return "code"
    if _UNIT_LEAF.match(leaf):
        return "unit"
    if GENERIC.match(leaf):
        return "amount"
    if find_measure(leaf) in {None, "project", "procurement", "training"} or leaf.endswith(
        ("名称", "类别", "科目")
    ):
        if _NOTE_LEAF.search(leaf) and not leaf.endswith(("名称", "科目")):
            return "note"
        if (
            _LABEL_LEAF.search(leaf)
            and find_fund(leaf) is None
            and not re.search(r"支出$|收入$|数$|金额$|总额$", leaf)
        ):
            return "label"
    if read_meaning(path, 0) is not None:
        return "amount"
    return None


def _role_by_content(content: Content, before: list[Role]) -> Role:
    if content.numbers >= content.words:
        if content.codes == content.numbers and not content.decimals and "amount" not in before:
            return "code"
        return "amount"
    return "note" if "amount" in before or content.longest > 40 else "label"


_HINTS: tuple[tuple[str, str], ...] = (
    ("unit", r"单位|部门(?!.*经济|预算支出)"),
    ("project", r"项目(?:编码|代码|编号)"),
    ("economic_gov", r"政府.*(?:经济|科目)"),
    ("economic_dept", r"部门.*(?:经济|科目)|经济"),
    ("functional", r"功能"),
)
_COMPILED_HINTS = tuple((name, re.compile(pattern)) for name, pattern in _HINTS)


def _hint(path: tuple[str, ...], neighbour: tuple[str, ...]) -> str | None:
    """Return the scheme that the headings of a code column name, or those of the label beside it."""
    for words, own in (("".join(path), True), ("".join(neighbour), False)):
        for name, pattern in _COMPILED_HINTS:
            if pattern.search(words) and (own or name not in {"unit", "project"}):
                return name
    return None


def find_blocks(heading: Heading | None, roles: list[Role]) -> list[Block]:
    """Return the blocks of a table, left to right; columns before the first amount belong to the first."""
    width = len(roles)
    last_amount = max((column for column in range(width) if roles[column] == "amount"), default=-1)
    paths = heading.paths if heading is not None else tuple(() for _ in range(width))
    blocks = [Block(1)]
    for column, role in enumerate(roles):
        block = blocks[-1]
        paid = any(not is_count(paths[amount]) for amount in block.amounts)
        opens = role in {"label", "code", "unit", "number"} and paid and column < last_amount
        if opens and _amount_follows(roles, column, paths):
            block = Block(len(blocks) + 1)
            blocks.append(block)
        _add(block, column, role, paths)
    for block in blocks:
        _name_groups(block, paths)
        block.names = _names_in_order(block, paths)
        block.side = _side(block, paths)
    return blocks


def _amount_follows(roles: list[Role], column: int, paths: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether a name or code of its own, not a remark between amounts, begins here."""
    rest = roles[column:]
    return any(role in {"label", "code", "unit"} for role in rest) and "amount" in rest


def _add(block: Block, column: int, role: Role, paths: tuple[tuple[str, ...], ...]) -> None:
    match role:
        case "code":
            last = block.groups[-1] if block.groups else None
            if last is not None and last.columns[-1] == column - 1 and _same_group(last, column, paths):
                last.columns.append(column)
            else:
                block.groups.append(CodeGroup([column]))
        case "label":
            block.labels.append(column)
        case "unit":
            block.units.append(column)
        case "unit_code":
            block.unit_codes.append(column)
        case "note":
            block.notes.append(column)
        case "period":
            block.periods.append(column)
        case "amount":
            block.amounts.append(column)
        case _:
            pass


def _same_group(group: CodeGroup, column: int, paths: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether the code column continues 类 款 项, or stands under the same heading."""
    before, here = paths[group.columns[-1]], paths[column]
    order = "类款项目节"
    if before and here and before[-1] in order and here[-1] in order:
        return order.index(here[-1]) > order.index(before[-1])
    return bool(before) and before == here


def _name_groups(block: Block, paths: tuple[tuple[str, ...], ...]) -> None:
    if block.groups and not block.labels:
        block.labels, block.units = block.units, []
    for group in block.groups:
        after = [label for label in block.labels if label > group.columns[-1]]
        before = [label for label in block.labels if label < group.columns[0]]
        following = [other.columns[0] for other in block.groups if other.columns[0] > group.columns[-1]]
        if after and (not following or after[0] < following[0]):
            group.label = after[0]
        elif before:
            group.label = before[-1]
        neighbour = paths[group.label] if group.label is not None and paths else ()
        group.hint = _hint(paths[group.columns[0]] if paths else (), neighbour)
    unit_groups = [group for group in block.groups if group.hint == "unit"]
    for group in unit_groups:
        block.groups.remove(group)
        block.unit_codes.extend(group.columns)


def _names_in_order(block: Block, paths: tuple[tuple[str, ...], ...]) -> list[int]:
    """Return the label columns in the order in which a row's name is looked for: projects, codes' names, others."""
    projects = [
        column
        for column in block.labels
        if paths and paths[column] and _PROJECT_LEAF.search(paths[column][-1])
    ]
    coded = [group.label for group in block.groups if group.label is not None]
    return list(dict.fromkeys([*projects, *coded, *reversed(block.labels)]))


def _side(block: Block, paths: tuple[tuple[str, ...], ...]) -> str | None:
    """Return revenue or expenditure as the block's top headings say it."""
    tops = [path[0] for column in block.columns for path in [paths[column]] if path] if paths else []
    words = {word[-2:] for word in tops if re.match(r"^(?:本年|财政拨款)?(?:收入|支出)$", word)}
    if len(words) == 1:
        return "revenue" if "收入" in words else "expenditure"
    joined = "".join(tops)
    if re.search(r"支出.{0,6}分类|支出经济|支出功能|功能分类|功能科目|经济科目|经济分类", joined):
        return "expenditure"
    return None


def give_meanings(heading: Heading | None, block: Block) -> None:
    """Fill in what each amount column of the block means."""
    paths = [heading.paths[column] if heading is not None else () for column in block.amounts]
    common = _common_depth(paths)
    raw = [read_meaning(path, common) for path in paths]
    block.meanings = dict(zip(block.amounts, settle(raw), strict=True))


def _common_depth(paths: list[tuple[str, ...]]) -> int:
    """Return how many top headings stand over all amounts of the block (never a leaf)."""
    if not paths or not all(paths):
        return 0
    depth = 0
    shortest = min(len(path) for path in paths)
    while depth < shortest - 1 and len({path[depth] for path in paths}) == 1:
        depth += 1
    return depth


def is_period_label(text: str) -> bool:
    """Return whether a row's label is a year or a change between years (2025年, 增减变化金额)."""
    return bool(_PERIOD_TEXT.match(fold(text))) and find_total(text) is None
