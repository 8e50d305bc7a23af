"""Lists of departments: all of them, those of a region, and one department's years."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from budgets.addresses import with_query
from budgets.formatting import Unit, format_amount, format_money, get_unit
from budgets.models import Department, Disclosure, ExpectedDisclosure, Region
from budgets.sections.page import find_whole_yuan
from budgets.tables import BudgetTable, FigureColumn, TextColumn

ROWS = 100


@dataclass(slots=True)
class Row:
    """One department with its newest disclosure; None where nothing of it is published."""

    department: Department
    newest: Disclosure | None
    yuan: Decimal | None
    years: list[Disclosure]
    css: str = ""
    mark: str = ""
    depth: int = 0


def find_departments(request: HttpRequest, *, region: Region | None = None) -> QuerySet[Department]:
    """This will return the departments that an address asks for (``q``, ``region``), with their disclosures."""
    found = Department.objects.select_related("region", "parent").prefetch_related(
        Prefetch(
            "disclosures",
            queryset=Disclosure.objects.filter(current__isnull=False).order_by("-fiscal_year", "stage"),
            to_attr="published",
        )
    )
    words = request.GET.get("q", "").strip()
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(aliases__name__icontains=words) | Q(initials__istartswith=words)
        ).distinct()
    if region is not None:
        found = found.filter(region=region)
    elif request.GET.get("region"):
        found = found.filter(region__slug=request.GET["region"])
    return found


def make_rows(departments: QuerySet[Department]) -> list[Row]:
    """This will make the rows of a list (three queries)."""
    rows = []
    for department in departments:
        published: list[Disclosure] = department.published  # type: ignore[attr-defined]
        newest = published[0] if published else None
        rows.append(
            Row(department, newest, find_total(newest), published, depth=1 if department.parent_id else 0)
        )
    return rows


def find_total(disclosure: Disclosure | None) -> Decimal | None:
    """This will return what a disclosure spends in all, as its overview has it."""
    return find_whole_yuan(disclosure.overview) if disclosure else None


def list_departments(request: HttpRequest) -> dict[str, Any]:
    """This will make the page of all departments: filter, table, pages."""
    unit, found = get_unit(request), find_departments(request)
    rows = make_rows(found)
    shown = [row for row in rows if row.newest]
    text = request.GET.get("page", "1")
    number = max(int(text), 1) if text.isdecimal() and len(text) < 6 else 1
    pages = max(-(-len(shown) // ROWS), 1)
    return {
        "table": make_table(shown[(number - 1) * ROWS : number * ROWS], unit=unit, with_region=True),
        "count": len(shown),
        "silent": len(rows) - len(shown),
        "words": request.GET.get("q", ""),
        "region": request.GET.get("region", ""),
        "regions": Region.objects.filter(departments__disclosures__current__isnull=False).distinct(),
        "pages": [
            (n, with_query(request, page=n if n > 1 else None), n == number) for n in range(1, pages + 1)
        ],
        "csv": f"{request.path.rstrip('/')}.csv"
        + (f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""),
    }


def make_region(request: HttpRequest, region: Region) -> dict[str, Any]:
    """This will make the page of one place: its departments, largest first, and who has not published."""
    unit = get_unit(request)
    rows = make_rows(find_departments(request, region=region))
    shown = sorted((row for row in rows if row.newest), key=lambda row: -(row.yuan or Decimal(0)))
    whole, count, year = add_up(shown)
    expected = ExpectedDisclosure.objects.filter(department__region=region).values_list(
        "department__name", "fiscal_year", "stage", "department_id"
    )
    have = {(each.department_id, each.fiscal_year, each.stage) for row in shown for each in row.years}
    wanted = list(expected)
    missing = [entry for entry in wanted if (entry[3], entry[1], entry[2]) not in have]
    return {
        "table": make_table(shown, unit=unit, with_region=False),
        "count": len(shown),
        "documents": sum(len(row.years) for row in shown),
        "silent": [row.department for row in rows if not row.newest],
        "whole": format_money(whole, unit=unit) if whole else "",
        "whole_count": count,
        "whole_year": year,
        "expected": len(wanted),
        "missing": missing[:50],
        "missing_count": len(missing),
    }


def add_up(rows: list[Row]) -> tuple[Decimal, int, int | None]:
    """This will add up the budgets of whole departments for the year that most of them have."""
    budgets = [
        each for row in rows for each in row.years if each.stage == "budget" and each.scope == "department"
    ]
    years = [each.fiscal_year for each in budgets]
    if not years:
        return Decimal(0), 0, None
    year = max(set(years), key=lambda each: (years.count(each), each))
    totals = [find_total(each) for each in budgets if each.fiscal_year == year]
    known = [total for total in totals if total is not None]
    return sum(known, Decimal(0)), len(known), year


def link_disclosure(department: Department, disclosure: Disclosure) -> str:
    """This will return the address of a disclosure's page."""
    stage = disclosure.stage.replace("_", "-")
    return reverse("pages:disclosure", args=[department.slug, disclosure.fiscal_year, stage])


class MoneyColumn(FigureColumn):
    """Yuan as an amount in a unit; nothing where there is none."""

    def __init__(self, unit: Unit, **kwargs: Any) -> None:
        super().__init__(empty_values=(), **kwargs)
        self.unit = unit

    def render(self, value: Decimal | None) -> str:
        return format_amount(value, unit=self.unit)


class _DepartmentColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("部门"))

    def render(self, value: Department) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("pages:department", args=[value.slug]), value.name)


class _YearsColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("年度"))

    def render(self, record: Row) -> SafeString:
        links = [
            format_html(
                '<a href="{}">{}{}</a>',
                link_disclosure(record.department, each),
                each.fiscal_year,
                "" if each.stage == "budget" else f" {each.get_stage_display()}",
            )
            for each in record.years[:4]
        ]
        more = format_html(" …") if len(record.years) > 4 else ""
        return format_html("{}{}", SafeString("　".join(links)), more)


class _RegionColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("地区"), css="hide-phone", accessor="department")

    def render(self, value: Department) -> SafeString:
        url = reverse("pages:region", args=[value.region.slug])
        return format_html('<a href="{}">{}</a>', url, value.region.name)


def make_table(rows: list[Row], *, unit: Unit, with_region: bool) -> BudgetTable:
    """This will make the table of departments with their newest totals."""
    columns: list[tuple[str, Any]] = [("department", _DepartmentColumn())]
    if with_region:
        columns.append(("region", _RegionColumn()))
    columns += [("years", _YearsColumn()), ("yuan", MoneyColumn(unit, verbose_name=_("最近一年合计")))]
    caption = _("最近一次公开的总数，单位：%(unit)s") % {"unit": unit.label}
    return BudgetTable(rows, id="departments", caption=caption, extra_columns=columns)


def write_departments_csv(request: HttpRequest) -> bytes:
    """This will write the list of departments as CSV, one row a disclosure, amounts in yuan."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["region", "department", "department_slug", "parent", "fiscal_year", "stage", "scope", "total_yuan"]
    )
    for row in make_rows(find_departments(request)):
        parent = row.department.parent.name if row.department.parent else ""
        for each in row.years:
            total = find_total(each)
            writer.writerow(
                [
                    row.department.region.name,
                    row.department.name,
                    row.department.slug,
                    parent,
                    each.fiscal_year,
                    each.stage,
                    each.scope,
                    "" if total is None else f"{total:.2f}",
                ]
            )
    return b"\xef\xbb\xbf" + out.getvalue().encode()
