"""Everything the sections of one disclosure's page share, read with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from budgets.addresses import Addresses, get_addresses
from budgets.formatting import Unit, format_amount, format_money, get_unit
from budgets.ledger import Sheet, read_sheets
from budgets.models import CheckResult, Disclosure, Revision, Rollup, Statement
from budgets.names import read_english_names


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure of the overview with the address of its cell."""

    yuan: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of canonical leaves of one year of this department."""

    fiscal_year: int
    year: int
    stage: str
    phase: str
    scheme: str
    code: str
    measure: str
    fund: str
    yuan: Decimal


@dataclass
class DisclosurePage:
    """One disclosure as its pages see it."""

    request: HttpRequest
    disclosure: Disclosure

    @cached_property
    def unit(self) -> Unit:
        """The unit of the address."""
        return get_unit(self.request)

    @cached_property
    def addresses(self) -> Addresses:
        """The addresses of this disclosure's pages."""
        return get_addresses(self.disclosure)

    @cached_property
    def is_final(self) -> bool:
        """Whether these are final accounts."""
        return self.disclosure.stage == "final_accounts"

    @cached_property
    def phase(self) -> str:
        """The phase of this document's own figures."""
        return "executed" if self.is_final else "approved"

    @property
    def revision(self) -> Revision:
        """The current revision; pages of a withdrawn disclosure are drawn from their own."""
        if self.disclosure.current is None:
            raise Revision.DoesNotExist(str(self.disclosure))
        return self.disclosure.current

    @property
    def stage_slug(self) -> str:
        """The stage as addresses write it."""
        return self.disclosure.stage_slug

    @cached_property
    def siblings(self) -> list[Disclosure]:
        """All published disclosures of this department, newest first (one query)."""
        found = Disclosure.objects.filter(department_id=self.disclosure.department_id, current__isnull=False)
        return list(found.order_by("-fiscal_year", "stage"))

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements in printed order (one query)."""
        return list(Statement.objects.filter(disclosure=self.disclosure).order_by("position"))

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """The sheets that the overview page draws on: canonical ones and 三公 (two queries)."""
        wanted = [
            statement
            for statement in self.statements
            if statement.canonical_for
            or statement.key in {"three_public", "agency_operating", "department_summary"}
        ]
        return read_sheets(self.disclosure, wanted)

    @cached_property
    def mismatches(self) -> list[CheckResult]:
        """The checks whose two sides differ (one query)."""
        return [result for result in self._suspects if result.outcome == "mismatch"]

    @cached_property
    def _suspects(self) -> list[CheckResult]:
        """Mismatches, and the hints that share their cause."""
        results = CheckResult.objects.filter(
            disclosure=self.disclosure, outcome__in=("mismatch", "undetermined")
        )
        found = list(results.filter(Q(outcome="mismatch") | ~Q(cause="")))
        causes = {result.cause for result in found if result.outcome == "mismatch" and result.cause}
        return [result for result in found if result.outcome == "mismatch" or result.cause in causes]

    @cached_property
    def flagged(self) -> set[tuple[Any, ...]]:
        """The figures that a mismatch is about, as (statement, page, line, row, column).

        Of a sum that does not hold this is the printed total, of a hint its own cell; all the
        summands of a wrong total would only hide it.
        """
        return {
            (slug, *(place.get(key) for key in ("page", "line", "row", "column")))
            for result in self._suspects
            for slug in result.statements[:1]
            for place in (result.places[:1] if result.outcome == "mismatch" else result.places)
            if place.get("column") is not None
        }

    def find_sheet(self, *, scheme: str = "", key: str = "") -> Sheet | None:
        """This will return the canonical sheet of a scheme, or the first sheet of a statement key."""
        for sheet in self.sheets.values():
            if scheme and scheme in sheet.statement.canonical_for.split(","):
                return sheet
            if key and sheet.statement.key == key:
                return sheet
        return None

    @cached_property
    def sums(self) -> list[Sum]:
        """The sums of this department over all its years, in its scope (one query)."""
        rows = Rollup.objects.filter(
            department_id=self.disclosure.department_id, scope=self.disclosure.scope
        ).values_list(
            "fiscal_year", "amount_year", "stage", "phase", "scheme", "code", "measure", "fund", "yuan"
        )
        return [Sum(*row) for row in rows]

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """English names by (scheme, code), empty on Chinese pages (one query on English ones)."""
        return read_english_names(self.disclosure.fiscal_year)

    def name(self, code: str, printed: str, *, scheme: str = "functional") -> str:
        """This will return how a row is called in the page's language: its printed name in Chinese."""
        return self.names.get((scheme, code)) or printed

    def cite(self, figure: Mapping[str, Any] | None) -> Cited | None:
        """This will turn a figure of the overview into yuan and the address of its cell."""
        if not figure:
            return None
        url = self.addresses.cell(figure["statement"], figure["row"], figure["column"])
        return Cited(Decimal(figure["yuan"]), url)

    def find_three_public(self, year: int) -> dict[str, Cited]:
        """This will return 三公 figures of a year by measure: from this document, else from that year's own."""
        own = self.disclosure.overview.get("three_public", {}).get(str(year), {})
        if any(own.values()):
            return {measure: cited for measure, figure in own.items() if (cited := self.cite(figure))}
        for each in self.siblings:
            if (each.fiscal_year, each.stage) != (year, self.disclosure.stage):
                continue
            each.department = self.disclosure.department
            there = get_addresses(each)
            figures = each.overview.get("three_public", {}).get(str(year), {})
            return {
                measure: Cited(
                    Decimal(figure["yuan"]), there.cell(figure["statement"], figure["row"], figure["column"])
                )
                for measure, figure in figures.items()
                if figure
            }
        return {}

    def find(self, key: str) -> Cited | None:
        """This will return one of the overview's own figures (``revenue``, ``basic`` …)."""
        return self.cite(self.disclosure.overview.get(key))

    def say(self, yuan: Decimal | None) -> str:
        """This will write an amount with the unit of the address."""
        return format_money(yuan, unit=self.unit)

    def link(self, cited: Cited | None) -> SafeString | str:
        """This will write a cited amount, without unit, as a link to its cell."""
        if cited is None:
            return ""
        return format_html(
            '<a class="fig" href="{}" rel="nofollow">{}</a>',
            cited.url,
            format_amount(cited.yuan, unit=self.unit),
        )

    def tell_query(self) -> str:
        """This will return the part of the address that charts must know."""
        return "" if self.unit.key == "wan" else f"unit={self.unit.key}"


def pick_fund(sums: Sequence[Sum]) -> list[Sum]:
    """This will keep the widest fund of the sums given: all, else general public, else whatever there is."""
    funds = {each.fund for each in sums}
    fund = next((each for each in ("all", "general_public") if each in funds), next(iter(sorted(funds)), ""))
    return [each for each in sums if each.fund == fund]


WHOLE = ("spent", "expenditure", "appropriation", "revenue")
"""What a disclosure spends in all, the best figure first: without carry-over, with it, grants alone."""


def find_whole_figure(overview: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """This will return the overview's figure of what is spent (or planned) in all."""
    return next((overview[key] for key in WHOLE if overview.get(key)), None)


def find_whole_yuan(overview: Mapping[str, Any]) -> Decimal | None:
    """This will return the yuan of :func:`find_whole_figure`."""
    figure = find_whole_figure(overview)
    return None if figure is None else Decimal(figure["yuan"])
