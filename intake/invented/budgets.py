"""Invented budgets as drafts: trees that add up to the cent, tables that agree, now and then a planted error."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from intake.invented.places import KINDS, InventedDepartment
from intake.invented.promises import invent_projects
from intake.invented.tables import Row, make_table

Json = dict[str, Any]
CLASSES: Final = {
    "201": "一般公共服务支出", "204": "公共安全支出", "205": "教育支出", "206": "科学技术支出", "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出", "210": "卫生健康支出", "211": "节能环保支出", "212": "城乡社区支出", "213": "农林水支出",
    "214": "交通运输支出", "215": "资源勘探工业信息等支出", "216": "商业服务业等支出", "220": "自然资源海洋气象等支出",
    "221": "住房保障支出", "222": "粮油物资储备支出", "224": "灾害防治及应急管理支出",
}  # fmt: skip
COMMON: Final = {
    "2080505": ("机关事业单位基本养老保险缴费支出", 0.09), "2080506": ("机关事业单位职业年金缴费支出", 0.045),
    "2101101": ("行政单位医疗", 0.04), "2101103": ("公务员医疗补助", 0.02), "2210201": ("住房公积金", 0.07),
}  # fmt: skip
"""Items every department has, with their share of personnel money."""
GROUPS: Final = {"20805": "行政事业单位养老支出", "21011": "行政事业单位医疗", "22102": "住房改革支出"}
OWN_ITEMS: Final = (
    ("01", "行政运行"),
    ("02", "一般行政管理事务"),
    ("03", "机关服务"),
    ("50", "事业运行"),
    ("99", "其他支出"),
)
WAGES: Final = {
    "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30107": "绩效工资", "30112": "其他社会保障缴费", "30199": "其他工资福利支出",
}  # fmt: skip
LINKED: Final = {
    "2080505": ("30108", "机关事业单位基本养老保险缴费"), "2080506": ("30109", "职业年金缴费"),
    "2101101": ("30110", "职工基本医疗保险缴费"), "2101103": ("30111", "公务员医疗补助缴费"), "2210201": ("30113", "住房公积金"),
}  # fmt: skip
GOODS: Final = {
    "30201": "办公费", "30202": "印刷费", "30205": "水费", "30206": "电费", "30207": "邮电费", "30209": "物业管理费", "30211": "差旅费",
    "30213": "维修（护）费", "30215": "会议费", "30216": "培训费", "30217": "公务接待费", "30226": "劳务费", "30228": "工会经费",
    "30229": "福利费", "30231": "公务用车运行维护费", "30239": "其他交通费用", "30299": "其他商品和服务支出",
}  # fmt: skip
HOUSEHOLDS: Final = {
    "30301": "离休费",
    "30302": "退休费",
    "30305": "生活补助",
    "30399": "其他对个人和家庭的补助",
}
ECONOMIC: Final = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}


@dataclass(frozen=True, slots=True)
class Planted:
    """One error put in on purpose: where, what would be right, what is printed."""

    department: str
    fiscal_year: int
    statement: str
    row: str
    column: str
    right: str
    printed: str


@dataclass(slots=True)
class Money:
    """One year's money of a department, in hundredths of 万元, by functional item and economic item."""

    personnel: dict[str, int] = field(default_factory=dict)
    operating: dict[str, int] = field(default_factory=dict)
    project: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    economic: dict[str, tuple[str, int]] = field(default_factory=dict)
    three_public: dict[str, int] = field(default_factory=dict)

    def sum(self, measure: str, prefix: str = "") -> int:
        """This will add up one measure over the items that begin with ``prefix``."""
        parts: Mapping[str, int] = getattr(self, measure)
        return sum(amount for code, amount in parts.items() if code.startswith(prefix))

    @property
    def total(self) -> int:
        """All of it."""
        return self.sum("personnel") + self.sum("operating") + self.sum("project")


def invent_draft(
    department: InventedDepartment, *, year: int, first_year: int, error_rate: float = 0.05
) -> tuple[Json, list[Planted]]:
    """This will invent one budget (full JSON, ``contracts.md`` §2) and say which errors it planted."""
    chance = random.Random(f"{department.slug}:{year}")  # noqa: S311 - invented figures, no secrets
    money = _invent_money(department, year=year, first_year=first_year)
    last = _invent_money(department, year=year - 1, first_year=first_year)
    tables = _make_tables(money, last=last, year=year)
    planted = []
    if chance.random() < error_rate:
        planted.append(_plant(tables, chance=chance, department=department, year=year))
    for index, table in enumerate(tables):
        table["index"] = index
    count = sum(value is not None for t in tables for row in t["rows"] for value in row["amounts"].values())
    draft = {
        "file": f"{department.name}__{year}_部门预算.xlsx",
        "sha256": "",
        "kind": "excel",
        "pages": len(tables) + 1,
        "disclosure": {
            "department": department.name,
            "department_code": None,
            "unit": None,
            "scope": "department",
            "fiscal_year": year,
            "stage": "budget",
            "published_on": f"{year}-02-{1 + chance.randrange(27):02d}",
            "suggested": {},
        },
        "tables": tables,
        "projects": invent_projects(money.project, names=money.names, chance=chance),
        "narrative": [],
        "problems": [],
        "findings": [],
        "numbers": {"in_tables": count, "attributed": count, "in_problems": 0},
        "seconds": 0.0,
    }
    return draft, planted


