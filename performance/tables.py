"""Tables of projects and indicators on the site's own table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.figures import render_bar, render_figure
from budgets.formatting import Unit, find_share, format_number, format_percent
from budgets.tables import BarColumn, BudgetTable, FigureColumn, TextColumn
from performance.models import Project
from performance.summary import Portfolio, Tally, tally
from performance.words import DIMENSION_NAMES, TYPE_NAMES, write_target

HUNDRED = Decimal(100)


class Row(dict[str, Any]):
    """A record of a table: cells by column, and ``css`` and ``mark`` as the table asks for them."""

    def __init__(self, mark: str = "", css: str = "", **cells: Any) -> None:
        super().__init__(mark=mark, css=css, **cells)


def make_table(
    rows: Sequence[Row], columns: Iterable[tuple[str, Any]], *, name: str, caption: Any
) -> BudgetTable:
    """This will make a table of rows under named columns."""
    return BudgetTable(rows, id=name, caption=caption, extra_columns=list(columns))


def place_url(base: str, thing: Any) -> str:
    """This will return where a project or indicator stands in its document."""
    query: dict[str, str] = {}
    if thing.page is not None:
        query["page"] = str(thing.page)
    if thing.line is not None:
        query["line"] = str(thing.line)
    if thing.box:
        query["box"] = ",".join(f"{edge:.1f}" for edge in thing.box)
    return f"{base}source/?{urlencode(query)}" if query else f"{base}source/"


def render_share(percent: Decimal | None, *, longest: Decimal | None = None, places: int = 1) -> SafeString:
    """This will draw a share as bar and number; ``longest`` is the share that fills the cell."""
    if percent is None:
        return mark_safe("")
    return format_html(
        '<span class="bar-line">{}<span class="num">{}</span></span>',
        render_bar(find_share(percent, longest or HUNDRED)),
        format_percent(percent, places=places),
    )


def make_projects_table(
    portfolio: Portfolio, *, base: str, unit: Unit, sort: str, sorts: dict[str, str]
) -> BudgetTable:
    """This will make the table of all projects: amount, share, promises, how many are words, questions."""
    rows = [
        _project_row(project, portfolio, base=base, unit=unit) for project in sort_projects(portfolio, sort)
    ]
    columns = (
        (
            "name",
            TextColumn(
                verbose_name=_("项目"),
                sort_url=sorts["name"],
                sorted_as="ascending" if sort == "name" else "",
            ),
        ),
        (
            "amount",
            FigureColumn(
                verbose_name=_("金额"),
                sort_url=sorts["amount"],
                sorted_as="descending" if sort == "amount" else "",
            ),
        ),
        ("share", BarColumn(verbose_name=_("占部门支出"))),
        (
            "promises",
            FigureColumn(
                verbose_name=_("指标"),
                css="hide-phone",
                sort_url=sorts["promises"],
                sorted_as="descending" if sort == "promises" else "",
            ),
        ),
        (
            "words",
            FigureColumn(
                verbose_name=_("说不清的"),
                css="hide-phone",
                sort_url=sorts["words"],
                sorted_as="descending" if sort == "words" else "",
            ),
        ),
        ("questions", FigureColumn(verbose_name=_("想问的"), css="hide-phone")),
    )
    shown = columns if portfolio.tally.count else columns[:3]
    return make_table(rows, shown, name="projects", caption=_("单位：%(unit)s") % {"unit": unit.label})


def sort_projects(portfolio: Portfolio, sort: str) -> list[Project]:
    """This will order the projects as the address asks: amount, name (as printed), promises or words."""
    if sort == "name":
        return sorted(portfolio.projects, key=lambda project: project.position)
    if sort == "promises":
        return sorted(portfolio.by_size, key=lambda project: -len(project.indicators.all()))
    if sort == "words":
        return sorted(
            portfolio.by_size, key=lambda project: -(tally(project.indicators.all()).weight_share or -1)
        )
    return portfolio.by_size


def _project_row(project: Project, portfolio: Portfolio, *, base: str, unit: Unit) -> Row:
    made = tally(project.indicators.all())
    hints = len(project.hints.all())
    unit_name = project.unit_name if portfolio.several_units else ""
    code = format_html('<span class="code">{}</span>', project.code) if project.code else ""
    return Row(
        mark=project.slug,
        name=format_html(
            '<a href="{}projects/{}/">{}</a> {}<span class="list__note">{}</span>',
            base,
            project.slug,
            project.name,
            code,
            unit_name,
        ),
        amount=render_figure(project.yuan, unit=unit, url=place_url(base, project), state=_state(project)),
        share=render_share(find_share(project.yuan, portfolio.whole), longest=portfolio.top_share(1)),
        promises=made.count or "",
        words=format_percent(made.weight_share if made.weight else made.share, places=0)
        if made.count
        else "",
        questions=format_html('<a href="{}projects/{}/#questions">{}</a>', base, project.slug, hints)
        if hints
        else "",
    )


def _state(project: Project) -> str:
    if project.yuan is None:
        return "blank"
    return "zero" if project.yuan == 0 else "amount"


def make_dimension_table(portfolio: Portfolio) -> BudgetTable:
    """This will make the table of indicator types: how many, weight, how many are words."""
    rows = [
        Row(
            mark=f"{dimension}-{kind}",
            kind=format_html(
                '<span class="soft">{}</span> {}',
                DIMENSION_NAMES.get(dimension, dimension),
                TYPE_NAMES.get(kind, kind),
            ),
            **_tally_cells(made),
        )
        for dimension, kind, made in portfolio.by_type
    ]
    total = Row(css="is-total", kind=_("合计"), **_tally_cells(portfolio.tally))
    columns = (
        ("kind", TextColumn(verbose_name=_("指标类别"))),
        ("count", FigureColumn(verbose_name=_("项数"))),
        ("words", FigureColumn(verbose_name=_("其中定性"))),
        ("weight", FigureColumn(verbose_name=_("权重"), css="hide-phone")),
        ("share", BarColumn(verbose_name=_("能用数字衡量的"))),
    )
    return make_table(
        [total, *rows], columns, name="dimensions", caption=_("各类指标有多少项，其中多少是定性的")
    )


def _tally_cells(made: Tally) -> dict[str, Any]:
    return {
        "count": made.count,
        "words": made.qualitative,
        "weight": format_number(made.weight, places=_places(made.weight)) if made.weight else "",
        "share": render_share(made.measurable),
    }


def _places(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 2


def make_groups_table(
    portfolio: Portfolio, bought: Sequence[Any], *, base: str, unit: Unit, english: bool
) -> BudgetTable:
    """This will make the table of what projects buy, with the projects that were counted."""
    rows = [
        Row(
            mark=one.group.slug,
            name=format_html(
                '{}<details class="members"><summary>{}</summary>{}</details>',
                one.group.name_en if english else one.group.name,
                ngettext("%(n)s 个项目", "%(n)s 个项目", len(one.projects)) % {"n": len(one.projects)},
                _name_projects(one.projects, base),
            ),
            amount=render_figure(one.yuan, unit=unit),
            share=render_share(
                one.share, longest=max((each.share or Decimal(0) for each in bought), default=None), places=2
            ),
        )
        for one in bought
    ]
    columns = (
        ("name", TextColumn(verbose_name=_("买什么"))),
        ("amount", FigureColumn(verbose_name=_("金额"))),
        ("share", BarColumn(verbose_name=_("占部门支出"))),
    )
    return make_table(
        rows,
        columns,
        name="groups",
        caption=_("单位：%(unit)s。一个项目可以同属几组，各组不可相加。") % {"unit": unit.label},
    )


def _name_projects(projects: Sequence[Project], base: str) -> SafeString:
    return format_html_join(
        "、", '<a href="{}projects/{}/">{}</a>', ((base, one.slug, one.name) for one in projects)
    )


def make_indicator_table(
    indicators: Sequence[Any],
    *,
    name: str,
    caption: Any,
    base: str,
    questions: dict[int, list[Any]],
    with_results: bool,
) -> BudgetTable:
    """This will make the table of one dimension's indicators: promise, weight, result, score, questions."""
    heaviest = max((one.weight or Decimal(0) for one in indicators), default=Decimal(0))
    rows = []
    for one in indicators:
        row = Row(
            mark=f"i{one.position}",
            name=format_html(
                '<a class="fig" href="{}" rel="nofollow" id="i{}">{}</a>{}',
                place_url(base, one),
                one.position,
                one.name,
                _say_questions(questions.get(one.position, [])),
            ),
            kind=TYPE_NAMES.get(one.type, one.type),
            target=write_target(one) or format_html('<span class="sr-only">{}</span>', _("未填列")),
            weight=_render_weight(one.weight, heaviest),
            result=one.result,
            score="" if one.score is None else f"{one.score.normalize():f}",
        )
        rows.append(row)
    columns: list[tuple[str, Any]] = [
        ("name", TextColumn(verbose_name=_("承诺什么"))),
        ("kind", TextColumn(verbose_name=_("类别"), css="hide-phone")),
        ("target", FigureColumn(verbose_name=_("目标"))),
    ]
    if with_results:
        columns += [
            ("result", TextColumn(verbose_name=_("实际完成"))),
            ("score", FigureColumn(verbose_name=_("得分"))),
        ]
    if heaviest:
        columns.append(("weight", BarColumn(verbose_name=_("权重"))))
    return make_table(rows, columns, name=name, caption=caption)


def _render_weight(weight: Decimal | None, heaviest: Decimal) -> SafeString:
    if weight is None:
        return format_html('<span class="sr-only">{}</span>', _("未填列"))
    return format_html(
        '<span class="bar-line">{}<span class="num">{}</span></span>',
        render_bar(find_share(weight, max(heaviest, Decimal(40)))),
        f"{weight.normalize():f}",
    )


def _say_questions(hints: Sequence[Any]) -> SafeString:
    if not hints:
        return mark_safe("")
    return format_html(
        '<span class="list__note">{}</span>', format_html_join("", "{}", ((hint.text,) for hint in hints))
    )
