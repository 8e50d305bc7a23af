"""What the site holds and says at a glance: counts, places, news, open questions, functions over all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.checks_catalogue import get_rule
from budgets.figures import render_bar
from budgets.formatting import Unit, find_share, format_amount, format_money, format_percent, get_unit
from budgets.models import (
    CheckResult,
    ClassificationNode,
    Disclosure,
    ExpectedDisclosure,
    LineItem,
    PublicEvent,
    Region,
    Rollup,
)
from budgets.names import read_english_names
from budgets.sections.opening import say_inside, strip_number
from budgets.sections.page import Sum, pick_fund
from budgets.shares import cut_hundred
from budgets.tables import BarColumn, BudgetTable, FigureColumn, TextColumn

HUES = 6
NEWS = 6
QUESTIONS = 4


@dataclass(slots=True)
class Share:
    """One function over all departments of one year, with the count of departments behind it."""

    code: str
    name: str
    yuan: Decimal
    percent: Decimal | None
    departments: int
    css: str = ""
    mark: str = ""
    depth: int = 0


def make_home(request: HttpRequest) -> dict[str, Any]:
    """This will make the context of the first page; the number of queries does not depend on the data."""
    unit = get_unit(request)
    published = Disclosure.objects.filter(current__isnull=False)
    counts = published.aggregate(
        disclosures=Count("pk"),
        departments=Count("department", distinct=True),
        regions=Count("department__region", distinct=True),
        latest=Max("current__published_at"),
    )
    return {
        "counts": counts,
        "places": find_places(),
        "news": find_news(),
        "questions": find_questions(),
        "functions": make_functions(unit),
        "expected": count_expected(),
    }


def find_places() -> list[Region]:
    """This will return the regions that have something published, the fullest first (one query)."""
    here = Q(departments__disclosures__current__isnull=False)
    return list(
        Region.objects.annotate(
            department_count=Count("departments", filter=here, distinct=True),
            disclosure_count=Count("departments__disclosures", filter=here, distinct=True),
        )
        .filter(disclosure_count__gt=0)
        .order_by("-disclosure_count", "slug")
    )


def find_news() -> list[PublicEvent]:
    """This will return the latest publications and revisions (one query)."""
    kinds = ("published", "revised", "withdrawn", "corrected", "taken_down")
    events = PublicEvent.objects.filter(kind__in=kinds).select_related(
        "disclosure__department__region", "revision"
    )
    return list(events.defer("revision__snapshot")[:NEWS])


def find_questions() -> list[dict[str, Any]]:
    """This will return the latest mismatches, each cause once (one query)."""
    results = (
        CheckResult.objects.filter(outcome="mismatch", severity="error")
        .select_related("disclosure__department")
        .order_by("-disclosure__current__published_at", "disclosure_id", "position")
    )
    questions: dict[tuple[int, str], dict[str, Any]] = {}
    for result in results[: QUESTIONS * 10]:
        key = (result.disclosure_id, result.cause or str(result.pk))
        questions.setdefault(key, {"disclosure": result.disclosure, "text": say_question(result)})
    return list(questions.values())[:QUESTIONS]


def say_question(result: CheckResult) -> str:
    """This will put a mismatch into one line; causes are named in Chinese, so English says what was asked."""
    english = get_language() == "en"
    if result.cause and not english:
        return result.cause
    return get_rule(result.check_code).title[english]


def count_expected() -> dict[str, int]:
    """This will count the disclosures that must be published and those that are (two queries at most)."""
    expected = ExpectedDisclosure.objects.count()
    if not expected:
        return {}
    there = Disclosure.objects.filter(current__isnull=False).values("department_id", "fiscal_year", "stage")
    wanted = ExpectedDisclosure.objects.values("department_id", "fiscal_year", "stage")
    return {"expected": expected, "published": wanted.intersection(there).count()}


def find_year() -> int | None:
    """This will return the year of most budgets on the site, the latest of equals (one query)."""
    counted = (
        Disclosure.objects.filter(current__isnull=False, stage="budget", scope="department")
        .values("fiscal_year")
        .annotate(n=Count("pk"))
        .order_by("-n", "-fiscal_year")
        .first()
    )
    return counted["fiscal_year"] if counted else None


def read_functions(year: int) -> tuple[list[Share], Decimal, int]:
    """This will add up the budgets of one year by functional class: rows, whole, departments (three queries)."""
    rows = Rollup.objects.filter(
        department__isnull=True, fiscal_year=year, amount_year=year, phase="approved", stage="budget",
        scope="department", scheme="functional", measure="total", code__in=[*_class_codes(), ""],
    )  # fmt: skip
    sums: dict[str, tuple[Decimal, int]] = {}
    by_region: dict[int, list[tuple[Sum, int]]] = {}
    for row in rows.values_list("region_id", "code", "fund", "yuan", "departments"):
        region, code, fund, yuan, departments = row
        made = Sum(year, year, "budget", "approved", "functional", code, "total", fund, yuan)
        by_region.setdefault(region, []).append((made, departments))
    for pairs in by_region.values():
        kept = set(map(id, pick_fund([pair[0] for pair in pairs])))
        for each, departments in pairs:
            if id(each) in kept:
                yuan, count = sums.get(each.code, (Decimal(0), 0))
                sums[each.code] = (yuan + each.yuan, count + departments)
    whole, departments = sums.pop("", (Decimal(0), 0))
    names = _read_names(year)
    shares = [
        Share(code, names.get(code, code), yuan, find_share(yuan, whole), count, mark=f"all-{code}")
        for code, (yuan, count) in sums.items()
        if yuan
    ]
    return sorted(shares, key=lambda share: -share.yuan), whole, departments


def _class_codes() -> list[str]:
    return [str(code) for code in range(201, 235)]


def _read_names(year: int) -> dict[str, str]:
    nodes = ClassificationNode.objects.filter(
        scheme="functional", code__in=_class_codes(), year_from__lte=year, year_to__gte=year
    )
    printed = LineItem.objects.filter(
        fiscal_year=year, is_canonical=True, functional_code__in=_class_codes(), kind="item"
    )
    names = dict(
        printed.order_by("functional_code", "-id")
        .distinct("functional_code")
        .values_list("functional_code", "name")
    )
    names = {code: strip_number(name) for code, name in names.items()} | dict(
        nodes.values_list("code", "name")
    )
    return names | {
        code: name for (scheme, code), name in read_english_names(year).items() if scheme == "functional"
    }


def make_functions(unit: Unit) -> dict[str, Any] | None:
    """This will make the section "where the money goes"; None while nothing is published."""
    year = find_year()
    if year is None:
        return None
    shares, whole, departments = read_functions(year)
    if not shares:
        return None
    words = {"year": year, "n": departments, "unit": unit.label}
    columns: list[tuple[str, Any]] = [
        ("name", _NameColumn()),
        ("yuan", _MoneyColumn(unit)),
        ("percent", _PercentColumn()),
        ("departments", FigureColumn(verbose_name=_("部门数"), css="hide-phone")),
    ]
    caption = _("%(year)s年 %(n)s 个部门的预算，单位：%(unit)s") % words
    first = shares[0]
    named = [
        ("", say_short(share.name), f"c{n}", share.yuan) for n, share in enumerate(shares[:HUES], start=1)
    ]
    return {
        "parts": cut_hundred([*named, *rest_of(shares)], unit=unit),
        "strip_label": _("%(year)s年 %(n)s 个部门的每一百元") % words,
        "year": year,
        "whole": format_money(whole, unit=unit),
        "departments": departments,
        "answer": _("%(year)s年 %(n)s 个部门的预算里，%(what)s最多，占 %(share)s。")
        % (words | {"what": say_inside(first.name), "share": format_percent(first.percent)}),
        "table": BudgetTable(shares, id="functions", caption=caption, extra_columns=columns),
    }


def rest_of(shares: list[Share]) -> list[tuple[str, str, str, Decimal]]:
    """This will collect what is beyond the hues of one picture."""
    rest = sum((share.yuan for share in shares[HUES:]), Decimal(0))
    return [("", str(_("其他")), "c0", rest)] if rest > 0 else []


def say_short(name: str) -> str:
    """This will drop the word 支出 that every function ends in."""
    return name.removesuffix("支出")


class _NameColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("功能分类"))

    def render(self, record: Share) -> SafeString:
        url = f"{reverse('pages:home')}items/functional/{record.code}/"
        return format_html('<span class="code">{}</span><a href="{}">{}</a>', record.code, url, record.name)


class _MoneyColumn(FigureColumn):
    def __init__(self, unit: Unit) -> None:
        super().__init__(verbose_name=_("金额"))
        self.unit = unit

    def render(self, value: Decimal) -> str:
        return format_amount(value, unit=self.unit)


class _PercentColumn(BarColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("占比"))

    def render(self, value: Decimal) -> SafeString:
        return format_html(
            '<span class="bar-line">{}<span class="num">{}</span></span>',
            render_bar(value),
            format_percent(value),
        )