def _invent_money(department: InventedDepartment, *, year: int, first_year: int) -> Money:
    """Return a year's money: the first year's, changed a little each year since, the same at each call."""
    chance = random.Random(f"{department.slug}:base")  # noqa: S311
    growth = 1.0
    for step in range(max(0, year - first_year + 1)):
        growth *= 1 + random.Random(f"{department.slug}:{step}").uniform(-0.06, 0.12)  # noqa: S311
    base = department.size * growth * 20_000
    money = Money()
    for code, (name, share) in COMMON.items():
        money.names[code] = name
        money.personnel[code] = round(base * share)
    for suffix, name in OWN_ITEMS:
        code = department.function + suffix
        money.names[code] = name
        if suffix in {"01", "50"}:
            money.personnel[code] = round(base * chance.uniform(0.2, 0.6))
            money.operating[code] = round(base * chance.uniform(0.03, 0.15))
        else:
            money.project[code] = round(base * chance.uniform(0.05, 1.2) * growth)
    others = [function for _, function in KINDS if function != department.function]
    for function in chance.sample(others, k=chance.randint(3, 5)):
        for suffix, name in OWN_ITEMS[1:]:
            if chance.random() < 0.7:
                money.names[function + suffix] = name
                money.project[function + suffix] = round(base * chance.uniform(0.01, 0.15) * growth)
    _invent_economic(money, chance=chance)
    return money


def _invent_economic(money: Money, *, chance: random.Random) -> None:
    linked = {
        LINKED[code][0]: (LINKED[code][1], amount)
        for code, amount in money.personnel.items()
        if code in LINKED
    }
    households = round(money.sum("personnel") * chance.uniform(0.02, 0.08))
    wages = money.sum("personnel") - households - sum(amount for _, amount in linked.values())
    money.economic = {
        **_share_out(WAGES, wages, chance=chance),
        **linked,
        **_share_out(GOODS, money.sum("operating"), chance=chance),
        **_share_out(HOUSEHOLDS, households, chance=chance),
    }
    reception, vehicles = money.economic["30217"][1], money.economic["30231"][1]
    money.three_public = {
        "total": reception + vehicles,
        "overseas_travel": 0,
        "vehicle_total": vehicles,
        "vehicle_purchase": 0,
        "vehicle_operation": vehicles,
        "official_reception": reception,
    }


def _share_out(names: Mapping[str, str], total: int, *, chance: random.Random) -> dict[str, tuple[str, int]]:
    """Return the total shared out over the items, the last one taking what rounding leaves."""
    weights = {code: chance.uniform(0.2, 1) for code in names}
    whole = sum(weights.values())
    shares = {code: int(total * weight / whole) for code, weight in weights.items()}
    shares[next(reversed(shares))] += total - sum(shares.values())
    return {code: (names[code], amount) for code, amount in shares.items()}


def _make_tables(money: Money, *, last: Money, year: int) -> list[Json]:
    functional = _make_functional_rows(money)
    classes = [row for row in functional if row.code and len(row.code) == 3]
    total = money.total
    heading = f"{year}年预算数"
    spending = {"total": (heading, "合计"), "basic": (heading, "基本支出"), "project": (heading, "项目支出")}
    wide = {
        "total": (heading, "合计"),
        "personnel": (heading, "基本支出", "人员经费"),
        "operating": (heading, "基本支出", "公用经费"),
        "project": (heading, "项目支出"),
    }
    revenue = {"total": ("合计",), "general_public": ("一般公共预算拨款收入",)}
    basic = {
        "total": ("基本支出", "合计"),
        "personnel": ("基本支出", "人员经费"),
        "operating": ("基本支出", "公用经费"),
    }
    return [
        make_table(
            "department_summary", "部门收支总表", _make_summary(classes, total=total), year=year, summary=True
        ),
        make_table("revenue_summary", "部门收入总表", functional, columns=revenue, year=year, fund="all"),
        make_table(
            "appropriation_summary",
            "财政拨款收支总表",
            _make_summary(classes, total=total),
            year=year,
            summary=True,
        ),
        make_table("expenditure_summary", "部门支出总表", functional, columns=wide, year=year, fund="all"),
        make_table("expenditure_by_function", "一般公共预算支出表", functional, columns=spending, year=year),
        make_table(
            "basic_by_economic",
            "一般公共预算基本支出表",
            _make_economic_rows(money),
            columns=basic,
            year=year,
            scheme="economic_dept",
        ),
        make_table(
            "three_public",
            "一般公共预算“三公”经费支出表",
            [_make_three_public(money, last)],
            year=year,
            three_public=True,
        ),
        make_table(
            "fund_expenditure",
            "政府性基金预算支出表",
            [],
            columns=spending,
            year=year,
            fund="government_fund",
            note="本部门无政府性基金预算安排，故本表为空表。",
        ),
    ]


