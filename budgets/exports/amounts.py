"""``amounts.csv``: every published amount, one a row (``contracts.md`` §5 fixes the columns)."""

from __future__ import annotations

from django.conf import settings

from budgets.exports import parsers
from budgets.exports.export import Column, Export, Filter

SOURCE = """budgets_amount a
JOIN budgets_lineitem l ON l.id = a.line_item_id AND l.fiscal_year = a.fiscal_year
JOIN budgets_statement s ON s.id = a.statement_id
JOIN budgets_disclosure d ON d.id = a.disclosure_id
JOIN budgets_revision r ON r.id = d.current_id
JOIN budgets_department p ON p.id = d.department_id
JOIN budgets_region g ON g.id = p.region_id
LEFT JOIN budgets_sourcedocument o ON o.id = s.document_id"""


def compose_source_url() -> str:
    """Return the SQL of the address at which a row's figure is outlined in its document."""
    site = settings.SITE_URL.rstrip("/").replace("'", "''")
    return (
        f"'{site}/departments/' || p.slug || '/' || d.fiscal_year || '/' || replace(d.stage, '_', '-')"
        " || '/source/?table=' || s.slug || '&row=' || (l.position + 1) || '&column=' || a.column_key"
    )


def build_columns() -> tuple[Column, ...]:
    """Return the columns in the order of the contract."""
    return (
        Column(
            "region",
            "text",
            "g.name",
            "地区",
            "Region",
            "有独立财政的地区",
            "A place with a treasury of its own",
            "administrator:location",
        ),
        Column(
            "department",
            "text",
            "p.name",
            "部门",
            "Department",
            "公开预决算的部门或单位",
            "The department or budget unit that published",
            "administrative-classification:generic:level1:label",
        ),
        Column(
            "department_slug",
            "code",
            "p.slug",
            "部门地址名",
            "Department address",
            "网址中的部门名",
            "The department in addresses",
            "administrative-classification:generic:level1:code",
        ),
        Column(
            "scope",
            "code",
            "d.scope",
            "口径",
            "Scope",
            "department 部门汇总，unit 单个单位；两者不可相加",
            "department or unit; never add the two together",
        ),
        Column(
            "fiscal_year",
            "integer",
            "d.fiscal_year",
            "年度",
            "Fiscal year",
            "公历年度（预算法第十八条）",
            "Calendar year",
            "date:fiscal-year",
        ),
        Column(
            "stage",
            "code",
            "d.stage",
            "预算或决算",
            "Stage",
            "budget 预算，final_accounts 决算",
            "budget or final_accounts",
            "phase:id",
        ),
        Column(
            "revision",
            "integer",
            "r.number",
            "版本",
            "Revision",
            "发布的第几版",
            "Which publication of the disclosure",
        ),
        Column("statement", "code", "s.key", "报表", "Statement", "报表键名", "Statement key"),
        Column("title", "text", "s.title", "表名", "Title", "原文表名", "The title as printed"),
        Column(
            "side",
            "code",
            "l.side",
            "收支",
            "Side",
            "revenue 收入，expenditure 支出",
            "revenue or expenditure",
            "direction",
        ),
        Column(
            "row_kind",
            "code",
            "l.kind",
            "行的性质",
            "Kind of row",
            "item 明细，total 合计，subtotal 小计，of_which 其中，unit 单位",
            "item, total, subtotal, of_which or unit",
        ),
        Column(
            "is_leaf",
            "boolean",
            "l.is_leaf",
            "最末级",
            "Leaf",
            "本表中没有其他行是它的组成部分",
            "No other row of the statement is a part of it",
        ),
        Column(
            "is_canonical",
            "boolean",
            "l.is_canonical AND a.column_key = ANY(s.summable_keys)",
            "用于汇总",
            "Canonical",
            "每份文件只取一张表、每个指标一栏，相加不会重复",
            "Belongs to the one table and column from which sums over departments are made",
        ),
        Column(
            "functional_code",
            "code",
            "l.functional_code",
            "功能科目编码",
            "Functional code",
            "支出功能分类",
            "Functional classification",
            "functional-classification:generic:level3:code",
        ),
        Column(
            "economic_dept_code",
            "code",
            "l.economic_dept_code",
            "部门经济科目编码",
            "Departmental economic code",
            "部门预算支出经济分类",
            "Economic classification (departmental)",
            "economic-classification:generic:level2:code",
        ),
        Column(
            "economic_gov_code",
            "code",
            "l.economic_gov_code",
            "政府经济科目编码",
            "Government economic code",
            "政府预算支出经济分类",
            "Economic classification (government)",
        ),
        Column(
            "parent_code",
            "code",
            "l.parent_code",
            "上级编码",
            "Parent code",
            "本行计入其合计的那一行的编码",
            "Code of the row this one is a summand of",
        ),
        Column(
            "level",
            "code",
            "l.level",
            "级次",
            "Level",
            "class 类，subclass 款，item 项",
            "class, subclass, item, or depth where only indented",
        ),
        Column(
            "name",
            "text",
            "l.name",
            "科目名称",
            "Name",
            "原文名称",
            "The name as printed",
            "activity:generic:label",
        ),
        Column(
            "unit_name",
            "text",
            "l.unit_name",
            "所属单位",
            "Unit",
            "本行所属的下级单位",
            "The sub-unit the row belongs to",
        ),
        Column(
            "measure",
            "code",
            "a.measure",
            "指标",
            "Measure",
            "合计、基本支出、项目支出等",
            "total, basic, project, …",
        ),
        Column(
            "amount_year",
            "integer",
            "a.amount_year",
            "金额年度",
            "Amount year",
            "金额所属年度（可能是上年）",
            "The year the amount belongs to",
        ),
        Column(
            "phase",
            "code",
            "a.phase",
            "阶段",
            "Phase",
            "approved 年初，revised 调整，executed 决算",
            "approved, revised or executed",
        ),
        Column(
            "fund",
            "code",
            "a.fund",
            "资金来源",
            "Fund",
            "一般公共预算、政府性基金等",
            "Where the money comes from",
            "fin-source:generic:code",
        ),
        Column(
            "carried",
            "code",
            "a.carried",
            "结转",
            "Carried",
            "current 当年，carried_over 结转，all 不区分",
            "current, carried_over or all",
        ),
        Column(
            "quantity",
            "code",
            "a.quantity",
            "量",
            "Quantity",
            "money 金额，percent 百分比，count 数量",
            "money, percent or count",
        ),
        Column(
            "amount_yuan",
            "decimal",
            "CASE WHEN a.quantity = 'money' THEN a.yuan END",
            "金额（元）",
            "Amount (yuan)",
            "精确到分；空为未填列",
            "Exact to the cent; empty where nothing is printed",
            "value",
        ),
        Column(
            "amount_printed",
            "text",
            "a.printed",
            "原文金额",
            "Amount as printed",
            "原文中的写法",
            "What the cell prints",
        ),
        Column(
            "unit_printed",
            "code",
            "s.unit",
            "原文单位",
            "Unit as printed",
            "元、万元等",
            "yuan, ten thousand yuan, …",
        ),
        Column(
            "state",
            "code",
            "a.state",
            "单元格状态",
            "State",
            "amount 金额，zero 零，blank 未填列，dash 横线",
            "amount, zero, blank or dash",
        ),
        Column(
            "corrected",
            "boolean",
            "a.corrected",
            "已更正",
            "Corrected",
            "发布前由人更正，原值在更正记录中",
            "Corrected by a person before publishing; the old value is on record",
        ),
        Column("page", "integer", "a.page", "页", "Page", "在文件中的页码", "Page of the document"),
        Column("sheet", "text", "a.sheet", "工作表", "Sheet", "在工作簿中的工作表", "Sheet of the workbook"),
        Column("line", "integer", "a.line", "行号", "Line", "文本文件的行号", "Line of a text document"),
        Column("row", "integer", "a.row", "表格行", "Row", "页面或工作表中的行", "Row on the page or sheet"),
        Column(
            "column",
            "integer",
            'a."column"',
            "表格列",
            "Column",
            "页面或工作表中的列",
            "Column on the page or sheet",
        ),
        Column(
            "document_sha256",
            "code",
            "o.sha256",
            "文件 SHA-256",
            "Document SHA-256",
            "原件的指纹",
            "Fingerprint of the original",
        ),
        Column(
            "source_url",
            "code",
            compose_source_url(),
            "出处网址",
            "Source address",
            "打开即见该单元格",
            "Opens the outlined cell",
        ),
    )


