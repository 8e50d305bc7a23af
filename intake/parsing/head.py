"""Who, when, what: department, year, stage and scope as the document prints them, the file name as a hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Literal

from intake.parsing.draft import Head
from intake.parsing.recognise import Found
from intake.parsing.tables import Document, Grid, TextLine
from intake.parsing.words import fold, tidy

Stage = Literal["budget", "final_accounts"]
Scope = Literal["department", "unit"]

_YEAR = re.compile(r"((?:19|20)\d{2})年?度?")
_COVER = re.compile(
    r"^(?P<before>[^\d。，；:]{0,40}?)(?P<year>(?:19|20)\d{2})\s*年?度?(?P<name>[^。，；:]{0,40}?)"
    r"(?P<kind>(?:部门|单位)?(?:综合)?(?:收支)?(?:预算|决算))(?:公开|信息|编制|草案)*(?:报告|说明|情况|表|报表|目录|文本)*(?:\([^)]*\))*$"
)
_DATE = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日")
_SCOPE_DEPARTMENT = re.compile(r"部门(?:综合)?(?:收支)?(?:预算|决算)")
_SCOPE_UNIT = re.compile(r"单位(?:综合)?(?:收支)?(?:预算|决算)")
_UNIT_CODE = re.compile(r"^(?P<code>\d{3}(?:\d{3})+)[-—_ ]+(?P<name>\D.*)$")
_NOISE = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|关于|附件\d*|附表|一、|二、|市级|区级|省级|县级|本级|全省|年度|公开)+|(?:市级|区级|省级|县级)$"
)
_DEPARTMENT = re.compile(
    r"(?:局|厅|委|办|办公室|委员会|中心|院|所|站|队|会|部|处|馆|学校|大学|学院|政府|街道|办事处|法院|检察院|联合会|研究院|党校|社|台|团|公司|"
    r"公署|镇|乡|医院|园|场|库|本级|机关|\)|支队|总队|大队|档案馆|日报社|红十字会)$"
)


def read_head(document: Document, found: Found) -> Head:
    """Return what the document prints of itself; what only the file name says stands in ``suggested``."""
    lines = _first_lines(document)
    titles = [table.title for table in found.tables if table.title]
    covers = [match for line in [*lines, *found.running] for match in [_COVER.match(fold(line))] if match]
    covers = [match for match in covers if _says_whose(match)]
    department, unit_by_line = _entity(found, covers)
    form_department, form_year = _from_forms(document) if department is None or not covers else (None, None)
    department = department or form_department
    year = _fiscal_year(covers, titles, lines) or form_year or _column_year(found)
    stage = _stage(covers, titles)
    scope = _scope(covers, titles, lines)
    code, unit = _unit(document)
    if unit is None and scope == "unit":
        unit = unit_by_line or department
    if department is not None:
        department, own, scope = _part_of(department, scope)
        unit = unit or own
    unit = None if unit is None else _as_printed(unit)
    head = {"department": department, "fiscal_year": year, "stage": stage, "scope": scope}
    return Head(
        department=department,
        department_code=code,
        unit=unit,
        scope=scope,
        fiscal_year=year,
        stage=stage,
        published_on=_published(lines[:12]),
        suggested=_from_name(document.name, head),
    )


_HEAD_OFFICE = re.compile(r"^(?P<whole>.{3,}?)(?:\((?:本级|机关|机关本级|本部|局本级|委本级|部本级)\)|本级)$")
_SUMMARY = re.compile(r"^(?P<whole>.{3,}?)\((?:部门)?汇总\)$")


def _part_of(name: str, scope: Scope | None) -> tuple[str, str | None, Scope | None]:
    """Return (department, unit, scope) of a printed name: 某局（本级） is the unit of 某局, 某局（汇总） the whole."""
    summary = _SUMMARY.match(name)
    if summary:
        return _as_printed(summary["whole"]), None, "department"
    office = _HEAD_OFFICE.match(name)
    if office:
        return _as_printed(office["whole"]), name, "unit"
    return _as_printed(name), None, scope


def _as_printed(name: str) -> str:
    """Return the name with the full-width brackets that Chinese names are printed with."""
    return name.replace("(", "（").replace(")", "）")


def _first_lines(document: Document) -> list[str]:
    """Return the text lines of the first pages, grids of one cell a row included."""
    lines: list[str] = []
    for page in document.pages[:4]:
        for block in page.blocks:
            if isinstance(block, TextLine):
                lines.append(block.text)
            elif isinstance(block, Grid) and block.rows * block.columns <= 60:
                lines.extend(cell.text for cell in block.cells[:40] if 4 <= len(cell.text) <= 60)
    opening = lines[:14]
    joined = [
        "".join(opening[start:stop])
        for start in range(len(opening))
        for stop in range(start + 2, min(start + 6, len(opening) + 1))
    ]
    return [*lines[:80], *joined]


def _entity(found: Found, covers: Sequence[re.Match[str]]) -> tuple[str | None, str | None]:
    """Return (department, unit) from header lines of the tables, else from the cover's title."""
    votes: Counter[tuple[str, str]] = Counter(
        entity for table in found.tables for entity in dict.fromkeys(table.entities) if _is_name(entity[1])
    )
    departments = Counter({name: count for (role, name), count in votes.items() if role == "部门"})
    units = Counter({name: count for (role, name), count in votes.items() if role == "单位"})
    printed = Counter(name for match in covers for name in _cover_names(match))
    cover = printed.most_common(1)[0][0] if printed else None
    unit = units.most_common(1)[0][0] if units else None
    if departments:
        return _clean(departments.most_common(1)[0][0]), unit
    if cover is not None and (unit is None or unit in cover or cover in unit):
        return cover, unit
    return (_clean(unit) if unit else cover), unit