def _make_functional_rows(money: Money) -> list[Row]:
    codes = sorted(money.names)
    prefixes = sorted({code[:length] for code in codes for length in (3, 5, 7)})
    rows = [_make_row(money, "", "合计", kind="total", level="total")]
    for code in prefixes:
        level = {3: "class", 5: "subclass", 7: "item"}[len(code)]
        name = (
            money.names.get(code)
            or CLASSES.get(code)
            or GROUPS.get(code)
            or f"{CLASSES[code[:3]].removesuffix('支出')}事务"
        )
        rows.append(_make_row(money, code, name, kind="item", level=level))
    return rows


def _make_row(money: Money, code: str, name: str, *, kind: str, level: str) -> Row:
    personnel, operating, project = (money.sum(part, code) for part in ("personnel", "operating", "project"))
    basic = personnel + operating
    return Row(
        code=code or None,
        name=name,
        kind=kind,
        level=level,
        amounts={
            "total": basic + project,
            "general_public": basic + project,
            "basic": basic or None,
            "personnel": personnel or None,
            "operating": operating or None,
            "project": project or None,
        },
    )


def _make_economic_rows(money: Money) -> list[Row]:
    def row(
        code: str, name: str, amount: int, *, level: str, kind: str = "item", operating: int | None = None
    ) -> Row:
        paid = operating if operating is not None else amount if code.startswith("302") else 0
        amounts = {"total": amount, "personnel": amount - paid or None, "operating": paid or None}
        return Row(code=code or None, name=name, kind=kind, level=level, amounts=amounts)

    whole = sum(amount for _, amount in money.economic.values())
    rows = [row("", "合计", whole, level="total", kind="total", operating=money.sum("operating"))]
    for class_code, class_name in ECONOMIC.items():
        items = {code: item for code, item in money.economic.items() if code.startswith(class_code)}
        rows.append(row(class_code, class_name, sum(amount for _, amount in items.values()), level="class"))
        rows += [row(code, name, amount, level="subclass") for code, (name, amount) in sorted(items.items())]
    return rows


def _make_summary(classes: list[Row], *, total: int) -> list[Row]:
    """Return revenue and expenditure halves: one source, the classes, the totals."""
    revenue = [
        Row(
            code=None,
            name="一、一般公共预算拨款收入",
            kind="item",
            level="depth-1",
            side="revenue",
            amounts={"revenue": total},
        ),
        Row(
            code=None,
            name="本年收入合计",
            kind="subtotal",
            level="depth-1",
            side="revenue",
            amounts={"revenue": total},
        ),
        Row(
            code=None,
            name="收入总计",
            kind="total",
            level="total",
            side="revenue",
            amounts={"revenue": total},
        ),
    ]
    spending = [
        Row(code=row.code, name=row.name, kind="item", level="class", amounts={"total": row.amounts["total"]})
        for row in classes
    ]
    totals = [
        Row(code=None, name="本年支出合计", kind="subtotal", level="depth-1", amounts={"total": total}),
        Row(code=None, name="支出总计", kind="total", level="total", amounts={"total": total}),
    ]
    return [*revenue, *spending, *totals]


def _make_three_public(money: Money, last: Money) -> Row:
    amounts = {f"{key}.last": value for key, value in last.three_public.items()} | money.three_public
    return Row(
        code=None, name="", kind="total", level="total", amounts={k: v or None for k, v in amounts.items()}
    )


def _plant(
    tables: list[Json], *, chance: random.Random, department: InventedDepartment, year: int
) -> Planted:
    """Change one printed amount of one table, as a slip of the hand would."""
    table = chance.choice([one for one in tables if len(one["rows"]) > 5])
    row = chance.choice([one for one in table["rows"] if one["amounts"].get("total") not in (None, "0.00")])
    right = row["amounts"]["total"]
    printed = f"{Decimal(right) + Decimal(chance.choice(['0.90', '-9.00', '10.00', '100.00', '-1.80'])):.2f}"
    row["amounts"]["total"] = printed
    row["figures"]["total"]["raw"] = printed
    return Planted(
        department=department.name,
        fiscal_year=year,
        statement=table["statement"],
        row=f"{row['code'] or ''} {row['name']}".strip(),
        column="total",
        right=right,
        printed=printed,
    )
