"""``/performance/``: every indicator of the site, by words and facets, with a picture and a CSV twin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from budgets.addresses import get_addresses, with_query
from budgets.exports.sql import read_filters
from budgets.models import Department
from budgets.registries import EXPORTS
from budgets.tables import FigureColumn, TextColumn
from budgets.views.downloads import serve_export
from performance.charts import build_types
from performance.models import Indicator
from performance.summary import DIMENSIONS, TYPES
from performance.tables import Row, make_table, place_url
from performance.words import DIMENSION_NAMES, RULE_TEXTS, TYPE_NAMES, write_target

PAGE = 50
MOST_DEPARTMENTS = 300
NUMERIC = "number"


@dataclass
class Asked:
    """What the address asks for: words, facets and a page."""

    request: HttpRequest

    def _choose(self, name: str, allowed: Any) -> str:
        value = self.request.GET.get(name, "")
        return value if value in allowed else ""

    @cached_property
    def words(self) -> str:
        """Words the name must hold."""
        return self.request.GET.get("q", "")[:60].replace("\x00", "").strip()

    @cached_property
    def dimension(self) -> str:
        """Level 1."""
        return self._choose("dimension", DIMENSIONS)

    @cached_property
    def type(self) -> str:
        """Level 2."""
        return self._choose("type", TYPES)

    @cached_property
    def operator(self) -> str:
        """Words or numbers."""
        return self._choose("operator", ("qualitative", NUMERIC))

    @cached_property
    def rule(self) -> str:
        """A quality rule that asks something."""
        return self._choose("rule", RULE_TEXTS)

    @cached_property
    def year(self) -> int | None:
        """Fiscal year."""
        text = self.request.GET.get("year", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None

    @cached_property
    def department(self) -> Department | None:
        """One department, by its address."""
        slug = self.request.GET.get("department", "")[:120]
        return Department.objects.filter(slug=slug).first() if slug else None

    @cached_property
    def page(self) -> int:
        """The page of the list."""
        text = self.request.GET.get("page", "1")
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1

    def find(self, *, without: str = "") -> Any:
        """Return the indicators, one facet left out where its own choices are counted."""
        found = Indicator.objects.filter(disclosure__current__isnull=False)
        if self.words:
            found = found.filter(Q(name__icontains=self.words) | Q(project__name__icontains=self.words))
        if self.dimension and without != "dimension":
            found = found.filter(dimension=self.dimension)
        if self.type and without != "type":
            found = found.filter(type=self.type)
        if self.operator and without != "operator":
            words = Q(operator="qualitative")
            found = found.filter(words if self.operator == "qualitative" else ~words)
        if self.rule and without != "rule":
            found = found.filter(rules__contains=[self.rule])
        if self.year:
            found = found.filter(fiscal_year=self.year)
        if self.department:
            found = found.filter(department=self.department)
        return found


def show_explorer(request: HttpRequest) -> HttpResponse:
    """This will show the indicators that the address asks for."""
    asked = Asked(request)
    found = asked.find()
    counted = found.counted()
    shown = found.select_related("project", "disclosure__department__region").order_by(
        "-fiscal_year", "disclosure_id", "project__position", "position"
    )[(asked.page - 1) * PAGE : asked.page * PAGE]
    chart = reverse("performance:explorer-chart")
    query = request.META.get("QUERY_STRING", "")
    context = {
        "asked": asked,
        "counted": counted,
        "numbers": counted["count"] - counted["qualitative"],
        "disclosures": found.values("disclosure").distinct().count(),
        "facets": list(_facets(asked)),
        "departments": _departments(asked),
        "years": [(year, str(year) == str(asked.year or "")) for year in _years()],
        "table": _make_table(shown),
        "types": _count_types(found),
        "chart": f"{chart}?{query}" if query else chart,
        "csv": reverse("performance:explorer-csv") + (f"?{query}" if query else ""),
        "previous_url": with_query(request, page=asked.page - 1 if asked.page > 2 else None)
        if asked.page > 1
        else "",
        "next_url": with_query(request, page=asked.page + 1) if asked.page * PAGE < counted["count"] else "",
        "page_number": asked.page,
        "pages": -(-counted["count"] // PAGE),
        "crumbs": [(_("首页"), reverse("pages:home")), (_("承诺"), "")],
        "rule": RULE_TEXTS.get(asked.rule),
    }
    return render(request, "performance/explorer.html", context)


def _years() -> list[int | None]:
    return list(Indicator.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct())


def _departments(asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the departments that print indicators: address, name, chosen; the first few hundred by name."""
    chosen = asked.department
    with_indicators = Department.objects.filter(Exists(Indicator.objects.filter(department=OuterRef("pk"))))
    found = [
        (one.slug, one.name, one == chosen) for one in with_indicators.order_by("name")[:MOST_DEPARTMENTS]
    ]
    listed = any(current for _slug, _name, current in found)
    return found if chosen is None or listed else [(chosen.slug, chosen.name, True), *found]