def _says_whose(match: re.Match[str]) -> bool:
    """Return whether the line is a cover's and not a column heading (2025年预算)."""
    return match["kind"].startswith(("部门", "单位", "综合")) or any(True for _ in _cover_names(match))


def _cover_names(match: re.Match[str]) -> Iterable[str]:
    for group in ("name", "before"):
        name = _clean(match[group])
        if _is_name(name):
            yield name


def _is_name(name: str) -> bool:
    return 3 <= len(name) <= 40 and _DEPARTMENT.search(_clean(name)) is not None


def _clean(name: str) -> str:
    cut = _UNIT_CODE.match(name)
    return _NOISE.sub("", tidy(cut["name"] if cut else name)).strip(" _-—:：")


def _fiscal_year(covers: Sequence[re.Match[str]], titles: Sequence[str], lines: Sequence[str]) -> int | None:
    """Return the year that cover and table titles agree on most."""
    votes: Counter[int] = Counter()
    for match in covers:
        votes[int(match["year"])] += 3
    for title in titles:
        years = {int(year) for year in _YEAR.findall(fold(title))}
        if len(years) == 1:
            votes[years.pop()] += 1
    if not votes:
        for line in lines:
            folded = fold(line)
            if re.search(r"预算|决算", folded) and len(folded) < 60:
                votes.update(int(year) for year in _YEAR.findall(folded))
    plausible = {year: count for year, count in votes.items() if 1990 <= year <= 2100}
    return max(plausible, key=lambda year: (plausible[year], year)) if plausible else None


def _column_year(found: Found) -> int | None:
    """Return the latest year that column headings name as a budget's or an account's."""
    years = [
        int(year)
        for table in found.tables
        if table.heading is not None
        for line in table.heading.rows
        for text in line
        if re.search(r"预算|决算", text)
        for year in _YEAR.findall(text)
    ]
    return max(years, default=None)


