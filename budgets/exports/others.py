"""``checks.csv``, ``departments.csv`` and ``changes.csv``."""

from __future__ import annotations

from django.conf import settings

from budgets.exports import parsers
from budgets.exports.export import Column, Export, Filter

OF_DISCLOSURE = (
    Filter("region", "g.slug = %s", parsers.parse_slug, "地区", "Region", "lhasa"),
    Filter("department", "p.slug = %s", parsers.parse_slug, "部门", "Department", "lhasa-lssxzsphbmfwj"),
    Filter("year", "d.fiscal_year = %s", parsers.parse_year, "年度", "Fiscal year", "2024"),
    Filter("stage", "d.stage = %s", parsers.parse_stage, "预算或决算", "Stage", "budget"),
)

DISCLOSURE_COLUMNS = (
    Column("region", "text", "g.name", "地区", "Region"),
    Column("department", "text", "p.name", "部门", "Department"),
    Column("department_slug", "code", "p.slug", "部门地址名", "Department address"),
    Column("scope", "code", "d.scope", "口径", "Scope"),
    Column("fiscal_year", "integer", "d.fiscal_year", "年度", "Fiscal year"),
    Column("stage", "code", "d.stage", "预算或决算", "Stage"),
    Column("revision", "integer", "r.number", "版本", "Revision"),
)
DISCLOSURE_JOIN = """JOIN budgets_disclosure d ON d.id = {on}
JOIN budgets_revision r ON r.id = d.current_id
JOIN budgets_department p ON p.id = d.department_id
JOIN budgets_region g ON g.id = p.region_id"""


def compose_address(path: str) -> str:
    """Return the SQL of a disclosure's address followed by ``path``."""
    site = settings.SITE_URL.rstrip("/").replace("'", "''")
    return f"'{site}/departments/' || p.slug || '/' || d.fiscal_year || '/' || replace(d.stage, '_', '-') || '/{path}'"


def build_checks() -> Export:
    """Return the export of all checks of the current revisions, with both figures."""
    return Export(
        name="checks",
        title="核对结果",
        title_en="Checks",
        columns=(
            *DISCLOSURE_COLUMNS,
            Column(
                "check", "code", "c.check_code", "核对项", "Check", "勾稽关系的编号", "Code of the identity"
            ),
            Column(
                "outcome",
                "code",
                "c.outcome",
                "结果",
                "Outcome",
                "match 相符，rounding 舍入，mismatch 不符，undetermined 无法判断",
                "match, rounding, mismatch or undetermined",
            ),
            Column("severity", "code", "c.severity", "程度", "Severity"),
            Column(
                "cause",
                "code",
                "c.cause",
                "原因",
                "Cause",
                "同一原因的结果归在一起",
                "Results of one cause share it",
            ),
            Column("left", "decimal", 'trim_scale(c."left")', "左边", "Left"),
            Column("right", "decimal", 'trim_scale(c."right")', "右边", "Right"),
            Column("difference", "decimal", "trim_scale(c.difference)", "差额", "Difference"),
            Column("tolerance", "decimal", "trim_scale(c.tolerance)", "容差", "Tolerance"),
            Column("unit", "code", "c.unit", "单位", "Unit"),
            Column("message", "text", "c.message", "说明", "Message"),
            Column("message_en", "text", "c.message_en", "英文说明", "Message in English"),
            Column(
                "explanation", "text", "coalesce(e.text, '')", "发布单位的说明", "Publisher's explanation"
            ),
            Column("source_url", "code", compose_address("checks/"), "出处网址", "Source address"),
        ),
        source=f"""budgets_checkresult c
{DISCLOSURE_JOIN.format(on="c.disclosure_id")}
LEFT JOIN budgets_explanation e ON e.disclosure_id = d.id AND e.cause = c.cause""",
        filters=(
            *OF_DISCLOSURE,
            Filter(
                "outcome",
                "c.outcome = %s",
                parsers.one_of("match", "rounding", "mismatch", "undetermined"),
                "结果",
                "Outcome",
                "mismatch",
            ),
            Filter("check", "c.check_code = %s", parsers.parse_word, "核对项", "Check", "children-add-up"),
        ),
        key="c.id",
    )