def _facets(asked: Asked) -> Any:
    """Yield each facet with its choices and how many indicators each would leave."""
    yield _facet(asked, "dimension", _("一级指标"), DIMENSION_NAMES)
    yield _facet(asked, "type", _("二级指标"), TYPE_NAMES)
    counts = asked.find(without="operator").counted()
    choices = [
        ("qualitative", _("只有词"), counts["qualitative"]),
        (NUMERIC, _("有数字"), counts["count"] - counts["qualitative"]),
    ]
    yield _choices(asked, "operator", _("能不能衡量"), choices)
    each = Func(F("rules"), function="unnest", output_field=CharField())
    asking = asked.find(without="rule").exclude(rules=[]).values_list(each).annotate(n=Count("pk"))
    ranked = sorted(((rule, n) for rule, n in asking if rule in RULE_TEXTS), key=lambda item: -item[1])
    yield _choices(
        asked, "rule", _("想问的"), [(rule, RULE_TEXTS[rule].title, count) for rule, count in ranked]
    )


def _facet(asked: Asked, name: str, label: str, names: Any) -> dict[str, Any]:
    counts = dict(asked.find(without=name).values_list(name).annotate(Count("pk")))
    return _choices(
        asked, name, label, [(key, text, counts[key]) for key, text in names.items() if counts.get(key)]
    )


def _choices(asked: Asked, name: str, label: str, choices: list[tuple[str, Any, int]]) -> dict[str, Any]:
    chosen = getattr(asked, name)
    return {
        "label": label,
        "all_url": with_query(asked.request, **{name: None, "page": None}) if chosen else "",
        "choices": [
            {
                "label": text,
                "count": count,
                "current": key == chosen,
                "url": with_query(asked.request, **{name: key, "page": None}),
            }
            for key, text, count in choices
        ],
    }


def _make_table(indicators: Any) -> Any:
    rows = []
    for one in indicators:
        base = get_addresses(one.disclosure).base
        project = format_html(
            '<a href="{}projects/{}/">{}</a><span class="list__note">{} {}</span>',
            base,
            one.project.slug,
            one.project.name,
            one.disclosure.department.name,
            one.fiscal_year,
        )
        rows.append(
            Row(
                mark=str(one.pk),
                name=format_html(
                    '<a class="fig" href="{}" rel="nofollow">{}</a><span class="list__note">{} · {}</span>',
                    place_url(base, one),
                    one.name,
                    DIMENSION_NAMES.get(one.dimension, ""),
                    TYPE_NAMES.get(one.type, ""),
                ),
                target=write_target(one) or format_html('<span class="sr-only">{}</span>', _("未填列")),
                weight="" if one.weight is None else f"{one.weight.normalize():f}",
                project=project,
            )
        )
    columns = (
        ("name", TextColumn(verbose_name=_("承诺什么"))),
        ("target", FigureColumn(verbose_name=_("目标"))),
        ("weight", FigureColumn(verbose_name=_("权重"), css="hide-phone")),
        ("project", TextColumn(verbose_name=_("哪个项目"))),
    )
    return make_table(rows, columns, name="indicators", caption=_("绩效指标，照原件录入"))


def _count_types(found: Any) -> list[tuple[str, str, int, int]]:
    """Return (dimension, type, numbers, words) in the order of the forms."""
    rows = found.values_list("dimension", "type").annotate(
        n=Count("pk", filter=~Q(operator="qualitative")), w=Count("pk", filter=Q(operator="qualitative"))
    )
    order = {key: index for index, key in enumerate(DIMENSIONS)}
    kinds = {key: index for index, key in enumerate(TYPES)}
    return sorted(rows, key=lambda row: (order.get(row[0], 9), kinds.get(row[1], 99)))


def show_chart(request: HttpRequest) -> HttpResponse:
    """This will give the picture of what the address asks for."""
    return JsonResponse(build_types(_count_types(Asked(request).find())) or {"data": [], "layout": {}})


def download_explorer(request: HttpRequest) -> HttpResponseBase:
    """This will give the filtered indicators as CSV."""
    asked = Asked(request)
    given = {key: getattr(asked, key) for key in ("dimension", "type", "rule") if getattr(asked, key)}
    given |= {"operator": "qualitative"} if asked.operator == "qualitative" else {}
    given |= {"numeric": "1"} if asked.operator == NUMERIC else {}
    given |= {"q": asked.words} if asked.words else {}
    given |= {"year": str(asked.year)} if asked.year else {}
    given |= {"department": asked.department.slug} if asked.department else {}
    export = EXPORTS["indicators"]
    filters = read_filters(export, given)
    return serve_export(request, export, kind="csv", filters=filters, filename="indicators.csv")