def _stage(covers: Sequence[re.Match[str]], titles: Sequence[str]) -> Stage | None:
    votes: Counter[Stage] = Counter()
    for match in covers:
        votes["final_accounts" if "决算" in match["kind"] else "budget"] += 2
    for title in titles:
        folded = fold(title)
        if "决算" in folded:
            votes["final_accounts"] += 1
        elif "预算" in re.sub(r"(?:一般公共|政府性基金|国有资本经营|公共)预算", "", folded):
            votes["budget"] += 1
    if not votes and any("预算" in title for title in titles):
        return "budget"
    return votes.most_common(1)[0][0] if votes else None


def _scope(covers: Sequence[re.Match[str]], titles: Sequence[str], lines: Sequence[str]) -> Scope | None:
    words = [match.group(0) for match in covers]
    for source in (
        words,
        [fold(title) for title in titles],
        [fold(line) for line in lines[:30] if len(line) < 50],
    ):
        department = sum(bool(_SCOPE_DEPARTMENT.search(word)) for word in source)
        unit = sum(bool(_SCOPE_UNIT.search(word)) for word in source)
        if department or unit:
            return "department" if department >= unit else "unit"
    return None


def _unit(document: Document) -> tuple[str | None, str | None]:
    """Return (department code, unit name) where a cell prints ``146001-…本级`` and no other unit does."""
    seen: dict[str, str] = {}
    for page in document.pages:
        for block in page.blocks:
            if not isinstance(block, Grid):
                continue
            for cell in block.cells:
                if 9 <= len(cell.text) <= 60 and cell.text[:6].isdigit():
                    match = _UNIT_CODE.match(fold(cell.text))
                    if match and len(match["code"]) in {6, 9} and _DEPARTMENT.search(match["name"]):
                        seen.setdefault(match["code"], match["name"])
    if len(seen) != 1:
        return None, None
    code, name = next(iter(seen.items()))
    return code[:3], name


_FORM_KEY = re.compile(r"^(?:部门|单位|部门\(单位\)|单位\(部门\)|预算部门|主管部门)(?:名称|全称)?:?$")
_FORM_YEAR = re.compile(r"^\(?((?:19|20)\d{2})年度?\)?$")


def _from_forms(document: Document) -> tuple[str | None, int | None]:
    """Return (department, year) of forms that print ``部门名称 | …`` and ``（2026年度）`` in cells."""
    names: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for page in document.pages:
        for block in page.blocks:
            if not isinstance(block, Grid):
                continue
            for cell, following in zip(block.cells, block.cells[1:], strict=False):
                text = fold(cell.text) if len(cell.text) < 16 else ""
                if (
                    text
                    and _FORM_KEY.match(text)
                    and following.row == cell.row
                    and _is_name(fold(following.text))
                ):
                    names[_clean(fold(following.text))] += 2 if text.startswith("部门") else 1
                year = _FORM_YEAR.match(text) if text else None
                if year:
                    years[int(year[1])] += 1
    name = names.most_common(1)[0][0] if names else None
    return name, (years.most_common(1)[0][0] if years else None)


def _published(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _DATE.search(fold(line))
        if found and len(fold(line)) < 24:
            year, month, day = (int(part) for part in found.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return None


def _from_name(name: str, head: dict[str, Any]) -> dict[str, Any]:
    """Return what the file name says where the document prints nothing."""
    stem = fold(PurePath(name).stem)
    suggested: dict[str, Any] = {}
    year = _YEAR.search(stem) or re.search(r"((?:19|20)\d{2})", stem)
    if head["fiscal_year"] is None and year:
        suggested["fiscal_year"] = int(year[1])
    if head["stage"] is None and re.search(r"预算|决算", stem):
        suggested["stage"] = "final_accounts" if "决算" in stem else "budget"
    if head["scope"] is None and re.search(r"部门|单位", stem):
        suggested["scope"] = "unit" if "单位" in stem else "department"
    who = re.split(r"[_\d]|年", stem)[0].strip("-—")
    if head["department"] is None and len(who) >= 3:
        suggested["department"] = who
    return suggested
