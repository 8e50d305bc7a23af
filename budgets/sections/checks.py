"""Checks in public: what does not add up, as questions, grouped by cause; then everything that was checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.formatting import format_number
from budgets.models import CheckResult, Explanation, Statement
from budgets.sections.page import DisclosurePage
from budgets.tables import BudgetTable, FigureColumn, TextColumn

ORDER = ("mismatch", "rounding", "undetermined", "match")


@dataclass(slots=True)
class Side:
    """One of the two figures compared, where it stands and how to get there."""

    figure: str
    where: str
    url: str


@dataclass(slots=True)
class Finding:
    """One check as the page says it."""

    outcome: str
    severity: str
    label: str
    message: str
    code: str
    left: Side | None
    right: Side | None
    difference: str
    unit: str
    css: str = ""
    mark: str = ""
    depth: int = 0


@dataclass(slots=True)
class Cause:
    """Findings that share one cause: it is named once, and explained once."""

    key: str
    findings: list[Finding] = field(default_factory=list)
    explanation: Explanation | None = None

    @property
    def title(self) -> str:
        """The question that the first finding asks."""
        return self.findings[0].message


def read_findings(page: DisclosurePage) -> list[Finding]:
    """This will read all checks of a disclosure in their order (one query)."""
    slugs = {statement.slug: statement for statement in page.statements}
    return [
        say_finding(page, result, slugs) for result in CheckResult.objects.filter(disclosure=page.disclosure)
    ]


def group_by_cause(page: DisclosurePage, results: Sequence[CheckResult]) -> list[Cause]:
    """This will group what does not match by cause, with the publisher's explanations (one query)."""
    slugs = {statement.slug: statement for statement in page.statements}
    explanations = {each.cause: each for each in Explanation.objects.filter(disclosure=page.disclosure)}
    causes: dict[str, Cause] = {}
    for result in results:
        if result.outcome != "mismatch":
            continue
        key = result.cause or f"{result.check_code}-{result.position}"
        cause = causes.setdefault(key, Cause(key, explanation=explanations.get(key)))
        cause.findings.append(say_finding(page, result, slugs))
    return sorted(causes.values(), key=lambda cause: -len(cause.findings))


def say_finding(page: DisclosurePage, result: CheckResult, statements: dict[str, Statement]) -> Finding:
    """This will put one check into words and addresses."""
    english = get_language() == "en"
    sides: list[Side | None] = []
    for index, value in enumerate((result.left, result.right)):
        if value is None:
            sides.append(None)
            continue
        slug = (
            result.statements[index] if index < len(result.statements) else next(iter(result.statements), "")
        )
        place = result.places[index] if index < len(result.places) else next(iter(result.places), {})
        statement = statements.get(slug)
        sides.append(Side(say_number(value), say_place(place, statement), find_url(page, place, statement)))
    return Finding(
        result.outcome,
        result.severity,
        str(result.get_outcome_display()),
        (english and result.message_en) or result.message,
        result.check_code,
        sides[0],
        sides[1],
        "" if result.difference is None else say_number(result.difference),
        result.unit,
        mark=f"check-{result.position + 1}",
    )


def say_number(value: Decimal) -> str:
    """This will write a compared figure with the decimals it has, two at least."""
    places = -int(value.normalize().as_tuple().exponent)
    return format_number(value, places=min(max(places, 2), 6))


def say_place(place: dict[str, Any], statement: Statement | None) -> str:
    """This will name a place: table, page, sheet, line or row, whichever exist."""
    words = [statement.title] if statement else []
    for key, text in (
        ("sheet", _("工作表 %(n)s")),
        ("page", _("第 %(n)s 页")),
        ("line", _("第 %(n)s 行")),
        ("row", _("表中第 %(n)s 行")),
    ):
        if place.get(key) and not (key == "row" and place.get("line")):
            words.append(text % {"n": place[key]})
    return _("，").join(words)


def find_url(page: DisclosurePage, place: dict[str, Any], statement: Statement | None) -> str:
    """This will return the address that shows a place in the document."""
    words = [f"table={statement.slug}"] if statement else []
    words += [f"{key}={place[key]}" for key in ("page", "sheet", "line") if place.get(key)]
    if place.get("box"):
        words.append("box=" + ",".join(f"{edge:g}" for edge in place["box"]))
    elif place.get("row") and place.get("sheet"):
        words.append(f"at={place['row']},{place.get('column') or ''}")
    return f"{page.addresses.base}source/?" + "&".join(words)


class _MessageColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("核对了什么"), accessor="message")


class _OutcomeColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("结果"), accessor="label")

    def render(self, record: Finding) -> SafeString:
        return format_html('<span class="outcome outcome--{}">{}</span>', record.outcome, record.label)


class _SideColumn(FigureColumn):
    def __init__(self, side: str, **kwargs: Any) -> None:
        super().__init__(accessor="message", **kwargs)
        self.side = side

    def render(self, record: Finding) -> SafeString | str:
        side: Side | None = getattr(record, self.side)
        if side is None:
            return ""
        return format_html(
            '<a class="fig" href="{}" rel="nofollow" title="{}">{}</a>', side.url, side.where, side.figure
        )


class _DifferenceColumn(FigureColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("相差"), accessor="message", css="hide-phone")

    def render(self, record: Finding) -> str:
        return "" if record.outcome == "match" else record.difference


def make_check_table(findings: Sequence[Finding]) -> BudgetTable:
    """This will make the table of all checks: what, both figures, the difference, the outcome."""
    columns: list[tuple[str, Any]] = [
        ("message", _MessageColumn()),
        ("left", _SideColumn("left", verbose_name=_("左边"))),
        ("right", _SideColumn("right", verbose_name=_("右边"))),
        ("difference", _DifferenceColumn()),
        ("outcome", _OutcomeColumn()),
    ]
    return BudgetTable(
        list(findings), id="checks", caption=_("每一项核对，两边的数都能点回原件"), extra_columns=columns
    )