FILTERS = (
    Filter("region", "g.slug = %s", parsers.parse_slug, "地区", "Region", "lhasa"),
    Filter("department", "p.slug = %s", parsers.parse_slug, "部门", "Department", "lhasa-lssxzsphbmfwj"),
    Filter("year", "d.fiscal_year = %s", parsers.parse_year, "年度", "Fiscal year", "2024"),
    Filter("stage", "d.stage = %s", parsers.parse_stage, "预算或决算", "Stage", "budget"),
    Filter(
        "statement", "s.key = %s", parsers.parse_statement, "报表", "Statement", "expenditure_by_function"
    ),
    Filter(
        "code",
        "(l.functional_code LIKE %s OR l.economic_dept_code LIKE %s OR l.economic_gov_code LIKE %s)",
        parsers.parse_code,
        "科目编码（含下级）",
        "Code (with everything below it)",
        "20103",
    ),
    Filter("scope", "d.scope = %s", parsers.one_of("department", "unit"), "口径", "Scope", "department"),
    Filter("measure", "a.measure = %s", parsers.parse_word, "指标", "Measure", "total"),
    Filter("disclosure", "d.id = %s", parsers.parse_integer, "公开事项编号", "Disclosure id", "1"),
    Filter("table", "s.position = %s", parsers.parse_integer, "表的序号", "Position of the table", "0"),
)


def build_amounts() -> Export:
    """Return the export of all published amounts."""
    return Export(
        name="amounts",
        title="金额",
        title_en="Amounts",
        columns=build_columns(),
        source=SOURCE,
        filters=FILTERS,
        key="a.id",
        is_large=True,
    )