def build_departments() -> Export:
    """Return the export of all departments and what each has published."""
    site = settings.SITE_URL.rstrip("/").replace("'", "''")
    return Export(
        name="departments",
        title="部门",
        title_en="Departments",
        columns=(
            Column("region", "text", "g.name", "地区", "Region"),
            Column("region_slug", "code", "g.slug", "地区地址名", "Region address"),
            Column("department", "text", "p.name", "部门", "Department"),
            Column("department_slug", "code", "p.slug", "部门地址名", "Department address"),
            Column(
                "scope",
                "code",
                "CASE WHEN p.parent_id IS NULL THEN 'department' ELSE 'unit' END",
                "口径",
                "Scope",
            ),
            Column("parent_slug", "code", "coalesce(m.slug, '')", "主管部门", "Parent department"),
            Column("budget_code", "code", "p.code", "预算编码", "Budget code"),
            Column(
                "also_known_as",
                "text",
                "coalesce((SELECT string_agg(x.name, '；' ORDER BY x.name) FROM budgets_departmentalias x WHERE x.department_id = p.id), '')",
                "别名",
                "Other names",
            ),
            Column(
                "disclosures",
                "integer",
                "(SELECT count(*) FROM budgets_disclosure x WHERE x.department_id = p.id AND x.current_id IS NOT NULL)",
                "已公开份数",
                "Disclosures",
            ),
            Column(
                "years",
                "code",
                "coalesce((SELECT string_agg(DISTINCT x.fiscal_year::text, ' ' ORDER BY x.fiscal_year::text) FROM budgets_disclosure x WHERE x.department_id = p.id AND x.current_id IS NOT NULL), '')",
                "年度",
                "Years",
            ),
            Column("is_invented", "boolean", "p.is_invented", "虚构", "Invented"),
            Column("address", "code", f"'{site}/departments/' || p.slug || '/'", "网址", "Address"),
        ),
        source="""budgets_department p
JOIN budgets_region g ON g.id = p.region_id
LEFT JOIN budgets_department m ON m.id = p.parent_id""",
        filters=(Filter("region", "g.slug = %s", parsers.parse_slug, "地区", "Region", "lhasa"),),
        key="p.id",
    )


def build_changes() -> Export:
    """Return the export of publications, revisions, withdrawals and corrections, old and new figures."""
    return Export(
        name="changes",
        title="变动记录",
        title_en="Changes",
        columns=(
            Column("at", "datetime", "v.at", "时间", "Time"),
            Column(
                "kind",
                "code",
                "v.kind",
                "事项",
                "Kind",
                "published、revised、withdrawn、corrected、taken_down",
                "published, revised, withdrawn, corrected, taken_down",
            ),
            Column("region", "text", "g.name", "地区", "Region"),
            Column("department", "text", "p.name", "部门", "Department"),
            Column("department_slug", "code", "p.slug", "部门地址名", "Department address"),
            Column("fiscal_year", "integer", "d.fiscal_year", "年度", "Fiscal year"),
            Column("stage", "code", "d.stage", "预算或决算", "Stage"),
            Column("revision", "integer", "r.number", "版本", "Revision"),
            Column("label", "text", "v.label", "所指", "Subject"),
            Column("old", "text", "v.old", "原值", "Old"),
            Column("new", "text", "v.new", "新值", "New"),
            Column("reason", "text", "v.reason", "理由", "Reason"),
            Column(
                "address",
                "code",
                f"CASE WHEN r.number IS NULL THEN {compose_address('')} ELSE {compose_address('revisions/')} || r.number || '/' END",
                "网址",
                "Address",
            ),
        ),
        source="""budgets_publicevent v
JOIN budgets_disclosure d ON d.id = v.disclosure_id
JOIN budgets_department p ON p.id = d.department_id
JOIN budgets_region g ON g.id = p.region_id
LEFT JOIN budgets_revision r ON r.id = v.revision_id""",
        filters=(
            *OF_DISCLOSURE,
            Filter("kind", "v.kind = %s", parsers.parse_word, "事项", "Kind", "revised"),
        ),
        key="v.id",
    )
