"""Judging a draft: every identity its tables allow, with both figures and both places.

``run`` is the one door. Each check is one function from a :class:`~intake.checks.sheets.Book` to
findings; all are listed in ``CHECKS``. Nothing here changes a figure or stops a publication.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from intake.checks import (
    across,
    between_codes,
    between_totals,
    completeness,
    economic,
    goals,
    project_items,
    projects,
    required_texts,
    rows,
    summaries,
    three_public,
    trees,
    year_changes,
)
from intake.checks.book import Book, open_book
from intake.checks.causes import with_causes
from intake.checks.known import Known
from intake.checks.narrative import amounts, changes, parts, shares
from intake.parsing.draft import Draft, Finding

Check = Callable[[Book], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    completeness.check_required_tables,
    completeness.check_empty_tables,
    required_texts.check_required_texts,
    summaries.check_balance,
    summaries.check_year_totals,
    summaries.check_open_halves,
    summaries.check_grand_totals,
    summaries.check_fund_balance,
    rows.check_row_parts,
    rows.check_row_funds,
    rows.check_row_balance,
    economic.check_people_subtotals,
    year_changes.check_change_columns,
    trees.check_children,
    trees.check_totals,
    between_totals.check_expenditure_total,
    between_totals.check_expenditure_kinds,
    between_totals.check_revenue_total,
    between_totals.check_revenue_funds,
    between_totals.check_appropriation_funds,
    between_totals.check_summary_classes,
    between_totals.check_budget_tables,
    between_codes.check_basic_total,
    between_codes.check_basic_classes,
    between_codes.check_department_by_code,
    between_codes.check_appropriation_tables,
    between_codes.check_people_and_operating,
    three_public.check_three_public_items,
    three_public.check_three_public_budget,
    economic.check_class_nature,
    economic.check_function_economic,
    economic.check_agency_operating,
    projects.check_weights,
    projects.check_project_amounts,
    project_items.check_projects_by_function,
    project_items.check_projects_by_economic,
    goals.check_objective_amounts,
    goals.check_cost_indicators,
    changes.check_changes,
    shares.check_shares,
    shares.check_completion,
    parts.check_procurement,
    parts.check_small_business,
    parts.check_repeated,
    amounts.check_amounts,
    amounts.check_unclear,
)
"""Every check of one document, in the order its findings are shown."""


def run(draft: Draft, *, known: Known | None = None) -> tuple[Finding, ...]:
    """Return every finding of a draft, grouped by cause; ``known`` adds checks across files."""
    book = open_book(draft)
    findings = [finding for check in CHECKS for finding in check(book)]
    if known is not None:
        findings += [finding for check in across.CHECKS for finding in check(book, known)]
    return with_causes(tuple(_soften(finding, book) for finding in findings), draft)


def _soften(finding: Finding, book: Book) -> Finding:
    """Return the finding, no mismatch where one of the tables compared stands several times in the file."""
    if finding.outcome != "mismatch":
        return finding
    statements = {book.sheets[index].statement for index in finding.tables}
    if len(statements) < 2 or not any(map(book.is_ambiguous, statements)):
        return finding
    return replace(
        finding,
        outcome="undetermined",
        severity="info",
        message=f"{finding.message}文件中这种表不止一张，也可能取错了表，不作判断。",
        message_en=f"{finding.message_en} The file holds several tables of this kind, so this is not judged.",
    )


__all__ = ["CHECKS", "Known", "run"]
