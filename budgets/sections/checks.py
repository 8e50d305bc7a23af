"""Checks in public: what does not add up, grouped by cause; then everything that was compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from budgets.checks_catalogue import get_rule
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
    """One check as the page says it; ``title`` is what it asks, ``message`` all that it found."""

    outcome: str
    severity: str
    label: str
    title: str
    identity: str
    message: str
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

    title: str
    findings: list[Finding] = field(default_factory=list)
    explanation: Explanation | None = None


def group_by_cause(page: DisclosurePage) -> list[Cause]:
    """This will group what does not match by cause, with the publisher's explanations (one query)."""
    results = page.mismatches
    if not results:
        return []
    slugs = {statement.slug: statement for statement in page.statements}
    explanations = {each.cause: each for each in Explanation.objects.filter(disclosure=page.disclosure)}
    causes: dict[str, Cause] = {}
    for result in results:
        key = result.cause or f"{result.check_code}-{result.position}"
        finding = say_finding(page, result, slugs)
        if key not in causes:
            causes[key] = Cause(say_cause(result, finding), explanation=explanations.get(key))
        causes[key].findings.append(finding)
    return sorted(causes.values(), key=lambda cause: -len(cause.findings))


def say_cause(result: CheckResult, finding: Finding) -> str:
    """This will put a cause into one line; its stored name is Chinese, so English says what was asked."""
    if result.cause and get_language() != "en":
        return result.cause
    if not finding.difference:
        return finding.title
    return _("%(what)s：相差 %(difference)s %(unit)s") % {
        "what": finding.title,
        "difference": finding.difference.lstrip("−"),
        "unit": finding.unit,
    }


def say_finding(page: DisclosurePage, result: CheckResult, statements: dict[str, Statement]) -> Finding:
    """This will put one check into words and addresses."""
    english = get_language() == "en"
    rule = get_rule(result.check_code)
    found = [statements[slug] for slug in result.statements if slug in statements]
    left_place, right_place = find_places(result)
    return Finding(
        result.outcome,
        result.severity,
        str(result.get_outcome_display()),
        rule.title[english],
        rule.identity[english],
        (english and result.message_en) or result.message,
        make_side(page, result.left, left_place, found[0] if found else None),
        make_side(page, result.right, right_place, found[-1] if found else None),
        "" if result.difference is None else say_number(result.difference),
        result.unit,
        mark=f"check-{result.position + 1}",
    )


def find_places(result: CheckResult) -> tuple[dict[str, Any], dict[str, Any]]:
    """This will choose the place shown for each side: the first, and the first after it (or the last)."""
    places = list(result.places)
    if not places:
        return {}, {}
    across = len(result.statements) > 1
    return places[0], places[-1] if across or len(places) == 1 else places[1]


def make_side(
    page: DisclosurePage, value: Decimal | None, place: dict[str, Any], statement: Statement | None
) -> Side | None:
    """This will make one side of a comparison; None where it has no figure."""
    if value is None:
        return None
    return Side(say_number(value), say_place(place, statement), find_url(page, place, statement))


def say_number(value: Decimal) -> str:
    """This will write a compared figure with the decimals it has, two at least."""
    places = -int(value.normalize().as_tuple().exponent)
    return format_number(value, places=min(max(places, 2), 6))


def say_place(place: dict[str, Any], statement: Statement | None) -> str:
    """This will name a place: table, page, sheet, line or row, whichever exist."""
    words = [statement.title] if statement else []
    if place.get("sheet"):
        words.append(_("工作表 %(n)s") % {"n": place["sheet"]})
    if place.get("line"):
        words.append(_("第 %(n)s 行") % {"n": place["line"]})
    elif place.get("page"):
        words.append(_("第 %(n)s 页") % {"n": place["page"]})
    return _("，").join(words)


def find_url(page: DisclosurePage, place: dict[str, Any], statement: Statement | None) -> str:
    """This will return the address that shows a place in the document."""
    words = {"table": statement.slug} if statement else {}
    words |= {key: str(place[key]) for key in ("page", "sheet", "line") if place.get(key)}
    if place.get("box"):
        words["box"] = ",".join(f"{edge:g}" for edge in place["box"])
    elif place.get("row"):
        words["at"] = str(place["row"])
    return f"{page.addresses.base}source/?{urlencode(words)}"


class _TitleColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("核对了什么"), accessor="title")

    def render(self, record: Finding) -> SafeString:
        return format_html('{}<span class="list__note tiny">{}</span>', record.title, record.message)


class _OutcomeColumn(TextColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("结果"), accessor="label")

    def render(self, record: Finding) -> SafeString:
        return format_html('<span class="outcome outcome--{}">{}</span>', record.outcome, record.label)


class _SideColumn(FigureColumn):
    def __init__(self, side: str, **kwargs: Any) -> None:
        super().__init__(accessor="title", **kwargs)
        self.side = side

    def render(self, record: Finding) -> SafeString | str:
        side: Side | None = getattr(record, self.side)
        if side is None:
            return ""
        return format_html('<a class="fig" href="{}" rel="nofollow">{}</a>', side.url, side.figure)


class _DifferenceColumn(FigureColumn):
    def __init__(self) -> None:
        super().__init__(verbose_name=_("相差"), accessor="title", css="hide-phone")

    def render(self, record: Finding) -> str:
        return "" if record.outcome == "match" else record.difference


def make_check_table(findings: Sequence[Finding]) -> BudgetTable:
    """This will make the table of checks: what was asked, both figures, the difference, the outcome."""
    columns: list[tuple[str, Any]] = [
        ("title", _TitleColumn()),
        ("left", _SideColumn("left", verbose_name=_("一边"))),
        ("right", _SideColumn("right", verbose_name=_("另一边"))),
        ("difference", _DifferenceColumn()),
        ("outcome", _OutcomeColumn()),
    ]
    caption = _("每一项核对；两边的数都能点回原件，金额用原件的单位")
    return BudgetTable(list(findings), id="checks", caption=caption, extra_columns=columns)
