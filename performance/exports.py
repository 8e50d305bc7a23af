"""``projects.csv`` and ``indicators.csv`` of the downloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from budgets.exports import parsers
from budgets.exports.export import Column as C  # noqa: N817 - a column a line
from budgets.exports.export import Export, Filter
from budgets.exports.others import DISCLOSURE_COLUMNS, DISCLOSURE_JOIN, OF_DISCLOSURE, compose_address
from budgets.exports.snapshot import describe_revision
from budgets.models import Revision
from budgets.printed_units import find_factor, to_yuan
from performance.actions import SHORTENED

WORDS = parsers.Parser(r"^[^\x00]{1,60}$")
IS_ONE = parsers.Parser("^[01]$", lambda text: text == "1")
SLUG = parsers.Parser(r"^[0-9A-Za-z_-]{1,80}$")
_PROJECT = (
    C(
        "kind",
        "code",
        "j.kind",
        "种类",
        "Kind",
        "project 项目，department 部门整体目标",
        "project or department",
    ),
    C("project_code", "code", "j.code", "项目代码", "Project code"),
    C("project", "text", "j.name", "项目名称", "Project"),
    C("category", "code", "j.category", "项目类别", "Category"),
    C("unit_name", "text", "j.unit_name", "实施单位", "Budget unit"),
)
_PLACE = (
    C("page", "integer", "{0}.page", "页", "Page"),
    C("sheet", "text", "{0}.sheet", "工作表", "Sheet"),
    C("line", "integer", "{0}.line", "行号", "Line"),
    C("row", "integer", "{0}.row", "表内行", "Row"),
)


def _place(alias: str) -> tuple[C, ...]:
    return tuple(C(one.name, one.kind, one.sql.format(alias), one.title, one.title_en) for one in _PLACE)


def build_projects() -> Export:
    """Return the export of all projects of the current revisions."""
    return Export(
        name="projects",
        title="项目",
        title_en="Projects",
        columns=(
            *DISCLOSURE_COLUMNS,
            *_PROJECT,
            C("amount_yuan", "decimal", "j.yuan", "金额（元）", "Amount in yuan"),
            C("amount_printed", "code", "j.printed", "原样金额", "Amount as printed"),
            C("unit_printed", "text", "j.unit_printed", "原样单位", "Unit as printed"),
            C("executed_yuan", "decimal", "j.executed_yuan", "执行数（元）", "Executed in yuan"),
            C("execution_weight", "decimal", "j.execution_weight", "执行率权重", "Weight of execution"),
            C("score", "decimal", "j.score", "自评总分", "Total score"),
            C("objective", "text", "j.objective", "绩效目标", "Objective"),
            C(
                "objective_shortened",
                "boolean",
                "j.objective_shortened",
                "目标为摘要",
                "Objective shortened",
                "真表示目标是本站的摘要，不是原文，不可引用为原话",
                "true where the objective is a summary of ours; do not quote it as printed",
            ),
            C("result", "text", "j.result", "实际完成情况", "What was achieved"),
            C(
                "indicators",
                "integer",
                "(SELECT count(*) FROM performance_indicator x WHERE x.project_id = j.id)",
                "指标数",
                "Indicators",
            ),
            *_place("j"),
            C("source_url", "code", compose_address("projects/"), "出处网址", "Source address"),
        ),
        source=f"performance_project j\n{DISCLOSURE_JOIN.format(on='j.disclosure_id')}",
        filters=OF_DISCLOSURE,
        key="j.id",
        from_revision=read_projects,
    )


def build_indicators() -> Export:
    """Return the export of all indicators of the current revisions."""
    return Export(
        name="indicators",
        title="绩效指标",
        title_en="Performance indicators",
        columns=(
            *DISCLOSURE_COLUMNS,
            *_PROJECT,
            C("dimension", "code", "i.dimension", "一级指标", "Dimension"),
            C("type", "code", "i.type", "二级指标", "Type"),
            C("indicator", "text", "i.name", "三级指标", "Indicator"),
            C("operator", "code", "i.operator", "性质", "Operator", "eq, ge, le, gt, lt, qualitative"),
            C("target", "text", "i.target", "指标值", "Target"),
            C("unit", "text", "i.unit", "计量单位", "Unit of measure"),
            C("weight", "decimal", "i.weight", "权重", "Weight"),
            C("result", "text", "i.result", "实际完成值", "Result"),
            C("score", "decimal", "i.score", "得分", "Score"),
            C("questions", "code", "array_to_string(i.rules, ' ')", "提问", "Questions", "质量规则的代码"),
            *_place("i"),
            C("source_url", "code", compose_address("projects/"), "出处网址", "Source address"),
        ),
        source="performance_indicator i JOIN performance_project j ON j.id = i.project_id\n"
        + DISCLOSURE_JOIN.format(on="i.disclosure_id"),
        filters=(
            *OF_DISCLOSURE,
            Filter("dimension", "i.dimension = %s", parsers.parse_word, "一级指标", "Dimension", "output"),
            Filter("type", "i.type = %s", parsers.parse_word, "二级指标", "Type", "quantity"),
            Filter("operator", "i.operator = %s", parsers.parse_word, "性质", "Operator", "qualitative"),
            Filter(
                "rule",
                "i.rules @> ARRAY[%s]::varchar[]",
                parsers.parse_word,
                "提问",
                "Question",
                "no-benefit",
            ),
            Filter("numeric", "(i.operator <> 'qualitative') = %s", IS_ONE, "有数字", "With a number", "1"),
            Filter(
                "q",
                "(i.name || chr(10) || j.name) ILIKE '%%' || %s || '%%'",
                WORDS,
                "指标或项目名称含",
                "Name contains",
                "满意度",
            ),
            Filter("project", "j.slug = %s", SLUG, "项目", "Project", "54010024T000001543300"),
        ),
        key="i.id",
        from_revision=read_indicators,
    )


def read_projects(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``projects.csv`` for one revision, from its snapshot."""
    shared = describe_revision(revision)
    for project in revision.snapshot["draft"]["projects"]:
        yield {
            **shared,
            **_describe(project),
            "amount_yuan": _yuan(project.get("amount"), project),
            "amount_printed": project.get("amount") or "",
            "unit_printed": project.get("unit") or "",
            "executed_yuan": _yuan(project.get("executed"), project),
            "execution_weight": project.get("execution_weight"),
            "score": project.get("score"),
            "objective": (project.get("objective") or "").removeprefix(SHORTENED),
            "objective_shortened": (project.get("objective") or "").startswith(SHORTENED),
            "result": project.get("result") or "",
            "indicators": len(project["indicators"]),
            **_where(project["place"]),
        }


def read_indicators(revision: Revision) -> Iterator[dict[str, Any]]:
    """Yield the rows of ``indicators.csv`` for one revision, from its snapshot."""
    shared = describe_revision(revision)
    for project in revision.snapshot["draft"]["projects"]:
        for one in project["indicators"]:
            yield {
                **shared,
                **_describe(project),
                "dimension": one["dimension"],
                "type": one["type"],
                "indicator": one["name"],
                "operator": one["operator"] or "",
                "target": one["target"] or "",
                "unit": one["unit"] or "",
                "weight": one["weight"],
                "result": one.get("result") or "",
                "score": one.get("score"),
                **_where(one["place"]),
            }


def _describe(project: Mapping[str, Any]) -> dict[str, Any]:
    code = project.get("code") or ""
    letters = {"R": "personnel", "Y": "operating", "T": "special_purpose"}
    return {
        "kind": project.get("kind", "project"),
        "project_code": code,
        "project": project["name"],
        "category": letters.get(code[8:9], "") if len(code) == 21 else "",
        "unit_name": project.get("unit_name") or "",
    }


def _yuan(amount: str | None, project: Mapping[str, Any]) -> Decimal | None:
    factor = find_factor(project.get("unit"))
    return None if amount is None or factor is None else to_yuan(Decimal(amount), factor=factor)


def _where(place: Mapping[str, Any]) -> dict[str, Any]:
    return {key: place.get(key) for key in ("page", "sheet", "line", "row")}
